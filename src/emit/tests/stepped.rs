//! Steps on a value: every form that a declaration may have compiles, and what makes no sense is told.

#![expect(clippy::disallowed_methods, reason = "a library is laid out for the compiler")]

use super::compile::compiled;
use super::{from_texts, text_of, through};

const LIBRARY: &str = r#"
use std::collections::{BTreeMap, VecDeque};

#[derive(Clone, Debug)]
pub struct Bag {
    items: Vec<String>,
    most: usize,
}
#[derive(Debug, PartialEq)]
pub struct Full;
impl Bag {
    pub fn with_room(most: usize) -> Self {
        Self {
            items: Vec::new(),
            most,
        }
    }
    pub fn put(&mut self, item: &str) -> Result<usize, Full> {
        if self.items.len() == self.most {
            return Err(Full);
        }
        self.items.push(item.to_owned());
        Ok(self.items.len())
    }
    pub fn take(&mut self, at: usize) -> Option<String> {
        if at < self.items.len() {
            Some(self.items.remove(at))
        } else {
            None
        }
    }
    pub fn len(&self) -> usize {
        self.items.len()
    }
    pub fn most(&self) -> usize {
        self.most
    }
    fn secret(&self) -> usize {
        self.most + 1
    }
    pub async fn later(&self) -> usize {
        self.secret() - 1
    }
}

#[derive(Debug, Default)]
pub struct Builder {
    name: String,
    size: u8,
}
impl Builder {
    pub fn new() -> Self {
        Self::default()
    }
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }
    pub fn size(mut self, size: u8) -> Result<Self, String> {
        if size > 100 {
            return Err("large".into());
        }
        self.size = size;
        Ok(self)
    }
    pub fn build(self) -> (String, u8) {
        (self.name, self.size)
    }
    pub fn peek(&self) -> u8 {
        self.size
    }
}

pub struct Words<'a> {
    text: &'a str,
    at: usize,
}
impl<'a> Words<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }
    pub fn join(&mut self, text: &'a str) {
        self.text = text;
        self.at = 0;
    }
}
impl<'a> Iterator for Words<'a> {
    type Item = &'a str;
    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let word = rest.split(' ').next()?;
        if rest.is_empty() {
            return None;
        }
        self.at = (self.at + word.len() + 1).min(self.text.len());
        Some(word)
    }
}

