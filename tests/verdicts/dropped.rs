//! Calls that are dropped while they wait, on tokio: what it takes to get to each wait, and what is left to run.

use constraints_wire::{Outcome, UndecidedReason};

use crate::support::Package;

const LIBRARY: &str = r"
use std::{future::Future, pin::Pin, sync::Arc, time::Duration};
use tokio::sync::{Mutex, mpsc};

pub struct Bank { left: Mutex<u32>, right: Mutex<u32> }

impl Bank {
    pub fn with(left: u32) -> Arc<Self> { Arc::new(Self { left: Mutex::new(left), right: Mutex::new(0) }) }
    pub async fn total(&self) -> u32 { *self.left.lock().await + *self.right.lock().await }
    pub async fn careful(&self, amount: u32) {
        let (mut left, mut right) = (self.left.lock().await, self.right.lock().await);
        *left -= amount;
        *right += amount;
    }
    pub async fn hasty(&self, amount: u32) {
        *self.left.lock().await -= amount;
        *self.right.lock().await += amount;
    }
    pub async fn undone(self: Arc<Self>, amount: u32) {
        struct Undo(Arc<Bank>, u32);
        impl Drop for Undo {
            fn drop(&mut self) {
                let (bank, amount) = (Arc::clone(&self.0), self.1);
                tokio::spawn(async move {
                    tokio::time::sleep(Duration::from_secs(20)).await;
                    *bank.left.lock().await += amount;
                });
            }
        }
        *self.left.lock().await -= amount;
        let undo = Undo(Arc::clone(&self), amount);
        *self.right.lock().await += amount;
        std::mem::forget(undo);
    }
    pub fn spawned(self: Arc<Self>, amount: u32) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let task = tokio::spawn(async move { self.hasty(amount).await });
        Box::pin(async move { task.await.unwrap() })
    }
    pub async fn slow(&self, amount: u32) {
        tokio::time::sleep(Duration::from_secs(3600)).await;
        *self.left.lock().await -= amount;
        tokio::time::sleep(Duration::from_secs(3600)).await;
        *self.right.lock().await += amount;
    }
    pub async fn none(&self, amount: u32) { std::future::ready(amount).await; }
}

pub struct Inbox(mpsc::Receiver<u8>);

impl Inbox {
    pub async fn start() -> Self {
        let (tx, rx) = mpsc::channel(2);
        tokio::spawn(async move { for letter in 1..4 { tx.send(letter).await.unwrap(); } });
        Self(rx)
    }
    pub async fn next(&mut self) -> Option<u8> { self.0.recv().await }
    pub async fn pair(&mut self) -> Option<(u8, u8)> {
        let first = self.0.recv().await?;
        Some((first, self.0.recv().await?))
    }
}
";

const MANIFEST: &str = r#"[package]
name = "{{NAME}}"
version = "0.0.0"
edition = "2024"

[lib]
name = "subject"

[dependencies]
tokio = { version = "1", features = ["rt", "sync", "time"] }

[dev-dependencies]
constraints-runtime = { path = "{{RUNTIME}}" }
tokio = { version = "1", features = ["test-util"] }

[[test]]
name = "constraints"
path = "generated/mod.rs"

[workspace]
"#;

/// A transfer by the method of this name, and what it leaves.
fn transfer(method: &str) -> String {
    let bank = if matches!(method, "undone" | "spawned") { "bank.clone()" } else { "bank" };
    format!(
        r#"[constraint.{method}]
says         = "No money is lost"
kind         = "cancel_safe"
target       = "crate::Bank::{method}"
call         = "{bank}.{method}(u32::from(amount % 101))"
invariant    = "bank.total().await == 100"
given.bank   = {{ value = "crate::Bank::with(100)" }}
given.amount = {{ type = "u8" }}
cases        = 120
"#
    )
}

/// Letters that are read by the method of this name, and are still there.
fn letters(method: &str) -> String {
    format!(
        r#"[constraint.{method}]
says      = "The first letter is there"
kind      = "cancel_safe"
target    = "crate::Inbox::{method}"
call      = "it.{method}()"
invariant = "it.next().await == Some(1)"
given.it  = {{ value = "crate::Inbox::start().await" }}
cases     = 120
"#
    )
}

#[test]
fn what_waits_on_tokio_is_dropped_at_each_operation_and_what_it_has_started_goes_on() {
    let transfers = ["careful", "hasty", "undone", "spawned", "slow", "none"].map(transfer);
    let declared = [transfers.concat(), ["next", "pair"].map(letters).concat()].concat();
    let files = [("Cargo.toml", MANIFEST), ("src/lib.rs", LIBRARY), ("constraints/main.toml", &declared)];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let checked = Package::with("dropped-tokio", files.into()).check();
    let judged = |name: &str| {
        let id = format!("main.{name}");
        let entry = checked.report.constraints.iter().find(|entry| entry.id == id).expect("it is judged");
        let record = entry.record.as_ref().unwrap_or_else(|| panic!("no record: {entry:#?}"));
        let place = record.witness.as_ref().map_or("", |witness| {
            let place = witness.values.iter().find(|value| value.name == "dropped at");
            place.map_or("nowhere", |place| &place.text)
        });
        (record.outcome.clone(), place.to_owned())
    };
    for name in ["careful", "undone", "spawned", "next"] {
        assert_eq!(judged(name).0, Outcome::Holds, "{name}: {:#?}", judged(name));
    }
    for (name, place) in [("hasty", "wait 2 of 2"), ("slow", "wait 4 of 6"), ("pair", "wait 2 of 2")] {
        assert_eq!(judged(name).1, place, "{name}: {:#?}", judged(name));
    }
    let vacuous = Outcome::Undecided(UndecidedReason::TooManyRejected);
    assert_eq!(judged("none").0, vacuous, "it never waits");
}
