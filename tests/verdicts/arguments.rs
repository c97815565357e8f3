//! Functions with arguments of every sort, on a real package: their tests compile at the first try and run.

use constraints_wire::Status;

use crate::support::Package;

/// One constraint over everything that is public.
const TOTAL: &str = r#"[constraint.total]
says    = "No function panics"
kind    = "no_panic"
targets = {}
"#;

/// Every public function is called, and `red` alone are the ones that fail.
#[track_caller]
fn all_run(name: &str, library: &str, red: &[&str]) {
    judged(&Package::of(name, library, TOTAL), library, red);
}

#[track_caller]
fn judged(package: &Package, library: &str, red: &[&str]) {
    let checked = package.check();
    let mut failed = Vec::new();
    for entry in &checked.report.constraints {
        let executed = entry.record.as_ref().map_or(0, |record| record.tally.executed);
        assert!(executed > 0, "{} does not run: {entry:#?}", entry.id);
        if entry.status == Status::Red {
            failed.push(entry.id.rsplit("::").next().unwrap_or_default().to_owned());
        }
    }
    assert_eq!(failed, red, "{:#?}", checked.report.constraints);
    let functions = library.matches("pub fn ").count() + library.matches("pub async fn ").count();
    assert_eq!(checked.report.constraints.len(), functions, "a function was left out");
}

#[test]
fn functions_as_arguments_are_called_and_what_they_answer_matters() {
    let library = r#"
use std::{cmp::Ordering, future::Future, pin::Pin, rc::Rc, sync::Arc};
pub struct Own { pub x: u8 }
pub fn a_bound(keep: impl Fn(&u8) -> bool, list: Vec<u8>) -> Vec<u8> { list.into_iter().filter(|x| keep(x)).collect() }
pub fn b_borrowed<F>(f: F, text: &str) -> usize where F: for<'x> Fn(&'x str) -> &'x str { f(text).len() }
pub fn c_generic<R, F: FnOnce(Own) -> R>(f: F) -> R { f(Own { x: 1 }) }
pub fn d_changing(mut f: impl FnMut(&mut Vec<u8>) + Send + 'static) { f(&mut vec![1]) }
pub fn e_sorted<F: FnMut(&u32, &u32) -> Ordering>(mut list: Vec<u32>, f: F) -> Vec<u32> { list.sort_by(f); list }
pub fn f_object(f: &dyn Fn(&Own) -> Option<String>, own: Own) -> bool { f(&own) == f(&own) }
pub fn g_changed(f: &mut dyn FnMut(u8) -> u8) -> u8 { f(1).wrapping_add(f(2)) }
pub fn h_boxed(f: Box<dyn Fn(u8) -> Result<u8, String> + Send + Sync>) -> bool { std::thread::spawn(move || f(1).is_ok()).join().unwrap() }
pub fn i_shared(f: Arc<dyn Fn(&str) -> char + Send + Sync>, g: Rc<dyn Fn()>) { g(); f(""); }
pub fn j_pointer(f: fn(&Own) -> u16, g: Option<fn(u8) -> u8>) -> u16 { f(&Own { x: 2 }) + u16::from(g.map_or(0, |g| g(1))) % 1 }
pub fn k_many(all: Vec<Box<dyn Fn(u8) -> u8>>) -> u8 { all.iter().fold(0, |x, f| f(x)) }
pub fn l_optional(f: Option<Box<dyn FnMut(&str) -> bool + Send>>, g: Option<&dyn Fn(u8)>) { if let Some(mut f) = f { f("a"); } if let Some(g) = g { g(1) } }
pub fn m_future<F, Fut>(f: F) -> bool where F: Fn(u8) -> Fut, Fut: Future<Output = Result<String, String>> { let _ = f(1); true }
pub fn n_boxed_future(f: impl Fn(&str) -> Pin<Box<dyn Future<Output = u8> + Send>>) { let _ = f(""); }
pub struct Filter<F> { keep: F }
impl<F: Fn(u8) -> bool> Filter<F> {
    pub fn new(keep: F) -> Self { Self { keep } }
    pub fn run(&self, x: u8) -> bool { (self.keep)(x) }
}
pub struct Hooks { pub done: Box<dyn FnMut(&str) + Send>, pub map: Option<fn(u8) -> u8> }
pub fn o_hooks(hooks: &mut Hooks) { (hooks.done)("a"); hooks.map.map(|f| f(1)); }
pub trait Handler { fn handle(&self, x: u8) -> u8; }
impl<F> Handler for F where F: Fn(u8) -> u8 { fn handle(&self, x: u8) -> u8 { self(x) } }
pub fn p_served(handler: impl Handler) -> u8 { handler.handle(3) }
pub fn q_until(mut go_on: impl FnMut() -> bool) -> u32 { let mut n = 0; while go_on() { n += 1; } n }
pub fn r_copied<F: Fn(u8) -> u8 + Copy>(f: F) -> u8 { f(f(1)) }
pub fn x_no_at_one(f: impl Fn(u8) -> bool) { assert!(f(0) || !f(1), "no at 0 and yes at 1"); }
"#;
    all_run("arguments-functions", library, &["x_no_at_one"]);
}

