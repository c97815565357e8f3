//! Targets that are types.

use super::check;

fn found(rust: &str, target: &str) -> String {
    check(rust, &format!("kind = \"lawful_order\"\ntarget = \"{target}\""))
}

#[test]
fn a_type_has_a_value_and_the_traits_that_the_sources_show() {
    let rust = "mod inner { #[derive(Clone, PartialEq, Eq)] pub struct Version(pub u32);
        impl std::hash::Hash for Version {} impl<'a> PartialOrd for Version {} }
        pub use inner::Version;";
    insta::assert_snapshot!(found(rust, "crate::Version"), @r"
    type with PartialEq, Eq, Hash, PartialOrd
    value = made version
    make version: app::Version = app::Version { 0: u32 }
    ");
}

#[test]
fn the_arguments_of_a_generic_type_are_said_in_its_path() {
    let rust = "#[derive(Clone, PartialEq)] pub struct Pair<T> { pub left: T, pub right: T }";
    insta::assert_snapshot!(found(rust, "crate::Pair<String>"), @r"
    type with PartialEq
    value = made pair_string
    make pair_string: app::Pair<String> = app::Pair { left: text, right: text }
    ");
}

#[test]
fn what_is_no_type_is_refused() {
    let rust = "pub fn f() {} pub mod m {} struct Hidden;";
    insta::assert_snapshot!(found(rust, "crate::f"), @r"
    wrong-target: `crate::f` is a function, a struct or an enum is needed
      at constraints/main.toml `crate::f`
      see src/lib.rs `f` this is what it is
    ");
    insta::assert_snapshot!(found(rust, "crate::m"), @r"
    wrong-target: `crate::m` is a module, a struct or an enum is needed
      at constraints/main.toml `crate::m`
    ");
    insta::assert_snapshot!(found(rust, "crate::Hidden"), @r"
    wrong-target: `crate::Hidden` is private, so no test can name it
      at constraints/main.toml `crate::Hidden`
      see src/lib.rs `Hidden` defined here
      help make it `pub`, with every module on the way, or re-export it with `pub use`
    ");
    insta::assert_snapshot!(found("pub struct Shelf<T>(Vec<T>);", "crate::Shelf<T>"), @r"
    wrong-target: an argument of `crate::Shelf<T>` is no type that a test can name
      at constraints/main.toml `crate::Shelf<T>`
      see src/lib.rs `Shelf` defined here
      help leave them out, as in `crate::Shelf`, or give types, as in `crate::Shelf<u32>`
    ");
    insta::assert_snapshot!(found("pub struct Version;", "crate::Verson"), @r#"
    missing, near ["crate::Version"]
    missing-target (warning): there is no `crate::Verson`
      at constraints/main.toml `crate::Verson`
      help did you mean `crate::Version`?
    "#);
}
