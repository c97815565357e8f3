//! Selectors as TOML and Rust as texts in, the instances and faults as text out.

use super::super::{CrateFacts, bind, fan_out};
use super::{FORBIDS, NO_PANIC, rendered};
use crate::model::{Id, Model, Sources, read};

/// The model after fanning out, and the faults as text.
fn fanned(rust: &str, declarations: &str) -> (Model, String) {
    let mut sources = Sources::default();
    let facts = CrateFacts::from_texts("app", &[("src/lib.rs", rust)], &mut sources).expect("a crate");
    let file = sources.add("constraints/main.toml", declarations);
    let (mut model, mut faults) = read(&sources, &[("main".to_owned(), file)], &[&NO_PANIC, &FORBIDS]);
    faults.extend(fan_out(&mut model, &facts, &sources));
    let (_, of_binding) = bind(&model, &facts, &sources);
    faults.extend(of_binding);
    let faults = rendered::all(&[], faults, &sources);
    (model, faults)
}

/// The paths that a selector selects from a crate, and the faults.
fn selected(rust: &str, selector: &str) -> String {
    let declaration =
        format!("[constraint.total]\nsays = \"x\"\nkind = \"no_panic\"\ntargets = {{ {selector} }}\n");
    let (model, faults) = fanned(rust, &declaration);
    let paths: Vec<&str> = model.constraints.keys().filter_map(|id| id.item()).collect();
    format!("{}\n{faults}", paths.join(" ")).trim().to_owned()
}

const API: &str = "
pub mod api {
    pub type Res<T> = std::result::Result<T, Error>;
    pub struct Error;
    pub fn create(name: &str) -> Res<u8> { todo!() }
    pub fn core_path(name: &str) -> core::result::Result<u8, Error> { todo!() }
    pub fn of_io(name: &str) -> std::io::Result<u8> { todo!() }
    pub fn as_ref(name: impl AsRef<str>) -> Option<u8> { todo!() }
    pub fn generic<T: AsRef<str>>(name: T) -> Option<(u8, u16)> { todo!() }
    pub fn owned(name: String) -> (u8, u16) { todo!() }
    pub async fn later(name: &mut str) {}
    pub unsafe fn wild(bytes: &[u8]) -> bool { todo!() }
    fn hidden(name: &str) {}
}
mod inner {
    pub struct Thing { pub a: u8 }
    impl Thing { pub fn new() -> Self { todo!() } fn own(&self) {} pub fn this(other: &Thing) -> Option<Self> { todo!() } }
    impl Default for Thing { fn default() -> Self { todo!() } }
    pub fn deep(name: &str) {}
}
pub use inner::{Thing, deep as shallow};
pub mod again { pub use crate::inner::deep; }
";

#[test]
fn every_function_is_selected_once_by_its_shortest_path() {
    insta::assert_snapshot!(selected(API, "unsafe = false, except = [\"crate::api\"]"), @"crate::Thing::new crate::Thing::this crate::shallow");
}