#[test]
fn readers_errors_and_other_things_with_a_trait_are_made() {
    let library = r#"
use std::{error::Error, fmt, future::Future, io::{self, BufRead, Read, Seek, Write}};
pub fn a_error(error: &dyn Error) -> String { error.to_string() }
pub fn b_boxed(error: Box<dyn Error + Send + Sync>) -> bool { error.source().is_some() }
pub fn c_reader(input: &mut dyn Read) -> io::Result<usize> { let mut all = Vec::new(); input.read_to_end(&mut all) }
pub fn d_lines(input: impl BufRead + Seek) -> usize { input.lines().count() }
pub fn e_both(mut stream: impl Read + Write) -> io::Result<usize> { stream.write(b"a")?; stream.read(&mut [0; 4]) }
pub fn f_written(out: &mut dyn fmt::Write, to: Box<dyn Write>) -> fmt::Result { drop(to); out.write_str("a") }
pub fn g_items(items: &mut dyn Iterator<Item = u8>, pairs: impl DoubleEndedIterator<Item = (String, u8)>) -> usize { items.count() + pairs.rev().count() }
pub fn h_range(range: impl std::ops::RangeBounds<usize>, path: impl AsRef<std::ffi::OsStr>) -> bool { range.contains(&path.as_ref().len()) }
pub fn i_polled(context: &mut std::task::Context<'_>) { context.waker().wake_by_ref(); }
pub fn j_later(later: impl Future<Output = u8>) { drop(later); }
pub fn k_text(text: impl Into<String> + ToString + std::hash::Hash) -> String { text.into() }
pub fn x_reads_once(mut input: impl Read) { let mut four = [0; 4]; let n = input.read(&mut four).unwrap_or(4); assert!(n == 0 || n == 4, "a read gave less"); }
"#;
    all_run("arguments-traits", library, &["x_reads_once"]);
}

#[test]
fn values_that_other_functions_give_are_made_by_them() {
    let library = r#"
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Index(usize);
pub struct Graph<N> { nodes: Vec<N> }
impl<N> Graph<N> {
    pub fn new() -> Self { Self { nodes: Vec::new() } }
    pub fn add_node(&mut self, weight: N) -> Index { self.nodes.push(weight); Index(self.nodes.len() - 1) }
    pub fn node(&self, index: Index) -> Option<&N> { self.nodes.get(index.0) }
    pub fn iter(&self) -> Iter<'_, N> { Iter { rest: &self.nodes } }
}
pub struct Iter<'a, N> { rest: &'a [N] }
impl<'a, N> Iter<'a, N> { pub fn rest(&self) -> &'a [N] { self.rest } }
pub struct Half { at: u8 }
pub fn halves(text: &str) -> Option<(u8, Half)> { text.len().checked_sub(1).map(|at| (0, Half { at: at as u8 })) }
pub fn half(half: &Half) -> u8 { half.at }
pub struct Token { at: usize }
pub fn tokens(text: &str) -> Result<Vec<Token>, String> { Ok(text.split(' ').map(|word| Token { at: word.len() }).collect()) }
pub fn token(token: Token) -> usize { token.at }
pub fn x_index(index: Index) { assert!(index.0 > 0, "the first index") }
"#;
    all_run("arguments-given", library, &["x_index"]);
}

#[test]
fn futures_are_run_with_the_timers_of_tokio_where_the_package_has_it() {
    let library = r#"
use std::{future::Future, pin::Pin, time::Duration};
pub async fn a_slept(x: u8) -> u8 { tokio::time::sleep(Duration::from_micros(1)).await; x }
pub fn b_spawned(x: u8) -> impl Future<Output = u8> { let task = tokio::spawn(async move { x }); async move { task.await.unwrap() } }
pub fn c_boxed<'a>(text: &'a str) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> { Box::pin(async move { tokio::task::yield_now().await; text.len() }) }
pub async fn x_late(x: u8) -> u8 { tokio::time::timeout(Duration::from_secs(5), async { assert!(x != 0, "zero") }).await.unwrap(); x }
"#;
    let manifest = r#"[package]
name = "{{NAME}}"
version = "0.0.0"
edition = "2024"

[lib]
name = "subject"

[dependencies]
tokio = { version = "1", features = ["rt", "time"] }

[dev-dependencies]
constraints-runtime = { path = "{{RUNTIME}}" }

[[test]]
name = "constraints"
path = "generated/mod.rs"

[workspace]
"#;
    let files = [("Cargo.toml", manifest), ("src/lib.rs", library), ("constraints/main.toml", TOTAL)];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    judged(&Package::with("arguments-tokio", files.into()), library, &["x_late"]);
}
