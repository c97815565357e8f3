//! Types that other things of the crate give.

use super::check;

fn all(rust: &str, targets: &[&str]) -> String {
    let found: Vec<String> =
        targets.iter().map(|target| check(rust, &format!("target = \"crate::{target}\""))).collect();
    found.join("\n")
}

#[test]
fn a_type_is_made_by_functions_and_methods_elsewhere() {
    let rust = "
        pub struct Index(usize);
        pub struct Graph { nodes: Vec<u8> }
        impl Graph { pub fn new() -> Self { todo!() } pub fn add_node(&mut self, weight: u8) -> Index { todo!() } }
        pub fn index(index: Index) {}
        pub struct Half { at: u8 }
        pub fn halves(text: &str) -> Option<(u8, Half)> { None }
        pub fn half(half: &Half) {}
        pub struct Token { at: u8 }
        pub fn tokens(text: &str) -> Result<Vec<Token>, String> { todo!() }
        pub fn token(token: Token) {}
        #[derive(Clone)] pub struct Head { at: u8 }
        pub struct Message { pub length: u8, pub head_: u8 }
        impl Message { pub fn head(&self) -> &Head { todo!() } }
        pub fn head(head: Head) {}
        pub struct Shared { at: u8 }
        pub fn shared() -> impl Iterator<Item = Box<Shared>> { std::iter::empty() }
        pub fn take(shared: Shared) {}";
    insta::assert_snapshot!(all(rust, &["index", "half", "token", "head", "take"]));
}

#[test]
fn what_borrows_from_a_value_is_given_by_one_that_is_kept() {
    let rust = "
        pub struct List<T> { parts: Vec<T> }
        impl<T> List<T> { pub fn of(parts: Vec<T>) -> Self { todo!() } pub fn iter(&self) -> Iter<'_, T> { todo!() }
            pub fn drain(&mut self) -> Drain<'_, T> { todo!() } }
        pub struct Iter<'a, T> { rest: &'a [T] }
        impl<'a, T> Iter<'a, T> { pub fn rest(&self) -> &'a [T] { self.rest } }
        pub struct Drain<'a, T> { from: &'a mut Vec<T> }
        impl<T> Drain<'_, T> { pub fn keep(self) {} }";
    insta::assert_snapshot!(all(rust, &["Iter::rest", "Drain::keep"]));
}

#[test]
fn what_nothing_gives_is_still_a_fault_with_the_ways_out() {
    let rust = "pub struct Own { x: u8 } pub fn open_own() -> Own { todo!() } pub fn f(own: Own) {}";
    insta::assert_snapshot!(all(rust, &["f"]));
}