#[test]
fn types_are_matched_by_what_they_are_and_not_by_how_they_are_written() {
    let patterns = [
        "returns = \"Result<_, _>\"",
        "returns = \"std::result::Result<u8, crate::api::Error>\"",
        "returns = \"std::io::Result<_>\"",
        "returns = \"Result\"",
        "returns = \"Option<(..)>\"",
        "returns = \"Option<..>\"",
        "returns = \"(u8, ..)\"",
        "returns = \"()\"",
        "returns = \"Option<crate::Thing>\"",
        "returns = \"crate::inner::Thing\"",
        "takes = \"&str\"",
        "takes = \"&mut _\"",
        "takes = \"&[_]\"",
        "takes = [\"String\"]",
        "takes = \"&crate::Thing\"",
        "name = \"*o*w*\"",
        "async = true",
        "unsafe = true",
        "in = \"crate::Thing\"",
        "in = [\"crate::again\", \"crate::inner\"], name = \"shallow\"",
    ];
    let all = patterns.map(|pattern| {
        let only = if pattern.contains("unsafe") { "" } else { ", unsafe = false" };
        let selected = selected(API, &format!("{pattern}{only}"));
        format!("{pattern}: {}", selected.lines().next().unwrap_or_default().replace("crate::", ""))
    });
    insta::assert_snapshot!(all.join("\n"), @r#"
    returns = "Result<_, _>": api::core_path api::create api::of_io
    returns = "std::result::Result<u8, crate::api::Error>": api::core_path api::create
    returns = "std::io::Result<_>": api::of_io
    returns = "Result": api::core_path api::create api::of_io
    returns = "Option<(..)>": Thing::this api::as_ref api::generic
    returns = "Option<..>": Thing::this api::as_ref api::generic
    returns = "(u8, ..)": api::owned
    returns = "()": api::later shallow
    returns = "Option<crate::Thing>": Thing::this
    returns = "crate::inner::Thing": Thing::new
    takes = "&str": api::as_ref api::core_path api::create api::generic api::of_io shallow
    takes = "&mut _": api::later
    takes = "&[_]": nothing-selected: no function fits `targets`
    takes = ["String"]: api::owned
    takes = "&crate::Thing": Thing::this
    name = "*o*w*": api::owned shallow
    async = true: api::later
    unsafe = true: api::wild
    in = "crate::Thing": Thing::new Thing::this
    in = ["crate::again", "crate::inner"], name = "shallow": shallow
    "#);
}

#[test]
fn what_selects_nothing_shows_what_comes_near() {
    insta::assert_snapshot!(selected(API, "in = \"crate::api\", takes = [\"&str\", \"u64\"], name = \"cr*\""), @r#"
    nothing-selected: no function fits `targets`
      at constraints/main.toml `{ in = "crate::api", takes = ["&str", "u64"], name = "cr*" }` there are 8 functions here, and none of them fits
      see src/lib.rs `create` `crate::api::create` takes no `u64`
      see src/lib.rs `as_ref` `crate::api::as_ref` takes no `u64`, is not named `cr*`
      see src/lib.rs `core_path` `crate::api::core_path` takes no `u64`, is not named `cr*`
      see src/lib.rs `generic` `crate::api::generic` takes no `u64`, is not named `cr*`
    "#);
    insta::assert_snapshot!(selected("pub mod empty {}", "in = \"crate::empty\""), @r#"
    nothing-selected: no function fits `targets`
      at constraints/main.toml `{ in = "crate::empty" }` there is no function here that a test could call
      help name a module or type with functions, or take `in` out to look at the whole crate
    "#);
}

#[test]
fn a_selector_looks_into_modules_and_types_that_exist() {
    let places = ["crate::ap", "crate::api::create", "std::fmt", "a b", "crate::api::Res"];
    insta::assert_snapshot!(places.map(|place| selected(API, &format!("in = \"{place}\""))).join("\n\n"), @r#"
    missing-target: there is no `crate::ap`
      at constraints/main.toml `"crate::ap"`
      help did you mean `crate::api`?

    wrong-target: `crate::api::create` is a function, a module or a type is needed
      at constraints/main.toml `"crate::api::create"`
      see src/lib.rs `create` defined here
      help name a single function with `target`

    wrong-target: `std::fmt` is no part of this crate
      at constraints/main.toml `"std::fmt"`

    invalid-rust: this is not the path of a module or type
      at constraints/main.toml `"a b"`
      help write it like `crate::module` or `crate::Type`

    nothing-selected: no function fits `targets`
      at constraints/main.toml `{ in = "crate::api::Res" }` there is no function here that a test could call
      help name a module or type with functions, or take `in` out to look at the whole crate
    "#);
}

#[test]
fn an_exception_that_leaves_nothing_out_is_noted() {
    insta::assert_snapshot!(selected(API, "name = \"create\", except = [\"crate::api::creat\", \"crate::inner::*\"]"), @r#"
    crate::api::create
    nothing-selected (warning): there is no function `crate::api::creat` to leave out
      at constraints/main.toml `"crate::api::creat"`
      help did you mean `crate::api::create`, `crate::api::core_path` or `crate::api::as_ref`?
    nothing-selected (warning): there is no function `crate::inner::*` to leave out
      at constraints/main.toml `"crate::inner::*"`
      help take it out
    "#);
}

#[test]
fn a_pattern_that_is_no_type_is_refused_at_its_place() {
    insta::assert_snapshot!(selected(API, "takes = [\"&str\", \"Vec<\"]"), @r"
    invalid-rust: this is not a type
      at constraints/main.toml `` unexpected end of input, expected one of: `for`, parentheses, `unsafe`, `fn`, `extern`, identifier, `::`, `<`, `dyn`, square brackets, `*`, `&`, `!`, `impl`, `_`, lifetime
      help write a type, with `_` for any type and `..` for any number of them
    ");
}

#[test]
fn an_instance_whose_value_cannot_be_made_names_its_function() {
    let rust = "pub fn a(f: *const u16) {} pub fn b(x: u8) {} pub fn c(y: *const u8) {}";
    insta::assert_snapshot!(selected(rust, "public = true"), @r#"
    crate::a crate::b crate::c
    cannot-generate: `crate::a`: the argument `f` cannot be made
      at constraints/main.toml `{ public = true }` this takes `f: *const u16`
      see src/lib.rs `f: *const u16` values of this type cannot be made without help
      help `args.f = { value = "Rust expression" }` for one value
      help `args.f = { strategy = "proptest strategy" }` for many
      help `args.f = { type = "T", map = "Rust over it" }` to build it from something simpler
      help `call = "Rust"` to make the whole call yourself
      help `except = ["crate::a"]` in `targets` leaves it out
    cannot-generate: `crate::c`: the argument `y` cannot be made
      at constraints/main.toml `{ public = true }` this takes `y: *const u8`
      see src/lib.rs `y: *const u8` values of this type cannot be made without help
      help `args.y = { value = "Rust expression" }` for one value
      help `args.y = { strategy = "proptest strategy" }` for many
      help `args.y = { type = "T", map = "Rust over it" }` to build it from something simpler
      help `call = "Rust"` to make the whole call yourself
      help `except = ["crate::c"]` in `targets` leaves it out
    "#);
}

#[test]
fn generators_go_to_the_instances_that_have_the_parameter() {
    let rust = "pub struct S { pub a: u8 } impl S { pub fn m(&self, x: &str) {} } pub fn b(x: u8) {} pub fn c(y: u8) {}";
    let declaration = "[constraint.total]\nsays = \"x\"\nkind = \"no_panic\"\ntargets = {}\nargs.y = { is = 1 }\nargs.self = { value = \"crate::S { a: 1 }\" }\nargs.z = { is = 1 }\n";
    let (model, faults) = fanned(rust, declaration);
    let of = |instance: &crate::model::Constraint| {
        let names: Vec<&str> = instance.args.iter().map(|argument| argument.name.value.as_str()).collect();
        format!("{}: {}", instance.id.value, names.join(" "))
    };
    let instances: Vec<String> = model.constraints.values().map(of).collect();
    insta::assert_snapshot!(format!("{}\n{faults}", instances.join("\n")), @r"
    main.total@crate::S::m: self
    main.total@crate::b: 
    main.total@crate::c: y
    unknown-argument: no function that is selected has a parameter `z`
      at constraints/main.toml `z`
      help take it out, or mend the name
    ");
}

#[test]
fn adding_a_function_changes_no_other_id() {
    let ids = |rust: &str| {
        let (model, _) =
            fanned(rust, "[constraint.total]\nsays = \"x\"\nkind = \"no_panic\"\ntargets = {}\n");
        model.constraints.into_keys().map(|id| (id.to_string(), id.test_path())).collect::<Vec<_>>()
    };
    let before = ids("pub fn b() {} pub mod m { pub fn b() {} }");
    let after = ids("pub fn a() {} pub fn b() {} pub mod m { pub fn b() {} pub fn c() {} }");
    assert_eq!(before.len(), 2);
    assert!(before.iter().all(|id| after.contains(id)), "{before:?} {after:?}");
}

#[test]
fn names_of_tests_are_readable_and_unique() {
    let rust = "
        pub struct Foo; impl Foo { pub fn bar() {} pub fn r#fn() {} }
        pub mod foo { pub fn bar() {} pub fn _bar() {} pub fn b__ar() {} }
        pub mod foo_ { pub fn bar() {} }
        pub mod b { pub fn ä() {} pub fn ö() {} }";
    let (model, _) = fanned(rust, "[constraint.total]\nsays = \"x\"\nkind = \"no_panic\"\ntargets = {}\n");
    let paths: Vec<String> = model.constraints.keys().map(Id::test_path).collect();
    insta::assert_snapshot!(paths.join("\n"), @r"
    main::total_AT_Foo__bar
    main::total_AT_Foo__r_fn___f84401d656e3054f
    main::total_AT_b______27c3cd4fd48bd2e9
    main::total_AT_b______27c3bb4fd48bb453
    main::total_AT_foo___bar___819cf5c92a1de482
    main::total_AT_foo__b__ar___ca776fa538f3ddcf
    main::total_AT_foo__bar
    main::total_AT_foo___bar___a51014fb978f2abe
    ");
    let unique: std::collections::BTreeSet<_> = paths.iter().collect();
    assert_eq!(unique.len(), 8);
}

#[test]
fn what_waits_for_a_family_waits_for_the_instance_of_its_item() {
    let declarations = "
[constraint.first]
says = \"x\"
kind = \"no_panic\"
targets = { in = \"crate::m\" }
[constraint.second]
says = \"x\"
kind = \"no_panic\"
targets = {}
after = \"first\"
[constraint.third]
says = \"x\"
kind = \"no_panic\"
target = \"crate::a\"
after = [\"first@crate::m::b\", \"main.second@crate::gone\", \"third@crate::a\"]
";
    let (model, faults) = fanned("pub fn a() {} pub mod m { pub fn b() {} pub fn c() {} }", declarations);
    let line = |constraint: &crate::model::Constraint| {
        let after: Vec<&str> = constraint.after.iter().map(|id| id.value.as_str()).collect();
        format!("{}: {}", constraint.id.value, after.join(" "))
    };
    let lines: Vec<String> = model.constraints.values().map(line).collect();
    insta::assert_snapshot!(format!("{}\n{faults}", lines.join("\n")), @r#"
    main.first@crate::m::b: 
    main.first@crate::m::c: 
    main.second@crate::a: main.first@crate::m::b main.first@crate::m::c
    main.second@crate::m::b: main.first@crate::m::b
    main.second@crate::m::c: main.first@crate::m::c
    main.third: main.first@crate::m::b main.second@crate::gone main.third@crate::a
    unknown-id: there is no `main.second@crate::gone`
      at constraints/main.toml `"main.second@crate::gone"` `main.second` does not select this function
      help did you mean `main.second@crate::a`?
      help did you mean `main.second@crate::m::b`?
      help did you mean `main.second@crate::m::c`?
    unknown-id: there is no `main.third@crate::a`
      at constraints/main.toml `"third@crate::a"` `main.third` is about one item
      help write `main.third` without what stands behind the `@`
    "#);
}

#[test]
fn only_kinds_about_functions_can_select() {
    let declaration = "[constraint.clean]\nsays = \"x\"\nkind = \"forbids\"\ncalls = \"a\"\ntargets = {}\n";
    insta::assert_snapshot!(fanned(API, declaration).1, @r#"
    wrong-target: `targets` selects functions, and `forbids` is not about one
      at constraints/main.toml `{}`
      help name what it is about with `target = "crate::…"`
    "#);
}
