//! Declarations that are refused, and why.

use super::{check, check_files, values};

#[test]
fn a_missing_target_is_a_warning_with_near_names() {
    let rust = "pub mod link { pub fn parse() {} pub struct T; impl T { pub fn parse_all() {} } }";
    insta::assert_snapshot!(check(rust, "target = \"crate::parse\""), @r#"
    missing, near ["crate::link::parse", "crate::link::T::parse_all"]
    missing-target (warning): there is no `crate::parse`
      at constraints/main.toml `crate::parse`
      help did you mean `crate::link::parse`?
      help did you mean `crate::link::T::parse_all`?
    "#);
    insta::assert_snapshot!(check(rust, "target = \"crate::link::prase\""), @r#"
    missing, near ["crate::link::parse"]
    missing-target (warning): there is no `crate::link::prase`
      at constraints/main.toml `crate::link::prase`
      help did you mean `crate::link::parse`?
    "#);
    insta::assert_snapshot!(check(rust, "target = \"crate::link::T::parse_al\""), @r#"
    missing, near ["crate::link::T::parse_all", "crate::link::parse"]
    missing-target (warning): there is no `crate::link::T::parse_al`
      at constraints/main.toml `crate::link::T::parse_al`
      help did you mean `crate::link::T::parse_all`?
      help did you mean `crate::link::parse`?
    "#);
}

#[test]
fn a_private_target_says_how_to_open_it() {
    insta::assert_snapshot!(check("mod a { pub fn f() {} }", "target = \"crate::a::f\""), @r#"
    wrong-target: `crate::a::f` is private, so no test can call it
      at constraints/main.toml `crate::a::f`
      see src/lib.rs `f` defined here
      help make it `pub`, with every module on the way, or re-export it with `pub use`
      help for tests inside `crate`, add to src/lib.rs: `#[cfg(test)] #[path = "../generated/crate/mod.rs"] mod constraints;`
    "#);
    insta::assert_snapshot!(check("pub struct T; impl T { fn m() {} }", "target = \"crate::T::m\""), @r#"
    wrong-target: `crate::T::m` is private, so no test can call it
      at constraints/main.toml `crate::T::m`
      see src/lib.rs `m` defined here
      help make it `pub`, with every module on the way, or re-export it with `pub use`
      help for tests inside `crate`, add to src/lib.rs: `#[cfg(test)] #[path = "../generated/crate/mod.rs"] mod constraints;`
    "#);
}

#[test]
fn a_private_target_that_is_not_called_is_fine() {
    insta::assert_snapshot!(check("fn f() {}", "kind = \"law\"\ntarget = \"crate::f\"\nthen = \"crate::g()\""), @"
    app::f() (not called)
    then: app::g()
    ");
}

#[test]
fn a_target_of_another_sort_is_refused() {
    let rust = "pub struct T; pub enum E { A } pub mod m {} pub const C: u8 = 1; pub trait Tr { fn t(); } pub use std::mem::swap; pub unsafe fn u() {}
        impl Tr for T { fn t() {} }";
    let targets = ["T", "E", "m", "C", "Tr::t", "swap", "u", "T::t", "E::A"];
    let all = targets.map(|target| check(rust, &format!("target = \"crate::{target}\"")));
    insta::assert_snapshot!(all.join("\n"), @r#"
    wrong-target: `crate::T` is a struct, a function is needed
      at constraints/main.toml `crate::T`
      see src/lib.rs `T` defined here
    wrong-target: `crate::E` is an enum, a function is needed
      at constraints/main.toml `crate::E`
      see src/lib.rs `E` defined here
    wrong-target: `crate::m` is a module, a function is needed
      at constraints/main.toml `crate::m`
    wrong-target: `crate::C` is a constant, a function is needed
      at constraints/main.toml `crate::C`
      see src/lib.rs `C` defined here
    wrong-target: `crate::Tr::t` runs only for a type that implements the trait
      at constraints/main.toml `crate::Tr::t`
      see src/lib.rs `Tr` the trait
      help write `<crate::T as crate::Tr>::t`
    wrong-target: `crate::swap` is not defined in this crate
      at constraints/main.toml `crate::swap`
      see src/lib.rs `swap` brought in here
      help wrap it in a function of `constraints/support.rs`, or make the call with `call = "Rust"`
    wrong-target: `crate::u` is unsafe to call
      at constraints/main.toml `crate::u`
      see src/lib.rs `u` defined here
      help make the call with `call = "unsafe { .. }"`, with what it requires kept
    <app::T as app::Tr>::t()
    wrong-target: `crate::E::A` is a variant of an enum, a function is needed
      at constraints/main.toml `crate::E::A`
      see src/lib.rs `E` defined here
    "#);
}

#[test]
fn a_target_has_to_be_a_path() {
    insta::assert_snapshot!(check("", "target = \"crate::f()\""), @"
    invalid-rust: this is not the path of an item
      at constraints/main.toml `crate::f()` unexpected token
      help write it like `crate::module::function` or `crate::Type::method`
    ");
}

#[test]
fn an_unknown_argument_names_the_parameters() {
    insta::assert_snapshot!(values("pub fn f(text: &str) {}", "args.txt = { like = [\"a\"] }"), @"
    unknown-argument: `crate::f` has no parameter `txt`
      at constraints/main.toml `args.txt`
      help did you mean `text`?
    ");
    insta::assert_snapshot!(values("pub fn f() {}", "args.txt = { like = [\"a\"] }"), @"
    unknown-argument: `crate::f` has no parameter `txt`
      at constraints/main.toml `args.txt`
      help it takes no arguments
    ");
}

#[test]
fn a_value_that_cannot_be_made_shows_the_ways_out() {
    insta::assert_snapshot!(values("pub fn f(source: &mut std::fs::File) {}", ""), @r#"
    cannot-generate: the argument `source` cannot be made
      at constraints/main.toml `crate::f` this takes `source: &mut std::fs::File`
      see src/lib.rs `source: &mut std::fs::File` values of this type cannot be made without help
      help `args.source = { value = "Rust expression" }` for one value
      help `args.source = { strategy = "proptest strategy" }` for many
      help `args.source = { type = "T", map = "Rust over it" }` to build it from something simpler
      help `call = "Rust"` to make the whole call yourself
    "#);
}

#[test]
fn what_is_in_the_way_of_a_value_is_shown() {
    let cases = [
        "pub struct T { pub a: u8, b: u8 } pub fn f(t: T) {}",
        "pub struct T { pub a: Box<T> } pub fn f(t: T) {}",
        "pub struct T { pub a: *const u8 } pub fn f(t: T) {}",
        "mod m { pub struct T; } pub fn f(t: m::T) {}",
        "#[non_exhaustive] pub struct T; pub fn f(t: T) {}",
        "pub enum T {} pub fn f(t: T) {}",
        "pub trait P { type X; } pub fn f<T: P>(t: T) {}",
        "pub fn f(t: extern \"C\" fn(u8)) {}",
        "pub fn f(t: Nowhere) {}",
    ];
    let shorter = cases.map(|rust| {
        let all = values(rust, "");
        all.lines().filter(|line| line.starts_with("  see")).collect::<Vec<_>>().join("\n")
    });
    insta::assert_snapshot!(shorter.join("\n\n"), @r#"
    see src/lib.rs `t: T` the field `b` of `T` is private, and no public function makes one
    see src/lib.rs `b` this is in the way

    see src/lib.rs `t: T` `app::T` contains itself without an end

    see src/lib.rs `t: T` the field `a` of `T`: values of this type cannot be made without help
    see src/lib.rs `a` this is in the way

    see src/lib.rs `t: m::T` `T` is private
    see src/lib.rs `T` this is in the way

    see src/lib.rs `t: T` `T` is marked non_exhaustive, so that only its crate can build it
    see src/lib.rs `T` this is in the way

    see src/lib.rs `t: T` `T` has no variant
    see src/lib.rs `T` this is in the way

    see src/lib.rs `t: T` nothing decides the type parameter `T`

    see src/lib.rs `t: extern "C" fn(u8)` values of this type cannot be made without help

    see src/lib.rs `t: Nowhere` values of this type cannot be made without help
    "#);
}

#[test]
fn helpers_are_looked_up_and_a_missing_one_is_refused() {
    let rust = "pub fn encode(data: &[u8]) -> String { todo!() } pub fn decode(text: &str) -> Result<Vec<u8>, ()> { todo!() } fn hidden() {}";
    let helped = |inverse: &str| {
        check(rust, &format!("kind = \"round_trip\"\ntarget = \"crate::encode\"\ninverse = \"{inverse}\""))
    };
    insta::assert_snapshot!(helped("crate::decode"), @"
    app::encode(data: &) -> Plain
    data = bytes
    inverse: app::decode(text: &) -> Result
    ");
    insta::assert_snapshot!(helped("crate::decod"), @"
    missing-target: there is no `crate::decod`
      at constraints/main.toml `crate::decod`
      help did you mean `crate::decode`?
      help did you mean `crate::encode`?
    ");
    insta::assert_snapshot!(helped("crate::hidden"), @r#"
    wrong-target: `crate::hidden` is private, so no test can call it
      at constraints/main.toml `crate::hidden`
      see src/lib.rs `hidden` defined here
      help make it `pub`, with every module on the way, or re-export it with `pub use`
      help for tests inside `crate`, add to src/lib.rs: `#[cfg(test)] #[path = "../generated/crate/mod.rs"] mod constraints;`
    "#);
    insta::assert_snapshot!(helped("std::mem::swap"), @r#"
    wrong-target: `std::mem::swap` is not defined in this crate
      at constraints/main.toml `std::mem::swap`
      help wrap it in a function of `constraints/support.rs`, or make the call with `call = "Rust"`
    "#);
}

#[test]
fn a_source_that_does_not_parse_is_a_fault_there() {
    let files = [
        ("src/lib.rs", "pub mod a; pub mod gone; #[cfg(odd)] pub mod odd; pub fn f() {}"),
        ("src/a.rs", "\u{feff}pub fn ( {}"),
    ];
    insta::assert_snapshot!(check_files(&files, "target = \"crate::f\""), @"
    app::f()
    invalid-rust: a module of the crate has no file
      at src/lib.rs `gone` neither of these exists: src/gone.rs, src/gone/mod.rs
      help write the file or take the declaration out; rustc refuses the crate too
    invalid-rust: a source file of the crate does not parse
      at src/a.rs `` brackets or quotes do not match up here
      help mend it; until then nothing in this file can be found
    ");
}

#[test]
fn a_name_that_rust_does_not_allow_is_refused() {
    insta::assert_snapshot!(values("pub fn f() {}", "kind = \"law\"\nthen = \"true\"\nargs.\"a b\" = { is = 1 }"), @"
    invalid-value: `a b` is not a name that Rust allows for a value
      at constraints/main.toml `target =`
    ");
}
