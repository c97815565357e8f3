//! What a declaration says about its call: order, names, old states, rows, variables.

use super::{FORBIDS, LAW, NO_PANIC, ROUND_TRIP, rendered};
use crate::model::{Sources, read};
use crate::resolve::{CrateFacts, bind};

const APP: &str = "
#[derive(Clone)]
pub struct Wallet { pub coins: u32 }
impl Wallet {
    pub fn pay(&mut self, coins: u32) -> bool { self.coins >= coins }
}
pub struct Log { pub lines: Vec<String> }
pub fn push(log: &mut Log, line: &str) {}
pub fn check(key: &str, text: &[u8], stamp: u64) -> bool { true }
pub fn sign(key: &str, text: &[u8]) -> Vec<u8> { Vec::new() }
pub unsafe fn raw(at: usize) -> u8 { 0 }
";

/// Reads and binds one law on `target` with these lines.
fn law(target: &str, lines: &str) -> String {
    let text =
        format!("[constraint.one]\nsays = \"x\"\nkind = \"law\"\ntarget = \"crate::{target}\"\n{lines}");
    let mut sources = Sources::default();
    let facts = CrateFacts::from_texts("app", &[("src/lib.rs", APP)], &mut sources).expect("a crate");
    let file = sources.add("constraints/main.toml", text);
    let kinds = [&NO_PANIC, &LAW, &ROUND_TRIP, &FORBIDS];
    let (model, mut faults) = read(&sources, &[("main".to_owned(), file)], &kinds);
    let (bound, more) = bind(&model, &facts, &sources);
    faults.extend(more);
    rendered::all(&bound, faults, &sources)
}

