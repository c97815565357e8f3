//! Types of the user become makers.

use super::values;

#[test]
fn closed_types_are_made_by_their_functions() {
    let rust = "
        #[derive(Debug, Clone)] pub struct Mail { name: String, host: String }
        impl Mail {
            pub fn new(name: &str, host: impl Into<String>) -> Self { todo!() }
            pub fn parse(text: &str) -> Result<Self, ()> { todo!() }
            pub fn load(path: &std::path::Path) -> Self { todo!() }
            fn hidden() -> Self { todo!() }
            pub async fn fetched() -> Self { todo!() }
        }
        impl std::str::FromStr for Mail { type Err = (); fn from_str(text: &str) -> Result<Self, ()> { todo!() } }
        impl TryFrom<(String, String)> for Mail { type Error = (); fn try_from(it: (String, String)) -> Result<Self, ()> { todo!() } }
        pub fn f(mail: &Mail) {}";
    insta::assert_snapshot!(values(rust, ""), @r"
    mail = made mail
    make mail: app::Mail = app::Mail::new(name: & text, host: move text) | app::Mail::parse(text: & text) or refused | <app::Mail as std::str::FromStr>::from_str(text: & text) or refused | <app::Mail as std::convert::TryFrom<_>>::try_from(it: move (text, text)) or refused
    ");
}

#[test]
fn builders_are_followed_to_their_end() {
    let rust = "
        pub struct Config { depth: u8 }
        pub struct ConfigBuilder { depth: u8 }
        impl Config { pub fn builder() -> ConfigBuilder { todo!() } }
        impl ConfigBuilder {
            pub fn depth(mut self, depth: u8) -> Self { todo!() }
            pub fn name(&mut self, name: &str) -> &mut Self { todo!() }
            pub fn write_to(self, file: String) -> Self { todo!() }
            pub fn build(self) -> Option<Config> { todo!() }
        }
        pub fn f(config: Config) {}";
    insta::assert_snapshot!(values(rust, ""), @r"
    config = made config (no clone)
    make config: app::Config = app::Config::builder() .depth(depth: move u8)? ;.name(name: & text)?.build() or refused
    ");
}

#[test]
fn a_default_is_filled_by_what_adds_to_it() {
    let rust = "
        #[derive(Default)] pub struct Stack { items: Vec<u8> }
        impl Stack {
            pub fn push(&mut self, item: u8) {}
            pub fn insert(&mut self, at: usize, item: u8) {}
            pub fn pop(&mut self) -> Option<u8> { None }
        }
        pub fn f(stack: &mut Stack) {}";
    insta::assert_snapshot!(values(rust, ""), @r"
    stack = made stack (no clone)
    make stack: app::Stack = <app::Stack as std::default::Default>::default() ;.push(item: move u8)?
    ");
}

#[test]
fn types_that_contain_themselves_end_where_they_can() {
    let rust = "
        pub enum Tree { Leaf(u8), Node(Box<Tree>, Box<Tree>) }
        pub struct List { pub value: u8, pub next: Option<Box<List>> }
        pub enum Statement { Block(Vec<Statement>), If(Condition, Box<Statement>) }
        pub enum Condition { Of(Box<Statement>), True }
        pub fn f(tree: Tree, list: &List, statement: Statement) {}";
    insta::assert_snapshot!(values(rust, ""), @r"
    tree = made tree (no clone)
    list = made list (no clone)
    statement = made statement (no clone)
    make condition: app::Condition = app::Condition: Of { 0: box(made statement) } | True {  } ends by [1]
    make list: app::List = app::List { value: u8, next: option(box(made list)) } ends by [0]
    make statement: app::Statement = app::Statement: Block { 0: vec(made statement) } | If { 0: made condition, 1: box(made statement) } ends by [0]
    make tree: app::Tree = app::Tree: Leaf { 0: u8 } | Node { 0: box(made tree), 1: box(made tree) } ends by [0]
    ");
    let endless = "pub struct Endless { pub next: Box<Endless> } pub fn f(it: Endless) {}";
    insta::assert_snapshot!(values(endless, ""), @r#"
    cannot-generate: the argument `it` cannot be made
      at constraints/main.toml `crate::f` this takes `it: Endless`
      see src/lib.rs `it: Endless` `app::Endless` contains itself without an end
      help `args.it = { value = "Rust expression" }` for one value
      help `args.it = { strategy = "proptest strategy" }` for many
      help `args.it = { type = "T", map = "Rust over it" }` to build it from something simpler
      help `call = "Rust"` to make the whole call yourself
    "#);
}

#[test]
fn what_a_type_borrows_is_kept_by_the_case() {
    let rust = "
        pub struct View<'a> { pub text: &'a str, pub parts: Vec<&'a [u8]>, pub inner: Option<&'a Inner<'a>> }
        pub struct Inner<'b> { name: &'b str }
        impl<'b> Inner<'b> { pub fn new(name: &'b str) -> Self { Inner { name } } }
        pub fn f(view: &View<'_>, map: std::collections::HashMap<&str, &mut u8>, list: &mut [&str], names: &[&str; 2]) {}";
    insta::assert_snapshot!(values(rust, ""), @r"
    view = made view (no clone)
    map = vec((kept &Text(text), leaked &mut Itself(u8))) => it.into_iter().collect::<std::collections::HashMap<_,_>>() (no clone)
    list = vec(kept &Text(text))
    names = [kept &Text(text); 2]
    make inner: app::Inner<'k> = app::Inner::new(name: move kept &Text(text))
    make view: app::View<'k> = app::View { text: kept &Text(text), parts: vec(kept &Slice(bytes)), inner: option(leaked &Itself(made inner)) }
    ");
}

#[test]
fn a_type_that_cannot_be_made_says_why() {
    let rust = "
        pub struct Handle { raw: *mut u8 }
        impl Handle { pub fn open(path: &str) -> Self { todo!() } pub unsafe fn from_raw(raw: usize) -> Self { todo!() } }
        pub struct Session { pub handle: Handle }
        pub fn f(session: &Session) {}";
    insta::assert_snapshot!(values(rust, ""), @r#"
    cannot-generate: the argument `session` cannot be made
      at constraints/main.toml `crate::f` this takes `session: &Session`
      see src/lib.rs `session: &Session` the field `raw` of `Handle` is private, and no public function makes one
      see src/lib.rs `raw` this is in the way
      help `args.session = { value = "Rust expression" }` for one value
      help `args.session = { strategy = "proptest strategy" }` for many
      help `args.session = { type = "T", map = "Rust over it" }` to build it from something simpler
      help `call = "Rust"` to make the whole call yourself
    "#);
}

#[test]
fn types_of_common_crates_are_made_where_the_crate_names_them() {
    let rust = "
        use chrono::{DateTime, NaiveDate, Utc};
        use uuid::Uuid;
        pub fn f(id: Uuid, at: DateTime<Utc>, day: &NaiveDate, value: serde_json::Value, body: bytes::Bytes,
            small: smallvec::SmallVec<[u8; 4]>, map: indexmap::IndexMap<String, u8>) {}";
    insta::assert_snapshot!(values(rust, ""), @r#"
    id = u128 => uuid::Uuid::from_u128(it)
    at = (i64 -8334601228800..=8210266876799, u32 0..=999999999, one of chrono::Utc) =>? chrono::DateTime::from_timestamp(it.0,it.1).map(|at|at.with_timezone(&it.2))
    day = i32 -95746131..=95745399 =>? chrono::NaiveDate::from_num_days_from_ce_opt(it)
    value = text like ["null", "{\"a\": [1, -2.5e3, true, null, \"b\"], \"\": {\"c\": {}}}", "[[[]]]", "18446744073709551615", "\"\\u0000\\ud83d\\ude00\""] =>? serde_json::from_str::<serde_json::Value>(&it)
    body = bytes => bytes::Bytes::from(it)
    small = bytes => it.into_iter().collect::<smallvec::SmallVec<[u8;4]>>()
    map = vec((text, u8)) => it.into_iter().collect::<indexmap::IndexMap<_,_>>()
    "#);
    insta::assert_snapshot!(values(rust, "args.id = { like = [\"67e55044-10b1-426f-9247-bb680e5fe0c8\"] }").lines().next().unwrap(), @r#"id = text like ["67e55044-10b1-426f-9247-bb680e5fe0c8"] =>? it.parse::<uuid::Uuid>()"#);
}
