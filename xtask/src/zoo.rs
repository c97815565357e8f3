//! Takes functions of known growth, gives a table: is what each keeps never red, and what it does not keep never green?
//!
//! The functions and their bounds stand in `tests/zoo`; a verdict that is neither red nor green is undecided, and not
//! wrong. With repetitions, the bounds that hold are judged again and again with other seeds, while threads that do
//! nothing but count keep the machine busy. The figures of both go into the page of the book.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

use constraints_wire::{Entry, Outcome, RedReason, Report, Status};
use serde::Deserialize;

use crate::error::{Error, at};
use crate::page;
use crate::workshop::{How, Workshop, copy, read_toml};

/// The functions.
const FOLDER: &str = "tests/zoo";
/// The page of the book with the table.
const PAGE: &str = "book/src/zoo.md";
/// Threads that count while bounds are judged again and again.
const BUSY: usize = 2;
/// Tests that run side by side then, so that none has a processor for itself.
const TOGETHER: usize = 36;
/// The functions that were written by people who knew nothing of the search.
const UNSEEN: [&str; 5] = ["unseen::", "latest::", "newest::", "novel::", "recent::"];

/// `zoo.toml`.
#[derive(Deserialize)]
struct Zoo {
    function: Vec<Function>,
}

/// A function, with a bound that it keeps and one that it does not.
#[derive(Deserialize)]
struct Function {
    name: String,
    #[serde(default = "time")]
    kind: String,
    size: Option<String>,
    /// Samples of its `text`.
    like: Option<Vec<String>>,
    /// What counts for its size, where that is not what has samples.
    grows: Option<Vec<String>>,
    holds: Option<String>,
    fails: Option<String>,
}

fn time() -> String {
    "bounded_time".to_owned()
}

impl Function {
    fn id(&self, side: &str) -> String {
        format!("{}_{side}", self.name.replace("::", "_"))
    }

    /// The declaration of one bound.
    fn declared(&self, side: &str, bound: &str) -> String {
        let (id, name, kind) = (self.id(side), &self.name, &self.kind);
        let like =
            self.like.as_ref().map_or(String::new(), |like| format!("args.text = {{ like = {like:?} }}\n"));
        let grows = self.grows.as_ref().map_or(String::new(), |grows| format!("grows = {grows:?}\n"));
        let limit = self.size.as_ref().map_or(String::new(), |size| format!("size = {size:?}\n"));
        format!(
            "[constraint.{id}]\nsays = \"{name} within {bound}\"\nkind = \"{kind}\"\ntarget = \"crate::{name}\"\n\
             at_most = {bound:?}\n{limit}{grows}{like}\n"
        )
    }
}

/// How often a side was red, green and undecided.
#[derive(Clone, Copy, Default)]
struct Seen {
    red: usize,
    green: usize,
    undecided: usize,
}

impl Seen {
    fn and(self, other: Self) -> Self {
        Self {
            red: self.red + other.red,
            green: self.green + other.green,
            undecided: self.undecided + other.undecided,
        }
    }

    /// One word where all are the same, else how often each was.
    fn words(self) -> String {
        let all = [(self.red, "red"), (self.green, "green"), (self.undecided, "undecided")];
        let seen: Vec<_> = all.into_iter().filter(|(times, _)| *times > 0).collect();
        match &seen[..] {
            [(_, word)] => (*word).to_owned(),
            seen => seen.iter().map(|(times, word)| format!("{times} {word}")).collect::<Vec<_>>().join(", "),
        }
    }
}

/// Judges the zoo, or what holds `repetitions` times; true if no verdict is wrong. The figures go into the book.
pub(crate) fn judge_all(only: Option<&str>, seeds: &[u64], repetitions: u64) -> Result<bool, Error> {
    let workshop = Workshop::new()?;
    let mut zoo: Zoo = read_toml(&crate::root().join(FOLDER).join("zoo.toml"))?;
    zoo.function.retain(|function| only.is_none_or(|only| function.name.contains(only)));
    let (figures, part, is_right) = if repetitions > 0 {
        let all = repeated(&workshop, &zoo, repetitions)?;
        (repetitions_told(&zoo, repetitions, all), 1, all.red == 0)
    } else {
        let (table, wrong) = table(&workshop, &zoo, seeds)?;
        (format!("{}\n{table}", wrong_told(&zoo, seeds, wrong)), 2, wrong == [0, 0])
    };
    println!("{figures}");
    if only.is_none() {
        page::put(PAGE, part, &figures)?;
    }
    Ok(is_right)
}