#[test]
fn given_values_and_arguments_are_made_in_the_order_of_the_file() {
    insta::assert_snapshot!(law("check", r#"
given.key_length = { range = "1..=9" }
args.key         = { value = "\"k\".repeat(key_length as usize)" }
given.tag        = { value = "crate::sign(&key, &text)" }
args.stamp       = { is = 3 }
then = "result == tag.is_empty()"
"#), @r#"
    app::check(key: &, text: &, stamp: move) -> Plain
    key_length = i64 1..=9 (given)
    key = value "k".repeat(key_length as usize)
    text = bytes
    tag = value app::sign(&key,&text) (given)
    stamp = value 3u64
    then: result==tag.is_empty()
    "#);
}

#[test]
fn what_is_declared_below_is_too_early() {
    insta::assert_snapshot!(law("check", r#"
given.tag = { value = "crate::sign(&key, &[])" }
given.two = { value = "format!(\"{key}\")" }
args.key  = { like = ["a"] }
env.KEY   = { value = "key.clone()" }
then = "result"
"#), @r#"
    too-early: `key` is made after this value
      at constraints/main.toml `key` not made yet
      see constraints/main.toml `key` declared here
      help move the declaration of `key` above this one
    too-early: `key` is made after this value
      at constraints/main.toml `"format!(\"{key}\")"` not made yet
      see constraints/main.toml `key` declared here
      help move the declaration of `key` above this one
    too-early: `key` is made after the variables are set
      at constraints/main.toml `key` used before the process starts
      see constraints/main.toml `key` declared here
      help variables are set for the whole process, before any value is made
    "#);
}

#[test]
fn the_result_and_old_states_are_known_only_after_the_call() {
    insta::assert_snapshot!(law("Wallet::pay", r#"
given.a = { value = "result" }
given.b = { value = "old(this).coins" }
call = "this.pay(result)"
then = "result"
"#), @r"
    too-early: `result` is known only after the call
      at constraints/main.toml `result` evaluated before the call
      help say what has to be true of it with `when`, `then` or another key that speaks of the result
    too-early: `old` has no meaning before the call is made
      at constraints/main.toml `this` evaluated before the call
      help write `this`: here it is the state before the call
    ");
}

#[test]
fn names_that_nothing_has_are_refused_with_the_nearest() {
    insta::assert_snapshot!(law("check", r#"
when = "stmp > 3"
call = "chek(&key, &text, stamp)"
then = "result == { let known = 3; known > stamp && self.x }"
"#), @r"
    unknown-name: nothing here is called `stmp`
      at constraints/main.toml `stmp` not a value of this constraint
      help did you mean `stamp`?
    unknown-name: nothing here is called `chek`
      at constraints/main.toml `chek` not a value of this constraint
      help did you mean `crate::check`?
    unknown-name: nothing here is called `self`
      at constraints/main.toml `self` not a value of this constraint
      help the value that a method is called on is `this`
    ");
}

#[test]
fn names_that_an_expression_brings_along_are_known() {
    insta::assert_snapshot!(law("check", r#"
then = "{ use std::mem::swap; let mut f = |a: u8| a; for i in 0..3u8 { f(i); } swap(&mut f, &mut f.clone()); match key.len() { n if n > 3 => result, _ => drop(()) == () } }"
"#), @r"
    app::check(key: &, text: &, stamp: move) -> Plain
    key = text
    text = bytes
    stamp = u64
    then: {use std::mem::swap;let mut f=|a:u8|a;for i in 0..3u8{f(i);}swap(&mut f,&mut f.clone());match key.len(){n if n>3=>result,_=>drop(())==()}}
    ");
}

#[test]
fn the_state_before_the_call_is_kept() {
    insta::assert_snapshot!(law("Wallet::pay", r#"
when = "old(this).coins > 3"
then = "this.coins + coins == old(this).coins || !result"
"#), @r"
    app::Wallet::pay(this: &mut, coins: move) -> Plain
    this = made wallet
    coins = u32
    make wallet: app::Wallet = app::Wallet { coins: u32 }
    kept: this
    when: old_this.coins>3
    then: this.coins+coins==old_this.coins||!result
    ");
    insta::assert_snapshot!(law("check", r#"
given.wallet = { type = "crate::Wallet" }
call = "wallet.pay(stamp as u32)"
then = "old(wallet).coins >= wallet.coins"
"#), @r"
    app::check(key: &, text: &, stamp: move) -> Plain
    wallet = made wallet (given)
    stamp = u64
    make wallet: app::Wallet = app::Wallet { coins: u32 }
    kept: wallet
    call: wallet.pay(stamp as u32)
    then: old_wallet.coins>=wallet.coins
    ");
}

#[test]
fn what_has_no_old_state_is_refused() {
    insta::assert_snapshot!(law("check", r#"then = "result || old(key) == key""#), @r"
    no-old-state: the call does not change `key`
      at constraints/main.toml `key` the same before and after the call
      see src/lib.rs `check` takes it without `&mut`
      help write `key`
    ");
    insta::assert_snapshot!(law("push", r#"then = "old(log).lines.len() < log.lines.len()""#), @r#"
    no-old-state: the state of `log` before the call cannot be kept
      at constraints/main.toml `log` its type does not implement `Clone`
      see src/lib.rs `log: &mut Log` made here
      help derive `Clone` for the type
      help keep what you need of it: `given.before = { value = "log.len()" }`, declared below `log`
    "#);
    insta::assert_snapshot!(law("push", r#"then = "old(lag).lines.len() < log.lines.len()""#), @r"
    no-old-state: no value is called `lag`
      at constraints/main.toml `lag` not a value of this constraint
      help did you mean `log`?
    ");
    insta::assert_snapshot!(law("push", r#"then = "old(log.lines).len() < log.lines.len()""#), @r"
    invalid-rust: this is not a Rust expression
      at constraints/main.toml `(log.lines)` `old` takes the name of a value: write `old(list).len()`, not `old(list.len())`
    ");
}

#[test]
fn what_would_leave_the_test_is_refused() {
    insta::assert_snapshot!(law("check", r#"
call = "{ std::str::from_utf8(&text)?; crate::check(&key, &text, stamp) }"
when = "{ return true; }"
then = "text.iter().map(|it| Some(*it)).collect::<Option<Vec<u8>>>().and_then(|it| { it.first()?; Some(result) }).is_some()"
"#), @r"
    invalid-rust: `?` leaves an expression that has no function around it
      at constraints/main.toml `?` nothing to leave
      help take out the `?`: what comes out is then the whole `Result` or `Option`
    invalid-rust: `return` leaves an expression that has no function around it
      at constraints/main.toml `return` nothing to leave
      help let the last expression of the block be the value
    ");
}

#[test]
fn an_unsafe_target_needs_its_own_call() {
    insta::assert_snapshot!(law("raw", r#"then = "result == 0""#), @r#"
    wrong-target: `crate::raw` is unsafe to call
      at constraints/main.toml `"crate::raw"`
      see src/lib.rs `raw` defined here
      help make the call with `call = "unsafe { .. }"`, with what it requires kept
    "#);
    insta::assert_snapshot!(law("raw", "call = \"unsafe { crate::raw(at) }\"\nthen = \"result == 0\""), @r"
    app::raw(at: move) -> Plain
    at = usize
    call: unsafe{app::raw(at)}
    then: result==0
    ");
}

#[test]
fn rows_are_the_samples_of_their_arguments() {
    insta::assert_snapshot!(law("check", r#"
args.stamp = { range = "0..=9" }
given.tag  = { type = "Vec<u8>" }
then = "result == (tag == crate::sign(&key, &text))"
[[constraint.one.sample]]
key = "k"
text = "t"
stamp = 3
tag = { value = "crate::sign(\"k\", b\"t\")" }
[[constraint.one.sample]]
key = "l"
text = "u"
stamp = 4
tag = { value = "vec![1]" }
"#), @r#"
    app::check(key: &, text: &, stamp: move) -> Plain
    key = column "k".to_string() | "l".to_string() and near, else text
    text = column b"t".to_vec() | b"u".to_vec() and near, else bytes
    stamp = column 3u64 | 4u64 and near, else u64 0..=9
    tag = column app::sign("k",b"t") | vec![1] and near, else bytes (given)
    2 rows
    then: result==(tag==app::sign(&key,&text))
    "#);
}

#[test]
fn rows_that_do_not_fit_are_refused() {
    insta::assert_snapshot!(law("check", r#"
then = "result"
[[constraint.one.sample]]
kye = "k"
text = { like = ["t"] }
stamp = -1
[[constraint.one.sample]]
stamp = "x"
"#), @r#"
    unknown-argument: `crate::check` has no parameter `kye`
      at constraints/main.toml `kye`
      help did you mean `key`?
    invalid-value: a sample in a row is one value
      at constraints/main.toml `{ like = ["t"] }` not one value
      help write it as it stands, or `{ is_hex = "…" }` or `{ value = "Rust expression" }`
    invalid-value: this value does not fit the type of the parameter
      at constraints/main.toml `-1` -1 does not fit `u64`
      see src/lib.rs `stamp: u64` the parameter
    missing-key: this row of samples has no `kye`
      at constraints/main.toml `[[constraint.one.sample]]` `kye` is missing
      see constraints/main.toml `kye` another row has it
      help every row gives a value for each of the arguments that rows are about
    "#);
}

#[test]
fn variables_are_set_to_texts_or_not_at_all() {
    insta::assert_snapshot!(law("check", r#"
env.MODE = "fast"
env.LEVEL = { one_of = ["a", "b"], unset = true }
env.HOME = { unset = true }
then = "result"
"#), @r#"
    app::check(key: &, text: &, stamp: move) -> Plain
    key = text
    text = bytes
    stamp = u64
    env MODE = value "fast".to_string()
    env LEVEL = one of "a".to_string() | "b".to_string(), or unset
    env HOME = never, or unset
    then: result
    "#);
    insta::assert_snapshot!(law("check", r#"
env.PORT = 8080
env.CONSTRAINTS_SEED = "1"
env."A=B" = "x"
then = "result"
"#), @r#"
    app::check(key: &, text: &, stamp: move) -> Plain
    key = text
    text = bytes
    stamp = u64
    then: result
    wrong-type: `PORT` takes a text or a generator
      at constraints/main.toml `8080` this is a whole number
      help write `env.PORT = "8080"`
    invalid-value: `CONSTRAINTS_SEED` is a variable of the tool itself
      at constraints/main.toml `CONSTRAINTS_SEED` taken
      help names that begin with `CONSTRAINTS_` are taken
    invalid-value: "A=B" cannot be the name of a variable
      at constraints/main.toml `"A=B"` not a name
      help write the name as the code reads it
    "#);
}

#[test]
fn a_given_value_is_no_parameter_and_not_the_result() {
    insta::assert_snapshot!(law("check", r#"
given.key = { like = ["a"] }
given.result = { is = true }
given.free = {}
then = "result"
"#), @r#"
    unknown-argument: `key` is a parameter of the target, so it is passed
      at constraints/main.toml `key` not a value beside the arguments
      see src/lib.rs `key: &str` the parameter
      help write `args.key`, or give the value another name
    invalid-value: `result` is what the call gives, so no other value can be called so
      at constraints/main.toml `result` taken
      help call it something else
    cannot-generate: nothing says what type this value has
      at constraints/main.toml `{}`
      help it is no parameter of the target, so give it a generator, such as `type = "Vec<u8>"`
    "#);
}
