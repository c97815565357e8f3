//! Functions as arguments: what their bounds, objects and pointers make of them.

use super::{check, values};

/// The value of the one parameter of a function with these type parameters.
fn of(generics: &str, ty: &str) -> String {
    let rust = format!(
        "use std::{{cmp::Ordering, rc::Rc, sync::Arc, future::Future, pin::Pin}};
        pub struct Own {{ pub x: u8 }} struct Hidden;
        pub fn f<{generics}>(x: {ty}) {{}}"
    );
    values(&rust, "")
}

#[test]
fn a_function_is_made_for_a_bound_an_object_and_a_pointer() {
    let cases = [
        ("F: Fn(u8) -> bool", "F"),
        ("", "impl FnMut(&str, &mut Vec<u8>) -> Option<String> + Send + 'static"),
        ("", "impl FnOnce()"),
        ("F: Fn(&Own) -> Result<Own, String> + Clone", "F"),
        ("F: Fn(u8) -> u8 + Copy", "F"),
        ("F: for<'x> Fn(&'x str) -> &'x str", "&F"),
        ("F: FnOnce(u8) -> R, R", "F"),
        ("F: FnMut(&u32, &u32) -> Ordering", "F"),
        ("F: Fn() -> Fut, Fut: Future<Output = String>", "F"),
        ("F: AsyncFn(u8) -> u8", "F"),
        ("", "impl Fn(u8) -> Pin<Box<dyn Future<Output = u8>>>"),
        ("", "fn(u8) -> String"),
        ("", "&dyn Fn(&Own) -> u8"),
        ("", "&mut dyn FnMut(u8)"),
        ("", "Box<dyn Fn(u8) -> u8 + Send + Sync>"),
        ("", "Arc<dyn Fn(&str) -> u8 + Send + Sync>"),
        ("", "Rc<dyn Fn()>"),
        ("", "impl Fn(Hidden) -> u8"),
    ];
    insta::assert_snapshot!(
        cases.map(|(generics, ty)| format!("<{generics}> {ty}: {}", of(generics, ty))).join("\n")
    );
}

#[test]
fn a_function_inside_of_something_else_has_its_type_written() {
    let cases = [
        ("F: Fn(u8) -> bool", "Option<F>"),
        ("", "Option<Box<dyn Fn(&str) -> bool + Send>>"),
        ("", "Vec<Box<dyn Fn(u8) -> u8>>"),
        ("", "(u8, fn(&Own) -> u8)"),
        ("", "Option<&dyn Fn(u8)>"),
        ("", "&[&dyn Fn(u8) -> u8]"),
        ("", "Option<fn(&str) -> &str>"),
    ];
    insta::assert_snapshot!(
        cases.map(|(generics, ty)| format!("<{generics}> {ty}: {}", of(generics, ty))).join("\n")
    );
}

#[test]
fn functions_in_types_of_the_user_are_pointers_or_objects() {
    let rust = "
        pub struct Filter<F> { keep: F }
        impl<F: Fn(u8) -> bool> Filter<F> { pub fn new(keep: F) -> Self { todo!() } pub fn run(&self, x: u8) {} }
        pub struct Hooks { pub done: Box<dyn FnMut(&str) + Send>, pub map: Option<fn(u8) -> u8> }
        pub fn hooks(hooks: &mut Hooks) {}
        pub trait Handler { fn handle(&self, x: u8); }
        impl<F> Handler for F where F: Fn(u8) { fn handle(&self, x: u8) {} }
        pub fn serve(handler: impl Handler) {}";
    let targets = ["Filter::new", "Filter::run", "hooks", "serve"];
    insta::assert_snapshot!(
        targets.map(|target| check(rust, &format!("target = \"crate::{target}\""))).join("\n")
    );
}

#[test]
fn what_no_function_can_be_made_for_asks_for_help() {
    let cases = [
        ("", "extern \"C\" fn(u8)"),
        ("", "impl Fn(u8) -> !"),
        ("", "Vec<Box<dyn Fn(Hidden)>>"),
        ("F: Fn(u8) + Default", "F"),
    ];
    insta::assert_snapshot!(
        cases.map(|(generics, ty)| format!("<{generics}> {ty}: {}", of(generics, ty))).join("\n")
    );
}

#[test]
fn a_function_that_the_declaration_gives_is_passed_as_it_is() {
    let rust = "pub fn f(g: impl Fn(u8) -> u8) {}";
    insta::assert_snapshot!(values(rust, "args.g = { value = \"|x| x + 1\" }"), @"g = value |x|x+1");
}