/// All functions with their verdicts, and how many of these are wrongly red and wrongly green.
fn table(workshop: &Workshop, zoo: &Zoo, seeds: &[u64]) -> Result<(String, [usize; 2]), Error> {
    let mut wrong = [0, 0];
    let mut all = vec![[Seen::default(); 2]; zoo.function.len()];
    let own = [None];
    let seeds: Vec<Option<u64>> = seeds.iter().copied().map(Some).collect();
    for seed in if seeds.is_empty() { &own[..] } else { &seeds } {
        let how = How { seed: *seed, ..How::default() };
        let report = judge(workshop, zoo, "zoo", &["holds", "fails"], how)?;
        for (function, all) in zoo.function.iter().zip(&mut all) {
            let [holds, fails] = ["holds", "fails"].map(|side| seen(&report, &function.id(side)));
            for (side, is_wrong) in [("holds", holds.red > 0), ("fails", fails.green > 0)] {
                if is_wrong {
                    println!("{}", record(&report, &function.id(side)));
                }
            }
            wrong = [wrong[0] + holds.red, wrong[1] + fails.green];
            *all = [all[0].and(holds), all[1].and(fails)];
        }
        let seed = seed.map_or("own seeds".to_owned(), |seed| format!("seed {seed}"));
        eprintln!("{seed}: {} wrongly red and {} wrongly green so far", wrong[0], wrong[1]);
    }
    let mut text = table_head();
    for (function, [holds, fails]) in zoo.function.iter().zip(all) {
        row(&mut text, function, holds, fails);
    }
    Ok((text, wrong))
}

/// The bounds that hold, with one seed after the other, on a busy machine.
fn repeated(workshop: &Workshop, zoo: &Zoo, repetitions: u64) -> Result<Seen, Error> {
    let is_over = AtomicBool::new(false);
    let mut all = Seen::default();
    thread::scope(|scope| {
        for _ in 0..BUSY {
            scope.spawn(|| {
                let mut count = 0_u64;
                while !is_over.load(Relaxed) {
                    count = std::hint::black_box(count.wrapping_mul(3).wrapping_add(1));
                }
            });
        }
        let judged = (1..=repetitions).try_for_each(|seed| {
            let how = How { seed: Some(seed), together: Some(TOGETHER), ..How::default() };
            let report = judge(workshop, zoo, "zoo-held", &["holds"], how)?;
            for function in zoo.function.iter().filter(|function| function.holds.is_some()) {
                let seen = seen(&report, &function.id("holds"));
                all = all.and(seen);
                if seen.red > 0 {
                    println!(
                        "{} was red with seed {seed}: {}",
                        function.name,
                        why(&report, &function.id("holds"))
                    );
                }
            }
            println!("seed {seed}: {} green, {} red, {} undecided so far", all.green, all.red, all.undecided);
            Ok(())
        });
        is_over.store(true, Relaxed);
        judged
    })?;
    Ok(all)
}

