//! Arguments that are anything with some trait of the standard library.

use super::values;

#[test]
fn traits_of_the_standard_library_are_met_by_something_that_can_be_made() {
    let types = [
        "&dyn std::error::Error",
        "Box<dyn std::error::Error + Send + Sync>",
        "impl std::error::Error + Clone",
        "&dyn std::fmt::Debug",
        "&mut dyn std::fmt::Write",
        "&mut dyn std::io::Read",
        "impl std::io::BufRead + std::io::Seek",
        "impl std::io::Read + std::io::Write",
        "Box<dyn std::io::Write>",
        "&mut dyn Iterator<Item = u8>",
        "impl DoubleEndedIterator<Item = (String, u8)> + ExactSizeIterator",
        "impl std::net::ToSocketAddrs",
        "impl std::ops::RangeBounds<usize>",
        "impl std::ops::Deref<Target = String>",
        "impl AsRef<std::ffi::OsStr>",
        "&mut impl AsMut<[u8]>",
        "impl Into<std::borrow::Cow<'static, str>>",
        "&mut std::task::Context<'_>",
        "impl std::future::Future<Output = u8>",
    ];
    let found = types.map(|ty| format!("{ty}: {}", values(&format!("pub fn f(x: {ty}) {{}}"), "")));
    insta::assert_snapshot!(found.join("\n"));
}

#[test]
fn a_formatter_is_made_by_nobody_and_the_fault_says_what_to_do() {
    insta::assert_snapshot!(values(
        "pub fn f(out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { Ok(()) }",
        ""
    ));
}
