//! Functions of types and traits.

use super::check;

fn found(rust: &str, target: &str) -> String {
    check(rust, &format!("target = \"{target}\""))
}

const SHOW: &str = "
    pub struct Link { pub to: String }
    pub struct Mail(pub u8);
    pub mod show { pub trait Show { fn show(&self) -> String; fn twice(&self, n: u8) -> Option<String> { None } fn name() -> &'static str; } }
    use show::Show as Visible;
    mod here { use super::*; impl Visible for super::Link { fn show(&self) -> String { String::new() } fn name() -> &'static str { \"\" } } }
    impl Visible for Mail { fn show(&self) -> String { String::new() } fn name() -> &'static str { \"\" } }";

#[test]
fn functions_of_traits_are_called_in_full() {
    let targets = [
        "crate::Link::show",
        "<crate::Link as crate::show::Show>::show",
        "<Link as show::Show>::name",
        "<crate::Mail>::show",
    ];
    insta::assert_snapshot!(targets.map(|target| found(SHOW, target)).join("\n"), @r"
    <app::Link as app::show::Show>::show(this: &) -> Plain
    this = made link (no clone)
    make link: app::Link = app::Link { to: text }
    <app::Link as app::show::Show>::show(this: &) -> Plain
    this = made link (no clone)
    make link: app::Link = app::Link { to: text }
    <app::Link as app::show::Show>::name() -> Plain
    <app::Mail as app::show::Show>::show(this: &) -> Plain
    this = made mail (no clone)
    make mail: app::Mail = app::Mail { 0: u8 }
    ");
}

#[test]
fn what_a_trait_brings_along_is_found_too() {
    insta::assert_snapshot!(found(SHOW, "crate::Link::twice"), @r"
    <app::Link as app::show::Show>::twice(this: &, n: move) -> Option
    this = made link (no clone)
    n = u8
    make link: app::Link = app::Link { to: text }
    ");
}

#[test]
fn a_function_of_a_trait_alone_names_the_types_that_have_it() {
    insta::assert_snapshot!(found(SHOW, "crate::show::Show::show"), @"
    wrong-target: `crate::show::Show::show` runs only for a type that implements the trait
      at constraints/main.toml `crate::show::Show::show`
      see src/lib.rs `Show` the trait
      help write `<crate::Link as crate::show::Show>::show`
      help write `<crate::Mail as crate::show::Show>::show`
    ");
}

#[test]
fn functions_of_foreign_traits_are_named_by_their_paths() {
    let rust = "
        use std::str::FromStr; use core::fmt;
        pub struct Link { pub to: String }
        impl FromStr for Link { type Err = (); fn from_str(text: &str) -> Result<Self, Self::Err> { todo!() } }
        impl fmt::Display for Link { fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { todo!() } }
        impl Iterator for Link { type Item = u8; fn next(&mut self) -> Option<Self::Item> { None } }
        impl serde::Serialize for Link { fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { todo!() } }";
    insta::assert_snapshot!(["from_str", "next"].map(|name| found(rust, &format!("crate::Link::{name}"))).join("\n"), @r"
    <app::Link as std::str::FromStr>::from_str(text: &) -> Result
    text = text
    <app::Link as Iterator>::next(this: &mut) -> Option
    this = made link (no clone)
    make link: app::Link = app::Link { to: text }
    ");
    insta::assert_snapshot!(check(rust, "target = \"crate::Link::serialize\"\ncall = \"0\""), @"
    <app::Link as serde::Serialize>::serialize(this: &, s: move) -> Result
    call: 0
    ");
}

#[test]
fn one_name_in_several_blocks_is_ambiguous() {
    let rust = "
        pub struct Link { pub to: String }
        impl From<u8> for Link { fn from(byte: u8) -> Self { todo!() } }
        impl From<&str> for Link { fn from(text: &str) -> Self { todo!() } }
        pub struct Cell<T>(pub T);
        impl Cell<u8> { pub fn get(&self) -> u8 { 0 } }
        impl Cell<char> { pub fn get(&self) -> char { 'a' } }";
    insta::assert_snapshot!(found(rust, "crate::Link::from"), @"
    ambiguous-target: `crate::Link::from` stands for several items
      at constraints/main.toml `crate::Link::from`
      see src/lib.rs `from` one of them
      see src/lib.rs `from` one of them
      help write `<crate::Link as From<u8>>::from`
      help write `<crate::Link as From<&str>>::from`
    ");
    insta::assert_snapshot!(found(rust, "<crate::Link as From<&str>>::from"), @"
    <app::Link as From<&str>>::from(text: &) -> Plain
    text = text
    ");
    insta::assert_snapshot!(found(rust, "crate::Cell::get"), @"
    ambiguous-target: `crate::Cell::get` stands for several items
      at constraints/main.toml `crate::Cell::get`
      see src/lib.rs `get` one of them
      see src/lib.rs `get` one of them
      help write `<crate::Cell<u8>>::get`
      help write `<crate::Cell<char>>::get`
    ");
    insta::assert_snapshot!(found(rust, "crate::Cell::<char>::get"), @r"
    app::Cell::<char>::get(this: &) -> Plain
    this = made cell_char (no clone)
    make cell_char: app::Cell<char> = app::Cell { 0: char }
    ");
}

#[test]
fn an_inherent_function_comes_before_that_of_a_trait() {
    let rust = "pub struct T; pub trait Tr { fn f(a: u8); } impl Tr for T { fn f(a: u8) {} } impl T { pub fn f(b: char) {} }";
    insta::assert_snapshot!(found(rust, "crate::T::f"), @"
    app::T::f(b: move)
    b = char
    ");
    insta::assert_snapshot!(found(rust, "<crate::T as crate::Tr>::f"), @"
    <app::T as app::Tr>::f(a: move)
    a = u8
    ");
}

#[test]
fn a_block_for_everything_is_one_for_what_meets_its_bounds() {
    let rust = "
        pub trait Loud { fn loud(&self) -> String; }
        impl<T: std::fmt::Display + ?Sized> Loud for T { fn loud(&self) -> String { String::new() } }
        #[derive(Clone)] pub struct Link { pub to: String }
        impl std::fmt::Display for Link { fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result { todo!() } }
        pub struct Silent;";
    insta::assert_snapshot!(found(rust, "crate::Link::loud"), @r"
    <app::Link as app::Loud>::loud(this: &) -> Plain
    this = made link
    make link: app::Link = app::Link { to: text }
    ");
    insta::assert_snapshot!(found(rust, "<u16 as crate::Loud>::loud"), @"
    <u16 as app::Loud>::loud(this: &) -> Plain
    this = u16
    ");
    insta::assert_snapshot!(found(rust, "crate::Silent::loud"), @"
    missing, near []
    missing-target (warning): there is no `crate::Silent::loud`
      at constraints/main.toml `crate::Silent::loud`
    ");
    insta::assert_snapshot!(found(rust, "crate::Loud::loud"), @"
    wrong-target: `crate::Loud::loud` runs only for a type that implements the trait
      at constraints/main.toml `crate::Loud::loud`
      see src/lib.rs `Loud` the trait
      help name the type: `<crate::Type as crate::Trait>::function`
    ");
}

#[test]
fn a_trait_that_nobody_outside_can_name_is_private() {
    let rust = "mod m { pub trait Tr { fn f(); } } pub struct T; impl m::Tr for T { fn f() {} }";
    insta::assert_snapshot!(found(rust, "crate::T::f"), @r#"
    wrong-target: `crate::T::f` is private, so no test can call it
      at constraints/main.toml `crate::T::f`
      see src/lib.rs `f` defined here
      help make it `pub`, with every module on the way, or re-export it with `pub use`
      help for tests inside `crate`, add to src/lib.rs: `#[cfg(test)] #[path = "../generated/crate/mod.rs"] mod constraints;`
    "#);
}

#[test]
fn associated_types_are_what_the_block_says() {
    let rust = "
        pub trait Codec { type Item; type Error; fn read(&self, item: Self::Item, back: Option<Self::Item>) -> Result<Self::Item, Self::Error>; fn all(&self, items: &[Self::Item]) {} }
        pub struct Line;
        impl Codec for Line { type Item = String; type Error = (); fn read(&self, item: Self::Item, back: Option<<Self as Codec>::Item>) -> Result<String, ()> { todo!() } }
        pub fn run<C: Codec>(codec: &C, item: C::Item) {}
        pub fn sum(of: <Line as Codec>::Item) {}";
    let targets = ["Line::read", "Line::all", "run", "sum"];
    insta::assert_snapshot!(targets.map(|target| found(rust, &format!("crate::{target}"))).join("\n"), @r"
    <app::Line as app::Codec>::read(this: &, item: move, back: move) -> Result
    this = made line (no clone)
    item = text
    back = option(text)
    make line: app::Line = app::Line {  }
    <app::Line as app::Codec>::all(this: &, items: &)
    this = made line (no clone)
    items = vec(text)
    make line: app::Line = app::Line {  }
    app::run(codec: &, item: move)
    codec = made line (no clone)
    item = text
    make line: app::Line = app::Line {  }
    app::sum(of: move)
    of = text
    ");
}
