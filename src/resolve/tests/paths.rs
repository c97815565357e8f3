//! Paths of targets through modules, imports and globs.

use super::{check, check_files};

fn found(rust: &str, target: &str) -> String {
    check(rust, &format!("target = \"{target}\""))
}

#[test]
fn functions_in_inline_modules_are_found() {
    insta::assert_snapshot!(found("pub mod a { pub mod b { pub fn f() {} } }", "crate::a::b::f"), @"app::a::b::f()");
}

#[test]
fn the_library_may_be_named_in_place_of_crate() {
    insta::assert_snapshot!(found("pub fn f() {}", "app::f"), @"app::f()");
}

#[test]
fn modules_are_followed_into_their_files() {
    let files = [
        ("src/lib.rs", "pub mod a; pub mod b; pub mod c { pub mod d; } #[path = \"odd/name.rs\"] pub mod e;"),
        ("src/a.rs", "pub mod inner; pub fn f() {}"),
        ("src/a/inner.rs", "pub fn f() {}"),
        ("src/b/mod.rs", "pub mod inner;"),
        ("src/b/inner.rs", "pub fn f() {}"),
        ("src/c/d.rs", "pub fn f() {}"),
        ("src/odd/name.rs", "pub mod deep;"),
        ("src/odd/deep.rs", "pub fn f() {}"),
    ];
    let targets = ["a::f", "a::inner::f", "b::inner::f", "c::d::f", "e::deep::f"];
    let all = targets.map(|target| check_files(&files, &format!("target = \"crate::{target}\"")));
    assert_eq!(
        all,
        ["app::a::f()", "app::a::inner::f()", "app::b::inner::f()", "app::c::d::f()", "app::e::deep::f()"]
    );
}

#[test]
fn the_path_as_written_is_kept_when_it_is_open() {
    let rust = "pub mod deep { pub fn f() {} } pub use deep::f as g;";
    insta::assert_snapshot!(found(rust, "crate::deep::f"), @"app::deep::f()");
    insta::assert_snapshot!(found(rust, "crate::g"), @"app::g()");
}