#[derive(Clone, Debug, Default)]
pub struct Cache<K, V> {
    map: BTreeMap<K, V>,
    order: VecDeque<K>,
}
impl<K: Ord + Clone, V> Cache<K, V> {
    pub fn new() -> Self {
        Self {
            map: BTreeMap::new(),
            order: VecDeque::new(),
        }
    }
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        if !self.map.contains_key(&key) {
            self.order.push_back(key.clone());
        }
        let old = self.map.insert(key, value);
        if self.order.len() > 3 {
            let first = self.order.pop_front().unwrap();
            self.map.remove(&first);
        }
        old
    }
    pub fn get(&self, key: &K) -> Option<&V> {
        self.map.get(key)
    }
    pub fn fill(&mut self, values: impl ExactSizeIterator<Item = V>, keys: impl DoubleEndedIterator<Item = K> + Clone) {
        let _ = values.len();
        self.map.extend(keys.rev().zip(values));
    }
    pub fn fill_from<I: IntoIterator<Item = V, IntoIter = std::vec::IntoIter<V>>>(&mut self, key: K, values: I) {
        self.map.extend(values.into_iter().map(|value| (key.clone(), value)));
    }
    pub fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        if !self.map.contains_key(&key) {
            let value = make();
            self.insert(key.clone(), value);
        }
        self.map.get_mut(&key).unwrap()
    }
    pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, mut keep: F) {
        let mut gone = Vec::new();
        for (key, value) in &mut self.map {
            if !keep(key, value) {
                gone.push(key.clone());
            }
        }
        for key in gone {
            self.map.remove(&key);
            self.order.retain(|it| *it != key);
        }
    }
    pub fn len(&self) -> usize {
        self.map.len()
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Money(pub i32);
impl Money {
    pub fn plus(self, more: i16) -> Money {
        Money(self.0.saturating_add(more.into()))
    }
}

pub struct Desk(std::sync::Mutex<Vec<Vec<u8>>>, usize);
impl Desk {
    pub fn new(room: usize) -> Self {
        Self(std::sync::Mutex::new(Vec::new()), room)
    }
    pub fn put(&self, item: Vec<u8>) -> bool {
        let mut items = self.0.lock().unwrap();
        if items.len() < self.1 {
            items.push(item);
            true
        } else {
            false
        }
    }
    pub fn update(&self, change: impl Fn(&[u8]) -> u8) {
        self.0.lock().unwrap().iter_mut().for_each(|it| {
            let n = change(it);
            it.push(n)
        })
    }
    pub fn into_inner(self) -> usize {
        self.1
    }
    pub fn len(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

pub struct Batch<T>(Vec<T>);
impl<T: Clone> Batch<T> {
    pub fn new(jobs: Vec<T>) -> Self {
        Self(jobs)
    }
    pub fn take(&mut self) -> Option<T> {
        self.0.pop()
    }
}
"#;

const DECLARATIONS: &str = r#"
[constraint.bag]
says = "A bag has room for no more than it says"
kind = "model"
target = "crate::Bag"
given.room = { range = "1..=4" }
start = "crate::Bag::with_room(room)"
steps = ["take", "most", "later"]
invariant = "it.len() <= it.most() && it.most() == room"
step.put.then = "result.is_err() == (old(it).len() == it.most())"
step.clear = "while it.take(0).is_some() {}"
step.second = { call = "it.put(&item)", args.item = { like = ["a second one"] }, when = "it.len() >= 1", then = "result.is_err() || it.len() >= 2" }

[constraint.bag_ref]
says = "A bag is a list"
kind = "model"
target = "crate::Bag"
start = "crate::Bag::with_room(3)"
reference = "Vec::<String>::new()"
agree = "it.len() == model.len()"
length = "3..=9"
steps = "len"
step.put.model = "if model.len() < 3 { model.push(item.clone()); Ok(model.len()) } else { Err(()) }"
step.take = { args.at = { range = "0..=3" }, model = "if at < model.len() { Some(model.remove(at)) } else { None }" }

[constraint.bag_any]
says = "Any bag is sound"
kind = "model"
target = "crate::Bag"

[constraint.builder]
says = "A builder builds what it was told"
kind = "model"
target = "crate::Builder"
start = "crate::Builder::new()"
invariant = "it.peek() <= 100"

[constraint.words]
says = "Words are never out of bounds"
kind = "model"
target = "crate::Words"
given.text = { text = "any" }
start = "crate::Words::new(&text)"
steps = ["rest", "join", "next"]

[constraint.cache]
says = "A cache is sound whatever its users do"
kind = "model"
target = "crate::Cache"
start = "crate::Cache::new()"
panics = "allowed"
invariant = "it.len() <= 4"

[constraint.cache_typed]
says = "A cache keeps at most three"
kind = "model"
target = "crate::Cache<u8, String>"
start = "crate::Cache::new()"
steps = ["insert", "get", "retain"]
invariant = "it.len() <= 3"

[constraint.money]
says = "Money is never lost"
kind = "model"
target = "crate::Money"
step.more = { call = "it = it.plus(more)", args.more = { range = "0..=100" }, then = "it.0 >= old(it).0" }

[constraint.foreign]
says = "A queue of another crate"
kind = "model"
target = "std::collections::VecDeque<u8>"
start = "std::collections::VecDeque::<u8>::new()"
step.push = { call = "it.push_back(n)", args.n = { type = "u8" }, then = "it.len() > 0" }
step.pop = "it.pop_front()"

[constraint.desk]
says = "A desk gives each thing once"
kind = "model"
target = "crate::Desk"
given.room = { range = "1..=4" }
start = "crate::Desk::new(room)"
threads = 3
invariant = "it.len() <= room"
agree = "it.len() == model.len()"
reference = "Vec::new()"
step.put = { args.item = { each = { range = "0..=3" } }, when = "item.len() < 3", then = "result || room > 0", model = "if model.len() < room { model.push(item); true } else { false }" }
step.len = "it.len()"

[constraint.desk_alone]
says = "A desk is its own reference"
kind = "model"
target = "crate::Desk"
start = "crate::Desk::new(2)"
panics = "allowed"
threads = 2

[constraint.bag_together]
says = "Any bag may be looked at by several threads"
kind = "model"
target = "crate::Bag"
threads = 2
steps = ["len", "most", "later"]

[constraint.batch]
says = "What is left of a batch is sound"
kind = "model"
target = "crate::Batch"
given.jobs = { length = "0..=8" }
start = "crate::Batch::new(jobs)"
"#;

#[test]
fn every_form_of_a_step_compiles() {
    let files = from_texts(DECLARATIONS, LIBRARY, "subject");
    let folder = tempfile::tempdir().expect("a folder");
    let lib = folder.path().join("lib.rs");
    std::fs::write(&lib, LIBRARY).expect("written");
    assert_eq!(compiled(&files, "subject", &lib, "2024"), "");
    insta::assert_snapshot!(text_of(&files, "generated/main.rs"));
}

/// What is wrong with a declaration that says this about a desk.
fn faults(rest: &str) -> String {
    let head = "says = \"Sound\"\nkind = \"model\"\ntarget = \"crate::Desk\"\n";
    let declarations = format!("[constraint.desk]\n{head}{rest}");
    let (_, faults) = through(&declarations, LIBRARY, "subject");
    let told = faults.sorted().into_iter().map(|fault| {
        let help: Vec<_> = fault.help.iter().map(|help| format!("\n  help: {help}")).collect();
        format!("{}: {}{}", fault.code.name(), fault.message, help.concat())
    });
    told.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_threads_cannot_do_is_told() {
    let start = "start = \"crate::Desk::new(2)\"\nthreads = 2\n";
    let cases = [
        "steps = [\"into_inner\"]",
        "step.put.when = \"it.len() < 2\"",
        "step.put.then = \"it.len() >= old(it).len()\"",
        "step.put.then = \"model.len() > 0\"",
        "reference = \"Vec::new()\"\nstep.put.model = \"{ model.push(item); result }\"",
        "length = \"0..=3\"\nthreads = 9",
    ];
    let told = cases.map(|case| {
        let start =
            if case.contains("threads") { start.replace("threads = 2\n", "") } else { start.to_owned() };
        format!("{case}\n{}", faults(&format!("{start}{case}")))
    });
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn a_step_that_is_none_is_told() {
    let cases = [
        "start = \"crate::Desk::new(2)\"\nsteps = [\"pt\"]",
        "start = \"crate::Desk::new(2)\"\nstep.put.then = \"resut\"",
        "start = \"crate::Desk::new(2)\"\nstep.put.than = \"true\"",
        "start = \"crate::Desk::new(2)\"\nstep.2put = \"it.len()\"",
        "start = \"crate::Desk::new(2)\"\ninvariant = \"them.len() < 2\"",
    ];
    insta::assert_snapshot!(cases.map(|case| format!("{case}\n{}", faults(case))).join("\n\n"));
}