/// Lays the functions out with the bounds of these sides, and judges them.
fn judge(workshop: &Workshop, zoo: &Zoo, name: &str, sides: &[&str], how: How) -> Result<Report, Error> {
    let package = workshop.folder(name);
    if package.exists() {
        at(&package, fs::remove_dir_all(&package))?;
    }
    let from = crate::root().join(FOLDER);
    copy(&from.join("src"), &package.join("src"))?;
    let manifest = from.join("Cargo.toml.in");
    let text = at(&manifest, fs::read_to_string(&manifest))?;
    let text =
        text.replacen("name = \"zoo\"", &format!("name = \"{name}\""), 1) + "\n[lib]\nname = \"zoo\"\n";
    write(&package.join("Cargo.toml"), &text)?;
    let mut declared = String::new();
    for function in &zoo.function {
        for side in sides {
            let bound = if *side == "holds" { &function.holds } else { &function.fails };
            declared.extend(bound.iter().map(|bound| function.declared(side, bound)));
        }
    }
    let folder = package.join("constraints");
    at(&folder, fs::create_dir_all(&folder))?;
    write(&folder.join("zoo.toml"), &declared)?;
    workshop.check_as(&package, &workshop.target(), how)
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    at(path, fs::write(path, text))
}

/// What the report has of the constraint named, if it has anything.
fn entry<'r>(report: &'r Report, id: &str) -> Option<&'r Entry> {
    report.constraints.iter().find(|entry| entry.id.ends_with(&format!(".{id}")))
}

/// The verdict on the constraint named, if there is one.
fn seen(report: &Report, id: &str) -> Seen {
    let Some(entry) = entry(report, id) else { return Seen::default() };
    let outcome = entry.record.as_ref().map(|record| &record.outcome);
    let found = matches!(
        outcome,
        Some(Outcome::Violated(RedReason::Violated | RedReason::Crashed | RedReason::TimedOut))
    );
    Seen {
        red: usize::from(found),
        green: usize::from(entry.status == Status::Green),
        undecided: usize::from(!found && entry.status != Status::Green),
    }
}

/// What was seen of the constraint named.
fn why(report: &Report, id: &str) -> String {
    let witness = entry(report, id).and_then(|entry| entry.record.as_ref()?.witness.as_ref());
    witness.map_or(String::new(), |witness| witness.seen.clone())
}

/// All that was written down of the constraint named, to find out why its verdict is wrong.
fn record(report: &Report, id: &str) -> String {
    let record = entry(report, id).and_then(|entry| entry.record.as_ref());
    record.and_then(|record| serde_json::to_string(record).ok()).unwrap_or_default()
}

fn table_head() -> String {
    "| function | what is bounded | bound it keeps | verdict | bound it does not keep | verdict |\n\
     |---|---|---|---|---|---|\n"
        .to_owned()
}

fn row(text: &mut String, function: &Function, holds: Seen, fails: Seen) {
    let bound = |bound: &Option<String>, seen: Seen| match bound {
        Some(bound) => format!("`{bound}` | {}", seen.words()),
        None => " | ".to_owned(),
    };
    let what = function.kind.trim_start_matches("bounded_");
    let (holds, fails) = (bound(&function.holds, holds), bound(&function.fails, fails));
    let _ = writeln!(text, "| `{}` | {what} | {holds} | {fails} |", function.name);
}

fn wrong_told(zoo: &Zoo, seeds: &[u64], [red, green]: [usize; 2]) -> String {
    let is_unseen = |name: &str| UNSEEN.iter().any(|module| name.starts_with(module));
    let unseen = zoo.function.iter().filter(|function| is_unseen(&function.name)).count();
    let seeds = match seeds.len() {
        0 => "Every bound was judged once, with the seed that goes with its name".to_owned(),
        1 => "Every bound was judged with one seed".to_owned(),
        seeds => format!("Every bound was judged with {seeds} seeds"),
    };
    format!(
        "{} functions, {unseen} of them by people who knew nothing of the search.\n{seeds}.\nVerdicts that are red for a bound that is kept: {red}.\nGreen for a bound that is not: {green}.\n",
        zoo.function.len()
    )
}

fn repetitions_told(zoo: &Zoo, repetitions: u64, all: Seen) -> String {
    let held = zoo.function.iter().filter(|function| function.holds.is_some()).count();
    format!(
        "The {held} bounds that are kept were judged with {repetitions} seeds, {TOGETHER} at a time, with {BUSY} busy loops beside.\n\
         Of {} verdicts {} were red and {} undecided.\n",
        all.red + all.green + all.undecided,
        all.red,
        all.undecided,
    )
}
