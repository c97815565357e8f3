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
    insta::assert_snapshot!(all.map(|it| found(rust, it)).join("\n\n"), @r#"
    type app::Guard<'static,T,F,4> (Guard<'a, T, F, N>)
    open T: stand-ins with []
    open F: functions Fn(&T)->bool with ["Send"]
    send: T has Sync, F has Send

    type app::Guard<'static,T,F,4> (Guard<'_, T, F, N>)
    open T: stand-ins with []
    open F: functions Fn(&T)->bool with ["Send"]
    send: never

    type app::Guard<'static,Vec<T>,fn(&Vec<T>)->bool,3> (Guard<'_, Vec<T>, fn(&Vec<T>) -> bool, 3>)
    open T: stand-ins with []
    send: &'static T has Send

    type app::Alias<T> (Alias<T>)
    open T: stand-ins with ["Send"]
    sync: always

    type app::Pool<B,T> (Pool<B, T>)
    open B: app::Disk
    open T: stand-ins with []
    send: T has Send

    type app::Pool<B,T> (Pool<B, T>)
    open B: app::Disk
    open T: u8, std::rc::Rc<u8>
    send: T has Send
    "#);
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
    insta::assert_snapshot!(all.map(|it| found(rust, it)).join("\n\n"), @r#"
    wrong-target: `crate::run` is no type, a type is needed
      at constraints/main.toml `crate::run`

    wrong-target: `crate::inner` is a module, a type is needed
      at constraints/main.toml `crate::inner`

    missing, near ["crate::Cell"]
    missing-target (warning): there is no `crate::Cel<T>`
      at constraints/main.toml `crate::Cel<T>`
      help did you mean `crate::Cell`?

    wrong-target: `crate::inner::Hidden<T>` is private, so no test can name it
      at constraints/main.toml `crate::inner::Hidden<T>`
      help make it `pub`, with every module on the way, or re-export it with `pub use`

    invalid-rust: this is not a condition such as `T: Send`, and neither `always` nor `never`
      at constraints/main.toml `` expected `:`

    unknown-argument: the type has no parameter `U`
      at constraints/main.toml `U: Send`
      help its parameters are `T`

    unknown-argument: the type has no parameter `U`
      at constraints/main.toml `U`
      help its parameters are `T`

    cannot-generate: no type is known to meet the bounds of `T`
      at constraints/main.toml `crate::Odd<T>`
      help name one, or several: `generics = { T = "support::Local, support::Shared" }`
    "#);
}
