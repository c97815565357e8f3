//! Fields of an argument that a declaration says something of.

use super::values;

fn made(rust: &str, lines: &str) -> String {
    values(rust, lines)
}

const OPEN: &str = "pub struct Key(pub [u8; 2], pub u8);
pub struct Account { pub name: String, pub key: Key, pub tags: Vec<String> }
pub fn f(account: &Account, n: u8) {}
";

#[test]
fn a_field_is_made_as_is_said_and_the_others_by_their_types() {
    insta::assert_snapshot!(made(OPEN, "args.account.name = { like = [\"Ann\"] }"), @r#"
    account = fields of app::Account: app::Account { name: text like ["Ann"], key: made key, tags: vec(text) } (no clone)
    n = u8
    make key: app::Key = app::Key { 0: [u8; 2], 1: u8 }
    "#);
    insta::assert_snapshot!(made(OPEN, "args.account.key.1 = { near = \"n\" }"), @"
    n = u8
    account = fields of app::Account: app::Account { name: text, key: fields of app::Key: app::Key { 0: [u8; 2], 1: near n, else u8 }, tags: vec(text) } (no clone)
    ");
    insta::assert_snapshot!(made(OPEN, "args.account = { type = \"crate::Account\", name = { is = \"Ann\" } }"), @r#"
    account = fields of app::Account: app::Account { name: value "Ann".to_string(), key: made key, tags: vec(text) } (no clone)
    n = u8
    make key: app::Key = app::Key { 0: [u8; 2], 1: u8 }
    "#);
}

#[test]
fn a_field_that_is_not_there_is_refused_with_the_nearest_one() {
    insta::assert_snapshot!(made(OPEN, "args.account.nme = { like = [\"Ann\"] }"), @"
    unknown-field: `Account` has no field `nme` that a test can set
      at constraints/main.toml `nme` no such field
      see src/lib.rs `Account` the type
      see src/lib.rs `account: &Account` the parameter
      help did you mean `name`?
    ");
    insta::assert_snapshot!(made(OPEN, "args.account.key.secret = { like = [\"Ann\"] }"), @"
    unknown-field: `Key` has no field `secret` that a test can set
      at constraints/main.toml `secret` no such field
      see src/lib.rs `Key` the type
      see src/lib.rs `account: &Account` the parameter
      help what can be set is `0`, `1`
    ");
    insta::assert_snapshot!(made(OPEN, "args.n.eech = { like = [\"Ann\"] }"), @"
    unknown-field: a value of `u8` has no field `eech`
      at constraints/main.toml `eech` taken for a field, for a table stands behind it
      see src/lib.rs `n: u8` the parameter
      help did you mean `each`?
    ");
    insta::assert_snapshot!(made(OPEN, "args.account.name = { range = \"0..=9\" }"), @r#"
    invalid-value: this generator does not fit the type of the value
      at constraints/main.toml `range = "0..=9"` a range of numbers is given, `String` is needed
      see src/lib.rs `account: &Account` the parameter
      help add `map = "Rust over it"` to make the value out of what it gives
    "#);
}

const CLOSED: &str = "pub struct Secret(*const u8);
pub struct Account { id: u32, key: String, hidden: Secret, note: Option<String> }
impl Account {
    pub fn new(id: u32, key: &str) -> Self { todo!() }
    pub fn guest() -> Self { todo!() }
    pub fn with_note(self, text: String) -> Self { todo!() }
}
pub fn f(account: Account) {}
";

#[test]
fn private_fields_are_parameters_of_functions_that_make_the_value() {
    insta::assert_snapshot!(made(CLOSED, "args.account.key = { like = [\"k\"] }"), @r#"account = fields of app::Account: app::Account::new(id: move u32, key: & text like ["k"]) (no clone)"#);
    insta::assert_snapshot!(made(CLOSED, "args.account.note = { is = \"n\" }\nargs.account.key = { is = \"k\" }"), @r#"account = fields of app::Account: app::Account::new(id: move u32, key: & value "k".to_string()) .with_note(note: move value "n".to_string()) (no clone)"#);
    insta::assert_snapshot!(made(CLOSED, "args.account.hidden = { like = [\"k\"] }"), @"
    unknown-field: `Account` has no field `hidden` that a test can set
      at constraints/main.toml `hidden` private, and no public function takes it
      see src/lib.rs `Account` the type
      see src/lib.rs `account: Account` the parameter
      help what can be set is `id`, `key`, `text`
    ");
    insta::assert_snapshot!(made(CLOSED, "args.account.keys = { like = [\"k\"] }"), @"
    unknown-field: `Account` has no field `keys` that a test can set
      at constraints/main.toml `keys` no such field
      see src/lib.rs `Account` the type
      see src/lib.rs `account: Account` the parameter
      help did you mean `key`?
    ");
}

#[test]
fn a_field_that_nothing_else_can_make_is_made_by_its_generator() {
    let rust = "pub struct Handle(*const u8);
pub struct Task { pub handle: Handle, pub name: String }
impl Handle { pub unsafe fn raw(at: *const u8) -> Self { todo!() } }
pub enum Event { Begin { task: u8, by: String }, End { by: String } }
pub fn f(task: Option<Task>, event: Event) {}
";
    let lines = "args.task.handle = { value = \"support::handle()\" }\nargs.event.by = { is = \"me\" }";
    insta::assert_snapshot!(made(rust, lines), @r#"
    task = option(fields of app::Task: app::Task { handle: value support::handle(), name: text }) (no clone)
    event = fields of app::Event: app::Event: Begin { task: u8, by: value "me".to_string() } | End { by: value "me".to_string() } (no clone)
    "#);
    insta::assert_snapshot!(made(rust, "args.event.by = { is = \"me\" }"), @r#"
    cannot-generate: the argument `task` cannot be made
      at constraints/main.toml `crate::f` this takes `task: Option<Task>`
      see src/lib.rs `task: Option<Task>` the field `0` of `Handle` is private, and no public function makes one
      see src/lib.rs `*const u8` this is in the way
      help `args.task = { value = "Rust expression" }` for one value
      help `args.task = { strategy = "proptest strategy" }` for many
      help `args.task = { type = "T", map = "Rust over it" }` to build it from something simpler
      help `call = "Rust"` to make the whole call yourself
    "#);
}

#[test]
fn what_a_field_borrows_is_kept_by_the_case() {
    let rust = "pub struct Line<'a> { pub text: &'a str, pub parts: &'a [u8] }
pub fn f(line: Line<'_>) {}
";
    insta::assert_snapshot!(made(rust, "args.line.text = { like = [\"a\"] }"), @r#"line = fields of app::Line: app::Line { text: kept &Text(text like ["a"]), parts: kept &Slice(bytes) } (no clone)"#);
}
