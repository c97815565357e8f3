//! Generators of parts, of lengths and characters, and of files, read as declarations are.

#![expect(clippy::disallowed_methods, reason = "tests lay out packages")]

use super::super::{CrateFacts, bind};
use super::{LAW, NO_PANIC, rendered};
use crate::model::{Sources, read};

/// The values of a constraint on `rust`'s function `f`, with these lines; files stand in a folder of their own.
fn values(rust: &str, lines: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
    };
    write("data/a.txt", b"a");
    write("data/b.txt", b"b");
    write("data/deep/c.txt", b"c");
    write("data/raw.bin", b"\xff");
    let text = format!("[constraint.one]\nsays = \"x\"\nkind = \"no_panic\"\ntarget = \"crate::f\"\n{lines}");
    let mut sources = Sources::default();
    let mut facts = CrateFacts::from_texts("app", &[("src/lib.rs", rust)], &mut sources).expect("a crate");
    folder.path().clone_into(&mut facts.root);
    let file = sources.add("constraints/main.toml", text);
    let (model, mut faults) = read(&sources, &[("main".to_owned(), file)], &[&NO_PANIC, &LAW]);
    let facts = facts.with_files_of(&model);
    let (bound, more) = bind(&model, &facts, &sources);
    faults.extend(more);
    let all = rendered::all(&bound, faults, &sources);
    match all.split_once('\n') {
        Some((target, values)) if target.starts_with("app::f(") => values.to_owned(),
        _ => all,
    }
}

