//! What a declaration says about a value, worked into the type of the parameter.

use super::{check, check_files, values};

fn generated(ty: &str, generator: &str) -> String {
    values(&format!("pub fn f(x: {ty}) {{}}"), &format!("args.x = {{ {generator} }}"))
}

#[test]
fn samples_become_what_the_parameter_takes() {
    let types =
        ["&str", "String", "&[u8]", "Vec<u8>", "Option<&str>", "&std::path::Path", "Box<str>", "Vec<String>"];
    insta::assert_snapshot!(types.map(|ty| generated(ty, "like = [\"a\"]")).join("\n"), @r#"
    x = text like ["a"]
    x = text like ["a"]
    x = bytes like [[97]]
    x = bytes like [[97]]
    x = option(text like ["a"])
    x = text like ["a"] => std::path::PathBuf::from(rt::os_string(it))
    x = text like ["a"] => <Box<str>>::from(it)
    invalid-value: this generator does not fit the type of the value
      at constraints/main.toml `like` a text is given, `Vec<String>` is needed
      see src/lib.rs `x: Vec<String>` the parameter
      help add `map = "Rust over it"` to make the value out of what it gives
      help or say what its elements are with `each = { .. }`, or all values with `one_of = [..]`
    "#);
    insta::assert_snapshot!(generated("&str", "like = [\"a\"], only = true"), @r#"x = text like ["a"] only"#);
}

#[test]
fn hex_samples_are_for_bytes_only() {
    insta::assert_snapshot!(generated("&[u8]", "like_hex = [\"ff\"]"), @"x = bytes like [[255]]");
    insta::assert_snapshot!(generated("&str", "like_hex = [\"ff\"]"), @r#"
    invalid-value: this generator does not fit the type of the value
      at constraints/main.toml `like_hex` a list of bytes is given, `String` is needed
      see src/lib.rs `x: &str` the parameter
      help add `map = "Rust over it"` to make the value out of what it gives
    "#);
}

#[test]
fn exact_values_have_the_type_of_the_parameter() {
    let cases = [
        ("&str", "\"a\\\"\\u0007\""),
        ("String", "\"ü\""),
        ("char", "\"c\""),
        ("u8", "200"),
        ("i8", "-128"),
        ("f32", "1"),
        ("f64", "nan"),
        ("bool", "true"),
        ("&[u8]", "\"a\\n\""),
        ("[u8; 3]", "\"abc\""),
        ("Vec<u16>", "[1, 2]"),
        ("&[&str]", "[\"a\", \"b\"]"),
        ("(u8, bool)", "[1, true]"),
        ("Option<&str>", "\"a\""),
        ("Box<u8>", "1"),
        ("&std::path::Path", "\"a/b\""),
        ("Box<str>", "\"a\""),
        ("u8", "300"),
        ("u8", "\"a\""),
        ("char", "\"ab\""),
        ("[u8; 3]", "\"ab\""),
    ];
    insta::assert_snapshot!(cases.map(|(ty, value)| generated(ty, &format!("is = {value}"))).join("\n"), @r#"
    x = value "a\"\u{7}".to_string()
    x = value "ü".to_string()
    x = value 'c'
    x = value 200u8
    x = value -128i8
    x = value 1.0f32
    x = value f64::NAN
    x = value true
    x = value b"a\n".to_vec()
    x = value *b"abc"
    x = value vec![1u16,2u16]
    x = value vec!["a".to_string(),"b".to_string()]
    x = value (1u8,true,)
    x = value Some("a".to_string())
    x = value Box::new(1u8)
    x = value {let it="a/b".to_string();std::path::PathBuf::from(rt::os_string(it))}
    x = value {let it="a".to_string();<Box<str>>::from(it)}
    invalid-value: this value does not fit the type of the parameter
      at constraints/main.toml `300` 300 does not fit `u8`
      see src/lib.rs `x: u8` the parameter
    invalid-value: this value does not fit the type of the parameter
      at constraints/main.toml `"a"` a text is given, `u8` is needed
      see src/lib.rs `x: u8` the parameter
    invalid-value: this value does not fit the type of the parameter
      at constraints/main.toml `"ab"` a character is a text of exactly one
      see src/lib.rs `x: char` the parameter
    invalid-value: this value does not fit the type of the parameter
      at constraints/main.toml `"ab"` 2 elements are given, 3 are needed
      see src/lib.rs `x: [u8; 3]` the parameter
    "#);
    insta::assert_snapshot!(generated("&str", "one_of = [\"a\", \"b\"]"), @r#"x = one of "a".to_string() | "b".to_string()"#);
}

#[test]
fn ranges_are_inclusive_and_fit() {
    let cases = [
        ("u8", "0..=200"),
        ("u8", "0..10"),
        ("i64", "-5.."),
        ("i16", "..=9"),
        ("i64", "i64::MIN..0"),
        ("u32", "1..crate::MOST"),
        ("f64", "0..=1"),
        ("f64", "0.0..1.0"),
        ("Option<u8>", "1..=3"),
        ("usize", ".."),
        ("u8", "0..=256"),
        ("u8", "-1..=2"),
        ("u8", "9..=2"),
        ("u8", "0..0"),
        ("u8", "many"),
        ("&str", "0..=2"),
        ("u8", "0.5..=1"),
    ];
    insta::assert_snapshot!(cases.map(|(ty, range)| generated(ty, &format!("range = \"{range}\""))).join("\n"), @r#"
    x = u8 0..=200
    x = u8 0..=9
    x = i64 -5..=i64::MAX
    x = i16 i16::MIN..=9
    x = i64 i64::MIN..=-1
    x = u32 1..=(app::MOST)-1
    x = f64 0.0..=1.0
    x = f64 0.0..=0.9999999999999999
    x = option(u8 1..=3)
    x = usize usize::MIN..=usize::MAX
    invalid-value: this generator says nothing sensible
      at constraints/main.toml `range = "0..=256"` 256 does not fit `u8`
      see src/lib.rs `x: u8` the parameter
    invalid-value: this generator says nothing sensible
      at constraints/main.toml `range = "-1..=2"` -1 does not fit `u8`
      see src/lib.rs `x: u8` the parameter
    invalid-value: this generator says nothing sensible
      at constraints/main.toml `range = "9..=2"` no number lies in it
      see src/lib.rs `x: u8` the parameter
    invalid-value: this generator says nothing sensible
      at constraints/main.toml `range = "0..0"` no number lies in it
      see src/lib.rs `x: u8` the parameter
    invalid-value: this generator says nothing sensible
      at constraints/main.toml `range = "many"` not a range such as `0..=200`
      see src/lib.rs `x: u8` the parameter
    invalid-value: this generator does not fit the type of the value
      at constraints/main.toml `range = "0..=2"` a range of numbers is given, `String` is needed
      see src/lib.rs `x: &str` the parameter
      help add `map = "Rust over it"` to make the value out of what it gives
    invalid-value: this generator says nothing sensible
      at constraints/main.toml `range = "0.5..=1"` 0.5 is not a whole number
      see src/lib.rs `x: u8` the parameter
    "#);
}

#[test]
fn expressions_stand_for_themselves() {
    insta::assert_snapshot!(generated("u8", "value = \"crate::START + 1\""), @"x = value app::START+1");
    insta::assert_snapshot!(generated("u8", "strategy = \"0u8..9\""), @"x = strategy 0u8..9");
    insta::assert_snapshot!(generated("&str", "matching = \"[a-z]{1,3}\""), @"x = matching [a-z]{1,3}");
    insta::assert_snapshot!(generated("&[u8]", "matching = \"[a-z]\""), @"x = matching [a-z] => it.into_bytes() as Vec<u8>");
    insta::assert_snapshot!(generated("u8", "matching = \"[0-9]\""), @r#"
    invalid-value: this generator does not fit the type of the value
      at constraints/main.toml `matching = "[0-9]"` a text is given, `u8` is needed
      see src/lib.rs `x: u8` the parameter
      help add `map = "Rust over it"` to make the value out of what it gives
    "#);
    insta::assert_snapshot!(generated("&str", "map = \"it.trim().to_string()\""), @"x = text => it.trim().to_string() as String");
    insta::assert_snapshot!(generated("u64", "like = [\"1\"], map = \"it.len() as u64\""), @r#"x = text like ["1"] => it.len()as u64 as u64"#);
    insta::assert_snapshot!(generated("&dyn std::any::Any", "value = \"7u8\""), @"x = value 7u8");
}

#[test]
fn types_come_from_the_crate_or_from_support() {
    let files = [
        ("src/lib.rs", "pub fn f(data: &[u8], n: u8) {} pub struct Point { pub x: i32 }"),
        (
            "constraints/support.rs",
            "use constraints_runtime::proptest::prelude::*;
            pub struct Entry { name: String } impl Arbitrary for Entry { type Parameters = (); }
            pub struct Plain { pub(crate) name: String }",
        ),
    ];
    let typed = |ty: &str| {
        check_files(
            &files,
            &format!(
                "target = \"crate::f\"\nargs.data = {{ type = \"{ty}\", map = \"support::bytes(&it)\" }}"
            ),
        )
    };
    insta::assert_snapshot!(typed("Vec<support::Entry>"), @"
    app::f(data: &, n: move)
    data = vec(arbitrary support::Entry) => support::bytes(&it) as Vec<u8>
    n = u8
    ");
    insta::assert_snapshot!(typed("support::Plain"), @r"
    app::f(data: &, n: move)
    data = made plain => support::bytes(&it) as Vec<u8>
    n = u8
    make plain: support::Plain = support::Plain { name: text }
    ");
    insta::assert_snapshot!(typed("(crate::Point, Point)"), @r"
    app::f(data: &, n: move)
    data = (made point, made point) => support::bytes(&it) as Vec<u8>
    n = u8
    make point: app::Point = app::Point { x: i32 }
    ");
    insta::assert_snapshot!(typed("crate::Nowhere"), @r#"
    cannot-generate: a value of `crate::Nowhere` cannot be made
      at constraints/main.toml `crate::Nowhere` values of this type cannot be made without help
      see src/lib.rs `data: &[u8]` the parameter
      help use `value = "Rust expression"` for one value, or `strategy = "proptest strategy"` for many
      help use `{ type = "T", map = "Rust over it" }` to build it from something simpler
    "#);
}

#[test]
fn a_value_near_another_comes_after_it() {
    let rust = "pub fn f(a: &str, b: &str, n: u8) {}";
    insta::assert_snapshot!(values(rust, "args.a = { like = [\"x\"] }\nargs.b = { near = \"a\" }"), @r#"
    a = text like ["x"]
    b = near a, else text like ["x"]
    n = u8
    "#);
    insta::assert_snapshot!(values(rust, "args.b = { near = \"a\" }"), @"
    a = text
    b = near a, else text
    n = u8
    ");
    insta::assert_snapshot!(values(rust, "args.b = { near = \"a\" }\nargs.a = { like = [\"x\"] }"), @"
    unknown-argument: no value `a` is made before this one
      at constraints/main.toml `a`
      see src/lib.rs `b: &str` the parameter
      help `near` names a value that is declared above it
    ");
    insta::assert_snapshot!(values(rust, "args.b = { near = \"n\" }"), @"
    invalid-value: `n` is of another type than this value
      at constraints/main.toml `n`
      see src/lib.rs `n: u8` made here
      see src/lib.rs `b: &str` the parameter
      help only values of one type can be near each other
    ");
}

#[test]
fn a_value_of_any_type_can_be_near_another() {
    let rust = "#[derive(Clone)] pub struct P { pub x: i32 } pub fn f(a: &P, b: &P, c: [u8; 2], d: Option<[u8; 2]>) {}";
    insta::assert_snapshot!(values(rust, "args.b = { near = \"a\" }\nargs.d = { near = \"c\", map = \"Some(it)\" }"), @r"
    a = made p
    b = near a made as made p, else made p
    c = [u8; 2]
    d = near c made as [u8; 2], else [u8; 2] => Some(it) as Option<[u8;2]>
    make p: app::P = app::P { x: i32 }
    ");
}

#[test]
fn named_inputs_take_the_type_of_the_parameter() {
    let declaration = "args.x = { input = \"link\" }\n[input.link]\nlike = [\"a\"]";
    insta::assert_snapshot!(values("pub fn f(x: &[u8]) {}", declaration), @"x = bytes like [[97]]");
}

#[test]
fn the_receiver_is_a_value_called_this() {
    let rust = "#[derive(Clone)] pub struct Total { pub sum: f64 } impl Total { pub fn add(&mut self, more: f64) {} }";
    insta::assert_snapshot!(check(rust, "target = \"crate::Total::add\""), @r"
    app::Total::add(this: &mut, more: move)
    this = made total
    more = f64
    make total: app::Total = app::Total { sum: f64 }
    ");
    insta::assert_snapshot!(check(rust, "target = \"crate::Total::add\"\nargs.self = { value = \"crate::Total { sum: 0.0 }\" }"), @"
    app::Total::add(this: &mut, more: move)
    this = value app::Total{sum:0.0}
    more = f64
    ");
    insta::assert_snapshot!(check(rust, "target = \"crate::Total::add\"\nargs.this = { value = \"crate::Total { sum: 0.0 }\" }"), @"
    app::Total::add(this: &mut, more: move)
    this = value app::Total{sum:0.0}
    more = f64
    ");
}

#[test]
fn a_law_without_result_takes_any_values() {
    let rust =
        "pub struct Safe { key: u8 } impl Safe { pub fn seal(&mut self, text: &[u8]) -> Vec<u8> { vec![] } }";
    let declaration = "
        kind = \"law\"
        target = \"crate::Safe::seal\"
        args.key = { type = \"[u8; 32]\" }
        args.word = { like = [\"a\"] }
        args.raw = { like_hex = [\"00\"] }
        args.n = { range = \"1..=9\" }
        args.half = { range = \"0.0..=0.5\" }
        args.byte = { range = \"-3..=3i8\" }
        args.one = { one_of = [1, 2] }
        args.pair = { near = \"word\" }
        args.found = { matching = \"a+\" }
        then = \"{ let mut safe = crate::Safe::open(&key); safe.seal(&text) != safe.seal(&text) }\"";
    insta::assert_snapshot!(check(rust, declaration), @r#"
    app::Safe::seal(this: &mut, text: &) -> Plain (not called)
    key = [u8; 32]
    word = text like ["a"]
    raw = bytes like [[0]]
    n = i64 1..=9
    half = f64 0.0..=0.5
    byte = i8 -3..=3
    one = one of 1i64 | 2i64
    pair = near word, else text like ["a"]
    found = matching a+
    text = bytes
    then: {let mut safe=app::Safe::open(&key);safe.seal(&text)!=safe.seal(&text)}
    "#);
}

#[test]
fn a_law_about_result_takes_the_parameters() {
    let rust = "pub fn f(a: u8, b: u8) -> u8 { a }";
    insta::assert_snapshot!(values(rust, "kind = \"law\"\nthen = \"result >= a\""), @"
    a = u8
    b = u8
    then: result>=a
    ");
    insta::assert_snapshot!(values(rust, "kind = \"law\"\nthen = \"format!(\\\"{result}\\\").len() > 0\"\nargs.c = { is = 1 }"), @r"
    unknown-argument: `crate::f` has no parameter `c`
      at constraints/main.toml `args.c`
      help its parameters are `a`, `b`
    ");
}

#[test]
fn a_law_about_what_the_target_changes_calls_it_first() {
    let rust = "pub fn f(list: &mut Vec<u32>, by: &u32) {} pub struct Total(pub u32); impl Total { pub fn add(&mut self, more: u32) {} }";
    let law = |then: &str| check(rust, &format!("kind = \"law\"\ntarget = \"crate::f\"\nthen = \"{then}\""));
    insta::assert_snapshot!(law("list.is_sorted()"), @"
    app::f(list: &mut, by: &)
    list = vec(u32)
    by = u32
    then: list.is_sorted()
    ");
    insta::assert_snapshot!(law("*by < 9"), @"
    app::f(list: &mut, by: &) (not called)
    by = u32
    then: *by<9
    ");
    let method = "kind = \"law\"\ntarget = \"crate::Total::add\"\nthen = \"this.0 >= more\"";
    insta::assert_snapshot!(check(rust, method), @r"
    app::Total::add(this: &mut, more: move)
    this = made total (no clone)
    more = u32
    make total: app::Total = app::Total { 0: u32 }
    then: this.0>=more
    ");
}

#[test]
fn what_a_precondition_says_of_a_changed_argument_is_about_the_state_before() {
    let rust = "pub fn f(list: &mut Vec<u32>) {}";
    insta::assert_snapshot!(check(rust, "kind = \"law\"\ntarget = \"crate::f\"\nwhen = \"!list.is_empty()\"\nthen = \"true\""), @"
    app::f(list: &mut) (not called)
    list = vec(u32)
    when: !list.is_empty()
    then: true
    ");
}

#[test]
fn a_law_about_what_the_target_changes_takes_the_parameters_only() {
    let rust = "pub fn f(list: &mut Vec<u32>) {}";
    insta::assert_snapshot!(values(rust, "kind = \"law\"\nthen = \"list.is_sorted()\"\nargs.lst = { type = \"Vec<u32>\" }"), @"
    unknown-argument: `crate::f` has no parameter `lst`
      at constraints/main.toml `args.lst`
      help did you mean `list`?
    ");
}

#[test]
fn a_call_takes_what_is_declared_and_what_it_mentions() {
    let rust = "pub fn f(a: u8, b: &dyn std::any::Any) -> u8 { a }";
    insta::assert_snapshot!(check(rust, "target = \"crate::f\"\ncall = \"crate::f(a, &extra)\"\nargs.extra = { is = true }"), @"
    app::f(a: move, b: &) -> Plain
    extra = value true
    a = u8
    call: app::f(a,&extra)
    ");
}
