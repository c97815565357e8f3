//! Targets that the sources do not show.

use super::check;

#[test]
fn a_signature_stands_for_a_target_that_macros_make() {
    let rust = "pub struct Link { pub to: String } make! { parse }";
    insta::assert_snapshot!(check(rust, "target = \"crate::parse\"\nsignature = \"fn(text: &str, u8, &mut crate::Link) -> Result<_, _>\""), @r"
    app::parse(text: &, argument_2: move, argument_3: &mut) -> Result
    text = text
    argument_2 = u8
    argument_3 = made link (no clone)
    make link: app::Link = app::Link { to: text }
    ");
    insta::assert_snapshot!(check(rust, "target = \"<crate::Link as std::str::FromStr>::from_str\"\nsignature = \"async fn(&str)\"\nargs.argument_1 = { like = [\"a\"] }"), @r#"
    async <app::Link as std::str::FromStr>::from_str(argument_1: &)
    argument_1 = text like ["a"]
    "#);
    insta::assert_snapshot!(check(rust, "kind = \"law\"\ntarget = \"crate::Link::grow\"\nsignature = \"fn(this: &mut crate::Link)\"\nthen = \"this.to.is_empty()\""), @r"
    app::Link::grow(this: &mut)
    this = made link (no clone)
    make link: app::Link = app::Link { to: text }
    then: this.to.is_empty()
    ");
}

#[test]
fn a_signature_has_to_be_one() {
    insta::assert_snapshot!(check("", "target = \"crate::parse\"\nsignature = \"(&str)\""), @r"
    invalid-rust: this is not the signature of a function
      at constraints/main.toml `(` expected `fn`
      help write it like `fn(&str, u8) -> Result<_, _>`
    ");
    insta::assert_snapshot!(check("", "target = \"crate::parse\"\nsignature = \"unsafe fn(&str)\""), @r#"
    wrong-target: this function is unsafe to call
      at constraints/main.toml `unsafe fn(&str)`
      help make the call with `call = "unsafe { .. }"`, with what it requires kept
    "#);
    insta::assert_snapshot!(check("", "kind = \"forbids\"\ntarget = \"crate\"\nsignature = \"fn(&str)\""), @r"
    invalid-value: `signature` is about a function, and `forbids` is about a module
      at constraints/main.toml `fn(&str)`
      help take it out
    ");
}