#[test]
fn lengths_and_characters_go_to_where_the_text_is_made() {
    let rust = "pub fn f(a: Option<&str>, b: std::rc::Rc<str>, c: &[u8], d: Vec<u32>, e: &str) {}";
    let lines = "args.a = { length = 3, without = [\"x\", \"y\"] }\nargs.b = { text = \"line\", like = \"a\" }\n\
                 args.c = { length = \"..=16\" }\nargs.d = { length = \"2..\" }\nargs.e = { input = \"i\", length = 1 }\n\
                 [input.i]\nlike = \"z\"\ntext = \"ascii\"";
    insta::assert_snapshot!(values(rust, lines), @r#"
    a = option(text length 3..=3 without "x" without "y")
    b = text like ["a"] letters line => <std::rc::Rc<str>>::from(it)
    c = bytes length 0..=16
    d = vec(u32) length 2..=18446744073709551615
    e = text like ["z"] letters ascii length 1..=1
    "#);
}

#[test]
fn elements_keys_and_pieces_have_generators_of_their_own() {
    let rust = "use std::collections::{BTreeMap, HashMap, VecDeque}; pub fn f(a: &[&str], b: HashMap<String, u8>, c: [u8; 4], d: &[Vec<u8>], e: VecDeque<String>, g: BTreeMap<u8, u8>) {}";
    let lines = "args.a = { each = { like = [\"x\"] }, length = \"1..=2\" }\n\
                 args.b = { each = { range = \"0..=9\" }, each_key = { text = \"word\" } }\n\
                 args.c = { each = { one_of = [1, 2] } }\nargs.d = { pieces_of = { like_hex = \"00 01\" } }\n\
                 args.e = { pieces_of = {} }\nargs.g = { each_key = { is = 1 } }";
    insta::assert_snapshot!(values(rust, lines), @r#"
    a = vec(text like ["x"]) length 1..=2
    b = vec((text letters word, u8 0..=9)) => it.into_iter().collect::<std::collections::HashMap<_,_>>()
    c = [one of 1u8 | 2u8; 4]
    d = pieces(bytes like [[0, 1]])
    e = pieces(text) => std::collections::VecDeque::from(it)
    g = vec((value 1u8, u8)) => it.into_iter().collect::<std::collections::BTreeMap<_,_>>()
    "#);
}

#[test]
fn a_type_beside_another_start_is_the_type_of_what_that_gives() {
    let rust = "pub struct Own { pub n: u8 }\npub fn f(a: u8, b: &[u8], c: String) {}";
    let lines = "given.x = { type = \"u8\", range = \"1..=5\" }\ngiven.y = { type = \"Option<u16>\", is = 3 }\n\
                 given.z = { like = \"a\", type = \"Vec<u8>\" }\nargs.c = { type = \"u64\", range = \"0..9\", map = \"it.to_string()\" }";
    insta::assert_snapshot!(values(rust, lines), @"
    x = u8 1..=5 (given)
    y = value Some(3u16) (given)
    z = bytes like [[97]] (given)
    c = u64 0..=8 => it.to_string() as String
    a = u8
    b = bytes
    ");
}

#[test]
fn documents_of_formats_are_texts_or_bytes() {
    let rust = "pub fn f(a: &str, b: &[u8], c: Option<String>, d: u8, e: Vec<u8>) {}";
    let lines = "args.a = { json = true, like = [\"{}\"] }\nargs.b = { archive = \"zip\", like_file = \"data/raw.bin\", only = true }\n\
                 args.c.markup = \"html\"\nargs.d = { json = true, map = \"it.len() as u8\" }\n\
                 args.e = { http = \"response\", like = \"HTTP/1.1 200 OK\" }";
    insta::assert_snapshot!(values(rust, lines), @r#"
    a = text of json like ["{}"] []
    b = bytes of zip like [] ["data/raw.bin"] only
    c = option(text of html like [] [])
    d = text of json like [] [] => it.len()as u8 as u8
    e = bytes of http_response like ["HTTP/1.1 200 OK"] []
    "#);
    insta::assert_snapshot!(values("pub fn f(a: u32) {}", "args.a.asn1 = true"), @r#"
    invalid-value: this generator does not fit the type of the value
      at constraints/main.toml `asn1 = true` a document is given, `u32` is needed
      see src/lib.rs `a: u32` the parameter
      help add `map = "Rust over it"` to make the value out of what it gives
    "#);
}

#[test]
fn bytes_in_hex_are_values() {
    let rust = "pub fn f(a: &[u8], b: [u8; 2], c: Option<Vec<u8>>) {}";
    let lines = "args.a.is_hex = \"00 ff\"\nargs.b.one_of_hex = [\"0102\", \"0304\"]\nargs.c.is_hex = \"61\"";
    insta::assert_snapshot!(values(rust, lines), @r#"
    a = value b"\x00\xff".to_vec()
    b = one of *b"\x01\x02" | *b"\x03\x04"
    c = value Some(b"a".to_vec())
    "#);
    insta::assert_snapshot!(values("pub fn f(a: [u8; 3], b: &str) {}", "args.a.is_hex = \"00\"\nargs.b.is_hex = \"00\""), @r#"
    invalid-value: this value does not fit the type of the parameter
      at constraints/main.toml `"00"` 1 elements are given, 3 are needed
      see src/lib.rs `a: [u8; 3]` the parameter
    invalid-value: this value does not fit the type of the parameter
      at constraints/main.toml `"00"` a list of bytes is given, `String` is needed
      see src/lib.rs `b: &str` the parameter
    "#);
}

#[test]
fn files_are_found_from_the_root_of_the_package() {
    let rust = "pub fn f(a: &str, b: &[u8], c: Vec<u8>, d: String) {}";
    let lines = "args.a.like_file = \"data/**/*.txt\"\nargs.b = { like_file = [\"data/raw.bin\", \"data/a.*\"], only = true }\n\
                 args.c.is_file = \"data/raw.bin\"\nargs.d.one_of_file = [\"data/[ab].txt\"]";
    insta::assert_snapshot!(values(rust, lines), @r#"
    a = text like files ["data/a.txt", "data/b.txt", "data/deep/c.txt"]
    b = bytes like files ["data/a.txt", "data/raw.bin"] only
    c = bytes of files ["data/raw.bin"]
    d = text of files ["data/a.txt", "data/b.txt"]
    "#);
}

#[test]
fn files_that_cannot_be_used_are_faults() {
    let rust = "pub fn f(a: &str, b: &str, c: &str, d: &str, e: u8) {}";
    let lines = "args.a.like_file = \"data/a.text\"\nargs.b.is_file = \"data/raw.bin\"\nargs.c.like_file = \"data/[a\"\n\
                 args.d.like_file = \"/etc/*\"\nargs.e.is_file = \"data/a.txt\"";
    insta::assert_snapshot!(values(rust, lines), @r#"
    missing-file: no file matches `data/a.text`
      at constraints/main.toml `"data/a.text"`
      see src/lib.rs `a: &str` the parameter
      help did you mean `data/a.txt` or `data/b.txt`?
    missing-file: `data/raw.bin` is not valid UTF-8, and a text is needed
      at constraints/main.toml `"data/raw.bin"`
      see src/lib.rs `b: &str` the parameter
      help name other files, or make the value with `map = "Rust over it"`, where `it` is bytes
    missing-file: `data/[a` is not a glob: invalid range pattern
      at constraints/main.toml `"data/[a"`
      see src/lib.rs `c: &str` the parameter
      help write `**` between slashes only, and close every `[`
    missing-file: `/etc/*` is a path of this machine
      at constraints/main.toml `"/etc/*"`
      see src/lib.rs `d: &str` the parameter
      help paths are from the root of the package; `*`, `?`, `[a-z]` and `**` stand for parts of them
    invalid-value: this generator does not fit the type of the value
      at constraints/main.toml `is_file = "data/a.txt"` the content of a file is given, `u8` is needed
      see src/lib.rs `e: u8` the parameter
      help add `map = "Rust over it"` to make the value out of what it gives
    "#);
}

#[test]
fn what_does_not_go_together_is_said() {
    let rust = "pub fn f(a: u8, b: [u8; 4], c: &[u32], d: &[u32], e: &str, g: &str, h: &[String]) {}";
    let lines = "args.a = { length = 3 }\nargs.b = { length = 4 }\nargs.c = { without = \"x\" }\n\
                 args.d = { each_key = { is = 1 } }\nargs.e = { input = \"i\", length = 1 }\nargs.g = { each = {} }\n\
                 args.h = { pieces_of = {}, length = 3 }\n[input.i]\nlike = \"z\"\nmap = \"it + it\"";
    insta::assert_snapshot!(values(rust, lines), @r#"
    invalid-value: a number has no length of its own
      at constraints/main.toml `3`
      see src/lib.rs `a: u8` the parameter
      help take it out
    invalid-value: an array has no length of its own
      at constraints/main.toml `4`
      see src/lib.rs `b: [u8; 4]` the parameter
      help take it out
    invalid-value: only texts and bytes have characters
      at constraints/main.toml `"x"`
      see src/lib.rs `c: &[u32]` the parameter
      help say it of the elements: `each = { … }`
    invalid-value: the value is no map, so it has no keys
      at constraints/main.toml `{ is = 1 }`
      see src/lib.rs `d: &[u32]` the parameter
      help say how its elements are made with `each`
    invalid-value: this would hold before `map` only
      at constraints/main.toml `1`
      see constraints/main.toml `"it + it"` the input is changed here afterwards
      see src/lib.rs `e: &str` the parameter
      help say it in the input itself, if it is about what `map` starts from
    invalid-value: this generator does not fit the type of the value
      at constraints/main.toml `each = {}` a collection is given, `String` is needed
      see src/lib.rs `g: &str` the parameter
      help add `map = "Rust over it"` to make the value out of what it gives
    invalid-value: a list of pieces has no length of its own
      at constraints/main.toml `3`
      see src/lib.rs `h: &[String]` the parameter
      help take it out
    "#);
}
