//! Types of parameters become recipes.

use super::values;

fn parameter(ty: &str) -> String {
    let all = super::check(&format!("pub fn f(x: {ty}) {{}}"), "target = \"crate::f\"");
    let lend = all.trim_start_matches("app::f(x: ").split(")\n").next().unwrap_or_default().to_owned();
    match all.split_once("x = ") {
        Some((_, recipe)) => format!("{lend} {recipe}"),
        None => all,
    }
}

#[test]
fn primitives_are_made_by_name() {
    let types = ["bool", "char", "u8", "i128", "usize", "f32", "()", "String"];
    let made: Vec<_> = types.map(parameter).into();
    assert_eq!(
        made,
        ["move bool", "move char", "move u8", "move i128", "move usize", "move f32", "move ()", "move text"]
    );
}

#[test]
fn borrowed_parameters_are_owned_and_lent() {
    let types = [
        "&str",
        "&mut String",
        "&[u8]",
        "Vec<u8>",
        "&mut Vec<u8>",
        "&[u32]",
        "&[&str]",
        "Vec<&str>",
        "Option<&str>",
        "(&str, u8)",
        "&(u8, char)",
        "&u32",
        "Option<Vec<&[u8]>>",
        "&mut [i8]",
    ];
    insta::assert_snapshot!(types.map(|ty| format!("{ty}: {}", parameter(ty))).join("\n"), @r"
    &str: & text
    &mut String: &mut text
    &[u8]: & bytes
    Vec<u8>: move bytes
    &mut Vec<u8>: &mut bytes
    &[u32]: & vec(u32)
    &[&str]: &each &view vec(text)
    Vec<&str>: each &view vec(text)
    Option<&str>: option &view option(text)
    (&str, u8): (&view, move) (text, u8)
    &(u8, char): & (u8, char)
    &u32: & u32
    Option<Vec<&[u8]>>: option each &view option(vec(bytes))
    &mut [i8]: &mut vec(i8)
    ");
}

#[test]
fn containers_are_made_of_what_they_hold() {
    let types = [
        "[u8; 32]",
        "(u8, String, bool)",
        "Option<char>",
        "Result<u8, String>",
        "Box<u8>",
        "Vec<Vec<bool>>",
        "Box<str>",
        "Box<[u16]>",
    ];
    insta::assert_snapshot!(types.map(|ty| format!("{ty}: {}", parameter(ty))).join("\n"), @r"
    [u8; 32]: move [u8; 32]
    (u8, String, bool): move (u8, text, bool)
    Option<char>: move option(char)
    Result<u8, String>: move result(u8, text)
    Box<u8>: move box(u8)
    Vec<Vec<bool>>: move vec(vec(bool))
    Box<str>: move text => <Box<str>>::from(it)
    Box<[u16]>: move vec(u16) => <Box<[u16]>>::from(it)
    ");
}

#[test]
fn types_of_the_standard_library_are_made_of_simpler_ones() {
    let types = [
        "&std::path::Path",
        "std::path::PathBuf",
        "std::time::Duration",
        "std::borrow::Cow<'_, str>",
        "std::sync::Arc<str>",
        "std::rc::Rc<u8>",
        "&std::collections::HashMap<String, u8>",
        "std::collections::BTreeSet<char>",
    ];
    insta::assert_snapshot!(types.map(|ty| format!("{ty}: {}", parameter(ty))).join("\n"), @r"
    &std::path::Path: & text => std::path::PathBuf::from(rt::os_string(it))
    std::path::PathBuf: move text => std::path::PathBuf::from(rt::os_string(it))
    std::time::Duration: move (u64, u32 0..=999999999) => std::time::Duration::new(it.0,it.1)
    std::borrow::Cow<'_, str>: move text => std::borrow::Cow::<str>::Owned(it)
    std::sync::Arc<str>: move text => <std::sync::Arc<str>>::from(it)
    std::rc::Rc<u8>: move u8 => std::rc::Rc::new(it)
    &std::collections::HashMap<String, u8>: & vec((text, u8)) => it.into_iter().collect::<std::collections::HashMap<_,_>>()
    std::collections::BTreeSet<char>: move vec(char) => it.into_iter().collect::<std::collections::BTreeSet<_>>()
    ");
}

#[test]
fn what_can_be_turned_into_a_text_is_given_a_text() {
    let types = [
        "impl AsRef<str>",
        "impl Into<String>",
        "impl AsRef<std::path::Path> + Send",
        "impl ToString",
        "impl IntoIterator<Item = u8>",
        "&(impl AsRef<str> + ?Sized)",
        "impl std::borrow::Borrow<str>",
    ];
    insta::assert_snapshot!(types.map(|ty| format!("{ty}: {}", parameter(ty))).join("\n"), @r"
    impl AsRef<str>: & text
    impl Into<String>: move text
    impl AsRef<std::path::Path> + Send: & text => std::path::PathBuf::from(rt::os_string(it))
    impl ToString: move text
    impl IntoIterator<Item = u8>: move bytes
    &(impl AsRef<str> + ?Sized): & text
    impl std::borrow::Borrow<str>: move text
    ");
    insta::assert_snapshot!(values("pub fn f<T: AsRef<str>, U>(x: T, y: U) where U: Into<String> {}", ""), @"
    x = text
    y = text
    ");
}

#[test]
fn structs_are_made_of_their_public_fields() {
    let rust = "
        pub struct Account { pub name: String, pub age: u8, pub tags: Vec<Tag> }
        #[derive(Clone)] pub struct Tag(pub char);
        pub struct Nothing;
        pub fn f(account: &Account, tag: Tag, nothing: Nothing) {}";
    insta::assert_snapshot!(values(rust, ""), @r"
    account = made account (no clone)
    tag = made tag
    nothing = made nothing (no clone)
    make account: app::Account = app::Account { name: text, age: u8, tags: vec(made tag) }
    make nothing: app::Nothing = app::Nothing {  }
    make tag: app::Tag = app::Tag { 0: char }
    ");
}

#[test]
fn enums_are_made_of_their_variants() {
    let rust = "
        #[derive(Clone, Debug)] pub enum Color { Red, Rgb(u8, u8, u8), Named { name: String } }
        pub fn f(color: Color) {}";
    insta::assert_snapshot!(values(rust, ""), @r"
    color = made color
    make color: app::Color = app::Color: Red {  } | Rgb { 0: u8, 1: u8, 2: u8 } | Named { name: text }
    ");
}

#[test]
fn aliases_and_type_parameters_are_followed() {
    let rust = "
        pub type Names<T = String> = Vec<T>;
        pub struct Pair<A, B = u8> { pub a: A, pub b: B }
        pub fn f(a: Names, b: Names<char>, c: Pair<bool>, d: Pair<Names, Names<u8>>) {}";
    insta::assert_snapshot!(values(rust, ""), @r"
    a = vec(text)
    b = vec(char)
    c = made pair_bool (no clone)
    d = made pair_vec_string_vec_u8 (no clone)
    make pair_bool: app::Pair<bool> = app::Pair { a: bool, b: u8 }
    make pair_vec_string_vec_u8: app::Pair<Vec<String>,Vec<u8>> = app::Pair { a: vec(text), b: bytes }
    ");
}

#[test]
fn returns_are_classified_through_aliases() {
    let returns = |ty: &str| {
        let rust = format!(
            "type Result<T> = std::result::Result<T, ()>; type Found = Option<u8>; pub fn f() {ty} {{ todo!() }}"
        );
        super::check(&rust, "target = \"crate::f\"").trim_start_matches("app::f()").trim().to_owned()
    };
    let types = [
        "",
        "-> ()",
        "-> Result<u8>",
        "-> std::io::Result<()>",
        "-> std::fmt::Result",
        "-> Found",
        "-> Vec<u8>",
    ];
    assert_eq!(types.map(returns), ["", "", "-> Result", "-> Result", "-> Result", "-> Option", "-> Plain"]);
}
