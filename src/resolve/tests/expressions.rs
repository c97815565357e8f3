//! Rust in declarations.

use super::check;

fn law(then: &str) -> String {
    let declaration = format!("kind = \"law\"\ntarget = \"crate::f\"\nthen = '''{then}'''");
    check("pub fn f(a: u8) -> u8 { a }", &declaration)
}

#[test]
fn crate_becomes_the_library_at_any_depth() {
    insta::assert_snapshot!(law("result == crate::g(vec![crate::X, format!(\"{}\", crate::y())].len())"), @r#"
    app::f(a: move) -> Plain
    a = u8
    then: result==app::g(vec![app::X,format!("{}",app::y())].len())
    "#);
}

#[test]
fn crate_of_a_macro_stays() {
    insta::assert_snapshot!(law("{ macro_rules! m { () => { $crate::x } } result == 1 }"), @"
    app::f(a: move) -> Plain
    a = u8
    then: {macro_rules!m{()=>{$crate::x}}result==1}
    ");
}

#[test]
fn fields_and_methods_are_no_mention() {
    insta::assert_snapshot!(law("a.result() == crate::result::a"), @"
    app::f(a: move) -> Plain (not called)
    a = u8
    then: a.result()==app::result::a
    ");
}

#[test]
fn a_range_is_a_mention() {
    insta::assert_snapshot!(law("(0..result).len() > 0"), @"
    app::f(a: move) -> Plain
    a = u8
    then: (0..result).len()>0
    ");
}

#[test]
fn what_does_not_parse_is_refused() {
    insta::assert_snapshot!(law("result == "), @r"
    invalid-rust: this is not a Rust expression
      at constraints/main.toml `` unexpected end of input, expected an expression
    ");
    insta::assert_snapshot!(law("result == ("), @r"
    invalid-rust: this is not a Rust expression
      at constraints/main.toml `` brackets or quotes do not match up here
    ");
    insta::assert_snapshot!(law("let x = 1; result == x"), @r"
    invalid-rust: this is not a Rust expression
      at constraints/main.toml `;` unexpected token
    ");
}

#[test]
fn a_name_is_raw_where_it_has_to_be_however_it_was_written() {
    let names = ["fn", "r#fn", "r#plain", "self", "crate"]
        .map(|name| crate::resolve::syntax::ident(name).to_string());
    assert_eq!(names, ["r#fn", "r#fn", "plain", "self", "crate"]);
}

#[test]
fn a_path_that_starts_with_another_crate_stays_one() {
    use crate::resolve::syntax::joined;
    let text = |path: &str| {
        let path = syn::parse_str(path).expect("a path");
        joined(&crate::resolve::syntax::segments(&path), "app")
    };
    assert_eq!(
        ["::new", "::dep::f", "crate::f", "a::r#fn"].map(text),
        ["::new", "::dep::f", "app::f", "a::r#fn"]
    );
}
