//! Targets that are types with parameters left open.

use super::check;

fn found(rust: &str, declaration: &str) -> String {
    check(rust, &format!("kind = \"auto_traits\"\n{declaration}"))
}

#[test]
fn names_that_stand_for_nothing_are_open_and_meet_their_bounds() {
    let rust = "mod inner {
            pub struct Guard<'a, T: ?Sized, F: Fn(&T) -> bool + Send, const N: usize>(&'a T, F, [u8; N]);
            pub type Short<T> = Guard<'static, T, fn(&T) -> bool, 2>;
            pub struct Sent<T: Send + Clone>(pub T);
            pub type Alias<U> = Sent<U>;
            pub trait Backend {} pub struct Disk; impl Backend for Disk {}
            pub struct Pool<B: Backend, T>(pub B, pub T);
        }
        pub use inner::*;";
    let all = [
        "target = \"crate::Guard<'a, T, F, N>\"\nsend = \"T: Sync, F: Send\"",
        "target = \"crate::Guard\"\nsend = \"never\"",
        "target = \"crate::Guard<'_, Vec<T>, fn(&Vec<T>) -> bool, 3>\"\nsend = \"for<'x> &'x T: Send + 'static\"",
        "target = \"crate::Alias<T>\"\nsync = \"always\"",
        "target = \"crate::Pool<B, T>\"\nsend = \"T: Send\"",
        "target = \"crate::Pool<B, T>\"\ngenerics = { B = \"crate::Disk\", T = \"u8, std::rc::Rc<u8>\" }\nsend = \"T: Send\"",
    ];
    insta::assert_snapshot!(all.map(|it| found(rust, it)).join("\n\n"), @"");
}

#[test]
fn what_is_no_type_or_no_condition_is_refused() {
    let rust = "pub struct Cell<T>(pub T); pub fn run() {} pub mod inner { struct Hidden<T>(T); }
        pub trait Alien {} pub struct Odd<T: Alien>(pub T);";
    let all = [
        "target = \"crate::run\"\nsend = \"never\"",
        "target = \"crate::inner\"\nsend = \"never\"",
        "target = \"crate::Cel<T>\"\nsend = \"never\"",
        "target = \"crate::inner::Hidden<T>\"\nsend = \"never\"",
        "target = \"crate::Cell<T>\"\nsend = \"sometimes\"",
        "target = \"crate::Cell<T>\"\nsend = \"U: Send\"",
        "target = \"crate::Cell<T>\"\ngenerics = { U = \"u8\" }\nsend = \"T: Send\"",
        "target = \"crate::Odd<T>\"\nsend = \"T: Send\"",
    ];
    insta::assert_snapshot!(all.map(|it| found(rust, it)).join("\n\n"), @"");
}