#[test]
fn a_private_path_is_replaced_by_a_public_one() {
    let rust = "mod deep { pub fn f() {} pub struct T; impl T { pub fn m(&self) {} } } pub mod api { pub use super::deep::{f as g, T}; }";
    insta::assert_snapshot!(found(rust, "crate::deep::f"), @"app::api::g()");
    insta::assert_snapshot!(found(rust, "crate::deep::T::m"), @r"
    app::api::T::m(this: &)
    this = made api_t (no clone)
    make api_t: app::api::T = app::api::T {  }
    ");
}

#[test]
fn globs_bring_public_names() {
    let rust = "mod a { pub fn f() {} fn hidden() {} } mod b { pub use super::a::*; } pub use b::*;";
    insta::assert_snapshot!(found(rust, "crate::f"), @"app::f()");
    insta::assert_snapshot!(found(rust, "crate::hidden"), @"
    missing, near []
    missing-target (warning): there is no `crate::hidden`
      at constraints/main.toml `crate::hidden`
    ");
}

#[test]
fn imports_in_a_circle_lead_nowhere() {
    insta::assert_snapshot!(found("pub use self::a::f; mod a { pub use super::f; pub use super::*; }", "crate::f"), @"
    missing, near []
    missing-target (warning): there is no `crate::f`
      at constraints/main.toml `crate::f`
    ");
}

#[test]
fn a_name_from_two_globs_is_ambiguous() {
    let rust = "mod a { pub fn f() {} } mod b { pub fn f() {} } pub use a::*; pub use b::*;";
    insta::assert_snapshot!(found(rust, "crate::f"), @"
    ambiguous-target: `crate::f` stands for several items
      at constraints/main.toml `crate::f`
      see src/lib.rs `f` one of them
      see src/lib.rs `f` one of them
      help name the module that defines the one you mean
    ");
}

#[test]
fn a_name_from_two_globs_that_lead_to_one_item_is_not_ambiguous() {
    let rust = "mod a { pub fn f() {} } mod b { pub use super::a::f; } pub use a::*; pub use b::*;";
    insta::assert_snapshot!(found(rust, "crate::f"), @"app::f()");
}

#[test]
fn what_only_tests_see_is_not_there() {
    let rust = "#[cfg(test)] pub fn f() {} #[cfg(not(test))] pub fn g() {} #[cfg(any(unix, windows))] pub fn h(x: u8) {} #[cfg(not(any(unix, windows)))] pub fn h() {}";
    insta::assert_snapshot!(found(rust, "crate::g"), @"app::g()");
    insta::assert_snapshot!(found(rust, "crate::h"), @"
    app::h(x: move)
    x = u8
    ");
    insta::assert_snapshot!(found(rust, "crate::f"), @r#"
    missing, near ["crate::g", "crate::h"]
    missing-target (warning): there is no `crate::f`
      at constraints/main.toml `crate::f`
      help did you mean `crate::g`?
      help did you mean `crate::h`?
    "#);
}

#[test]
fn methods_are_found_wherever_their_block_stands() {
    let rust = "
        pub struct Link { pub to: String }
        pub type Alias = Link;
        impl Link { pub fn new(to: &str) -> Self { todo!() } pub fn host(&self) -> Option<&str> { None } }
        mod more { use super::Link as L; impl L { pub fn push(&mut self, part: char) {} pub fn end(self) -> String { self.to } } }
        impl From<u8> for Link { fn from(byte: u8) -> Self { todo!() } }";
    let methods = ["Link::new", "Link::host", "Link::push", "Link::end", "Alias::host", "Link::from"];
    insta::assert_snapshot!(methods.map(|method| found(rust, &format!("crate::{method}"))).join("\n"), @r"
    app::Link::new(to: &) -> Plain
    to = text
    app::Link::host(this: &) -> Option
    this = made link (no clone)
    make link: app::Link = app::Link { to: text }
    app::Link::push(this: &mut, part: move)
    this = made link (no clone)
    part = char
    make link: app::Link = app::Link { to: text }
    app::Link::end(this: move) -> Plain
    this = made link (no clone)
    make link: app::Link = app::Link { to: text }
    app::Alias::host(this: &) -> Option
    this = made link (no clone)
    make link: app::Link = app::Link { to: text }
    <app::Link as From<u8>>::from(byte: move) -> Plain
    byte = u8
    ");
}

#[test]
fn type_arguments_in_the_target_decide_the_parameters() {
    let rust = "
        pub struct Stack<T> { pub parts: Vec<T> }
        impl<T> Stack<T> { pub fn push(&mut self, part: T) {} }
        pub fn parse<T>(text: &str) -> T { todo!() }";
    insta::assert_snapshot!(found(rust, "crate::Stack::<u8>::push"), @r"
    app::Stack::<u8>::push(this: &mut, part: move)
    this = made stack_u8 (no clone)
    part = u8
    make stack_u8: app::Stack<u8> = app::Stack { parts: bytes }
    ");
    insta::assert_snapshot!(found(rust, "crate::parse::<char>"), @"
    app::parse::<char>(text: &) -> Plain
    text = text
    ");
}

#[test]
fn names_that_are_keywords_stay_raw() {
    insta::assert_snapshot!(found("pub mod r#type { pub fn r#match(r#in: u8) {} }", "crate::r#type::r#match"), @"
    app::r#type::r#match(r#in: move)
    r#in = u8
    ");
}

#[test]
fn support_is_a_tree_of_its_own() {
    let files = [
        ("src/lib.rs", "pub mod support { pub fn wrong() {} } pub struct Link { pub to: String }"),
        (
            "constraints/support.rs",
            "use app::Link; pub fn scale(link: &Link) -> Result<u8, String> { todo!() } pub(crate) fn open() {} fn closed() {}",
        ),
    ];
    insta::assert_snapshot!(check_files(&files, "target = \"support::scale\""), @r"
    support::scale(link: &) -> Result
    link = made link (no clone)
    make link: app::Link = app::Link { to: text }
    ");
    insta::assert_snapshot!(check_files(&files, "target = \"support::open\""), @"support::open()");
    insta::assert_snapshot!(check_files(&files, "target = \"support::closed\""), @r#"
    wrong-target: `support::closed` is private, so no test can call it
      at constraints/main.toml `support::closed`
      see constraints/support.rs `closed` defined here
      help make it `pub`, with every module on the way, or re-export it with `pub use`
      help for tests inside `crate`, add to src/lib.rs: `#[cfg(test)] #[path = "../generated/crate/mod.rs"] mod constraints;`
    "#);
    insta::assert_snapshot!(check_files(&files, "target = \"crate::support::wrong\""), @"app::support::wrong()");
}

#[test]
fn modules_are_given_as_they_are_defined() {
    let rust = "mod inner { pub mod deep {} } pub use inner::deep as shallow; pub fn f() {}";
    let module = |target: &str| check(rust, &format!("kind = \"forbids\"\ntarget = \"{target}\""));
    insta::assert_snapshot!(module("crate"), @"module []");
    insta::assert_snapshot!(module("crate::shallow"), @r#"module ["inner", "deep"]"#);
    insta::assert_snapshot!(module("crate::f"), @"
    wrong-target: `crate::f` is not a module
      at constraints/main.toml `crate::f`
    ");
    insta::assert_snapshot!(module("crate::iner"), @r#"
    missing, near ["crate::inner"]
    missing-target (warning): there is no `crate::iner`
      at constraints/main.toml `crate::iner`
      help did you mean `crate::inner`?
    "#);
}

#[test]
fn macros_that_are_given_items_are_looked_into() {
    let rust = "
        cfg_rt! { pub mod rt { pub fn f() {} } pub use rt::f as g; }
        cfg_if::cfg_if! { if #[cfg(windows)] { pub fn h() {} } else if #[cfg(not(windows))] { pub fn h(x: u8) {} } else { pub fn h(x: char) {} } }
        macro_rules! cfg_rt { ($($item:item)*) => { $(#[cfg(all())] $item)* } }";
    let targets = ["rt::f", "g", "h"];
    insta::assert_snapshot!(targets.map(|target| found(rust, &format!("crate::{target}"))).join("\n"), @r"
    app::rt::f()
    app::g()
    app::h(x: move)
    x = u8
    ");
}

#[test]
fn what_a_macro_may_make_is_said_with_the_way_out() {
    let rust = "pub mod a { numbers!(u8, u16); pub struct T; impl T { methods! { one => 1 } } }";
    insta::assert_snapshot!(found(rust, "crate::a::read_u8"), @r#"
    missing, near []
    missing-target (warning): there is no `crate::a::read_u8`
      at constraints/main.toml `crate::a::read_u8`
      see src/lib.rs `numbers` `numbers!` is invoked here, and the sources do not show what it makes
      help where a macro makes it, add `signature = "fn(&str) -> Result<_, _>"`, as it would be written
    "#);
    insta::assert_snapshot!(found(rust, "crate::a::T::one"), @r#"
    missing, near []
    missing-target (warning): there is no `crate::a::T::one`
      at constraints/main.toml `crate::a::T::one`
      see src/lib.rs `methods` `methods!` is invoked here, and the sources do not show what it makes
      see src/lib.rs `numbers` `numbers!` is invoked here, and the sources do not show what it makes
      help where a macro makes it, add `signature = "fn(&str) -> Result<_, _>"`, as it would be written
    "#);
    insta::assert_snapshot!(found(rust, "crate::b"), @r"
    missing, near []
    missing-target (warning): there is no `crate::b`
      at constraints/main.toml `crate::b`
    ");
}

#[test]
fn included_files_are_read_in_their_place() {
    let files = [
        ("src/lib.rs", "pub mod a;"),
        ("src/a.rs", "include!(\"parts/more.rs\"); include!(concat!(env!(\"OUT_DIR\"), \"/x.rs\"));"),
        ("src/parts/more.rs", "pub fn f() {}"),
    ];
    insta::assert_snapshot!(check_files(&files, "target = \"crate::a::f\""), @"app::a::f()");
}

#[test]
fn conditions_choose_attributes() {
    let files = [
        (
            "src/lib.rs",
            "#[cfg_attr(not(windows), path = \"unix.rs\")] #[cfg_attr(windows, path = \"windows.rs\")] pub mod sys;
            #[cfg_attr(feature = \"none\", non_exhaustive)] #[cfg_attr(not(feature = \"none\"), derive(Clone))] pub struct T(pub u8);
            pub trait Tr { #[cfg(test)] fn t(&self) {} fn u(&self) {} } impl Tr for T {}
            pub fn f(t: T) {} pub mod inner;",
        ),
        ("src/unix.rs", "pub fn f() {}"),
        ("src/inner.rs", "#![cfg(windows)] pub fn g() {}"),
    ];
    let targets = ["sys::f", "f", "T::t", "T::u", "inner::g"];
    insta::assert_snapshot!(targets.map(|target| check_files(&files, &format!("target = \"crate::{target}\""))).join("\n"), @r"
    app::sys::f()
    app::f(t: move)
    t = made t
    make t: app::T = app::T { 0: u8 }
    missing, near []
    missing-target (warning): there is no `crate::T::t`
      at constraints/main.toml `crate::T::t`
    <app::T as app::Tr>::u(this: &)
    this = made t
    make t: app::T = app::T { 0: u8 }
    missing, near []
    missing-target (warning): there is no `crate::inner::g`
      at constraints/main.toml `crate::inner::g`
    ");
}

#[test]
fn variants_are_names_that_globs_bring() {
    let rust = "pub enum E { A, B(u8) } pub use E::*; pub mod other { pub fn B() {} } pub use other::B as C; use self::E::A as D;";
    let targets = ["E::A", "B", "C", "D"];
    insta::assert_snapshot!(targets.map(|target| found(rust, &format!("crate::{target}"))).join("\n"), @r"
    wrong-target: `crate::E::A` is a variant of an enum, a function is needed
      at constraints/main.toml `crate::E::A`
      see src/lib.rs `E` defined here
    wrong-target: `crate::B` is a variant of an enum, a function is needed
      at constraints/main.toml `crate::B`
      see src/lib.rs `E` defined here
    app::C()
    wrong-target: `crate::D` is a variant of an enum, a function is needed
      at constraints/main.toml `crate::D`
      see src/lib.rs `E` defined here
    ");
}

#[test]
fn other_crates_are_named_by_extern_crate_and_by_colons() {
    let rust = "
        extern crate alloc; extern crate core as base; extern crate url as links;
        mod std {} use ::std::string::String as S; use links::Url;
        pub fn f(a: alloc::string::String, b: base::option::Option<u8>, c: S, d: ::std::vec::Vec<u8>) {}
        pub mod deep { pub fn g(a: alloc::vec::Vec<u8>) {} }";
    insta::assert_snapshot!(["f", "deep::g"].map(|target| found(rust, &format!("crate::{target}"))).join("\n"), @r"
    app::f(a: move, b: move, c: move, d: move)
    a = text
    b = option(u8)
    c = text
    d = bytes
    app::deep::g(a: move)
    a = bytes
    ");
}
