//! Takes a folder of cases, gives a table: red on the vulnerable version, green on the patched one?
//!
//! Sides that come out otherwise are listed in `tests/cases.toml`, each with the reason; whatever is not listed there
//! has to be as it should be.
//!
//! Each side becomes a package of its own name, so that all of them can share one target folder: Cargo takes two
//! packages of one name and version at different places for the same and mixes what it built for them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

use constraints_wire::{Outcome, RedReason, Report, Status};
use serde::Deserialize;

use crate::error::{Error, at};
use crate::page;
use crate::workshop::{Workshop, copy, entries, read_toml};

/// `case.toml`, as far as it matters here.
#[derive(Deserialize)]
pub(crate) struct About {
    class: String,
    pub(crate) vulnerable: String,
    patched: String,
}

/// `tests/cases.toml`.
#[derive(Default, Deserialize)]
struct Exceptions {
    #[serde(default)]
    exception: Vec<Exception>,
}

/// A side that does not come out as it should.
#[derive(Deserialize)]
struct Exception {
    case: String,
    side: String,
    why: String,
}

impl Exceptions {
    /// Why the side `name` of `case` may come out otherwise.
    fn why(&self, case: &str, side: &str) -> Option<&str> {
        let listed = self.exception.iter().find(|exception| exception.case == case && exception.side == side);
        listed.map(|exception| exception.why.as_str())
    }
}

/// One side of a case, judged.
struct Side {
    status: String,
    right: bool,
    to_red: Option<u64>,
    millis: u64,
}

/// One case, judged with one seed.
struct Judged {
    case: String,
    class: String,
    kinds: String,
    seed: Option<u64>,
    sides: [Side; SIDES.len()],
}

/// The versions of a crate that are judged.
const SIDES: [&str; 2] = ["vulnerable", "patched"];
/// The page of the book with the table.
const PAGE: &str = "book/src/cases.md";

/// The cases that are kept here, and the page with theirs.
const OWN: &str = "tests/bugs";
const PAGE_OF_OWN: &str = "book/src/bugs.md";

/// Judges every case, so many at once; true if all that could be judged are right. Where the seeds are named, the figures
/// of all cases go into the book.
pub(crate) fn judge_all(
    folder: &Path,
    only: Option<&str>,
    seeds: &[u64],
    at_once: usize,
) -> Result<bool, Error> {
    let workshop = Workshop::new()?;
    let exceptions: Exceptions = read_toml(&crate::root().join("tests/cases.toml"))?;
    let names = names(folder, only)?;
    println!("| case | class | kind | seed | vulnerable | patched | time to red | test time |");
    println!("|---|---|---|---|---|---|---|---|");
    let runs: Vec<Option<u64>> =
        if seeds.is_empty() { vec![None] } else { seeds.iter().copied().map(Some).collect() };
    let next = AtomicUsize::new(0);
    let work = || {
        let mut all: Vec<Judged> = Vec::new();
        while let Some(name) = names.get(next.fetch_add(1, Relaxed)) {
            // Where one cannot be judged the others stop too.
            let judged = judge_with_each(&workshop, folder, name, &runs);
            all.extend(judged.inspect_err(|_| next.store(names.len(), Relaxed))?);
        }
        Ok(all)
    };
    let all: Result<Vec<Vec<Judged>>, Error> = thread::scope(|scope| {
        let workers: Vec<_> = (0..at_once.max(1)).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    let mut all: Vec<Judged> = all?.into_iter().flatten().collect();
    all.sort_by(|a, b| (&a.case, a.seed).cmp(&(&b.case, b.seed)));
    let (totals, wrong) = totals(&all, &exceptions);
    println!("\n{totals}");
    let judged: BTreeSet<&String> = all.iter().map(|judged| &judged.case).collect();
    if judged.len() < names.len() {
        println!("{} wait for their kind.", names.len() - judged.len());
    }
    let is_own = folder.canonicalize().is_ok_and(|folder| folder == crate::root().join(OWN));
    if only.is_none() && !seeds.is_empty() {
        page::put(if is_own { PAGE_OF_OWN } else { PAGE }, 1, &format!("{totals}\n{}", table(&all)))?;
    }
    Ok(wrong == 0 && !all.is_empty())
}

/// The cases of a folder whose names contain this, in order.
pub(crate) fn names(folder: &Path, only: Option<&str>) -> Result<Vec<String>, Error> {
    let is_case = |name: &String| {
        only.is_none_or(|part| name.contains(part)) && folder.join(name).join("case.toml").is_file()
    };
    Ok(entries(folder)?.filter(is_case).collect())
}

/// One case with each of the seeds; nothing where its kind is not built yet.
fn judge_with_each(
    workshop: &Workshop,
    folder: &Path,
    name: &str,
    runs: &[Option<u64>],
) -> Result<Vec<Judged>, Error> {
    let case = folder.join(name);
    let kinds = kinds_of(&case)?;
    let about: About = read_toml(&case.join("case.toml"))?;
    let listed = kinds.iter().cloned().collect::<Vec<_>>().join(", ");
    if !kinds.is_subset(&workshop.kinds) {
        println!("| {name} | {} | {listed} | | kind not built yet | | | |", about.class);
        return Ok(Vec::new());
    }
    let judge_with = |seed: &Option<u64>| {
        let sides = judge(workshop, &case, name, &about, *seed)?;
        let (case, class, kinds) = (name.to_owned(), about.class.clone(), listed.clone());
        let judged = Judged { case, class, kinds, seed: *seed, sides };
        println!("{}", judged.line());
        Ok(judged)
    };
    runs.iter().map(judge_with).collect()
}

impl Judged {
    /// A row of what is printed while cases are judged.
    fn line(&self) -> String {
        let [vulnerable, patched] = &self.sides;
        let seed = self.seed.map_or("own".to_owned(), |seed| seed.to_string());
        let most = vulnerable.millis.max(patched.millis);
        format!(
            "| {} | {} | {} | {seed} | {} | {} | {} | {} |",
            self.case,
            self.class,
            self.kinds,
            vulnerable.status,
            patched.status,
            vulnerable.to_red.map_or("-".to_owned(), seconds),
            seconds(most)
        )
    }
}

/// How many came out right, and which did not; how many of these are not listed as such.
fn totals(all: &[Judged], exceptions: &Exceptions) -> (String, usize) {
    let (mut wrong, mut others) = (0, BTreeSet::new());
    for judged in all {
        for (side, said) in judged.sides.iter().zip(SIDES).filter(|(side, _)| !side.right) {
            let why = exceptions.why(&judged.case, said);
            wrong += usize::from(why.is_none());
            let why = why.map(|why| format!("; {why}")).unwrap_or_default();
            others.insert(format!("- {}, {said}: {}{why}", judged.case, side.status));
        }
    }
    let right = all.iter().filter(|judged| judged.sides.iter().all(|side| side.right)).count();
    let lines = [format!("{right} of {} judged as they should be.", all.len())].into_iter().chain(others);
    (lines.map(|line| line + "\n").collect(), wrong)
}

/// One row for each case, with what each seed came to.
fn table(all: &[Judged]) -> String {
    let mut text =
        "| case | sort | kind | vulnerable | patched | time to red |\n|---|---|---|---|---|---|\n".to_owned();
    for runs in all.chunk_by(|a, b| a.case == b.case) {
        let statuses = |at: usize| {
            let mut each: Vec<&str> = runs.iter().map(|judged| judged.sides[at].status.as_str()).collect();
            each.dedup();
            each.join(", ")
        };
        let times = runs.iter().map(|judged| judged.sides[0].to_red.map_or("-".to_owned(), seconds));
        let Judged { case, class, kinds, .. } = &runs[0];
        let times = times.collect::<Vec<_>>().join(", ");
        let _ =
            writeln!(text, "| {case} | {class} | `{kinds}` | {} | {} | {times} |", statuses(0), statuses(1));
    }
    text
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of a test are far below 2^52")]
fn seconds(millis: u64) -> String {
    format!("{:.2} s", millis as f64 / 1000.0)
}

fn judge(
    workshop: &Workshop,
    case: &Path,
    name: &str,
    about: &About,
    seed: Option<u64>,
) -> Result<[Side; SIDES.len()], Error> {
    let side = |side: &str, version: &str| {
        let package = workshop.folder("cases").join(name).join(side);
        lay_out(case, &package, &format!("subject-{}-{side}", name.to_lowercase()), side, version)?;
        let report = workshop.check(&package, &workshop.target(), seed)?;
        Ok(summary(&report, side == SIDES[0]))
    };
    Ok([side(SIDES[0], &about.vulnerable)?, side(SIDES[1], &about.patched)?])
}

fn summary(report: &Report, vulnerable: bool) -> Side {
    let mut words = Vec::new();
    for entry in &report.constraints {
        let word = match (entry.status, entry.reason) {
            (Status::Green, _) => "green".to_string(),
            (Status::Red, reason) => {
                format!("red ({})", reason_word(reason.unwrap_or(RedReason::NoRecord)))
            }
            (status, _) => format!("{status:?}").to_lowercase(),
        };
        words.push(word);
    }
    words.dedup();
    let records = || report.constraints.iter().filter_map(|entry| entry.record.as_ref());
    let found = is_found(report);
    let green = report.totals.green == report.constraints.len() && !report.constraints.is_empty();
    Side {
        status: words.join(", "),
        right: if vulnerable { found } else { green },
        to_red: to_red(report),
        millis: records().map(|record| record.millis).sum(),
    }
}

/// Whether anything speaks against a constraint; that one does not compile or does not exist is no finding.
pub(crate) fn is_found(report: &Report) -> bool {
    report.constraints.iter().filter_map(|entry| entry.record.as_ref()).any(|record| {
        matches!(
            record.outcome,
            Outcome::Violated(RedReason::Violated | RedReason::Crashed | RedReason::TimedOut)
        )
    })
}

/// Milliseconds from the start of a test to the first case that speaks against its constraint.
pub(crate) fn to_red(report: &Report) -> Option<u64> {
    let records = report.constraints.iter().filter_map(|entry| entry.record.as_ref());
    records.filter_map(|record| record.millis_to_red).min()
}

fn reason_word(reason: RedReason) -> &'static str {
    match reason {
        RedReason::Violated => "violated",
        RedReason::Crashed => "crashed",
        RedReason::TimedOut => "timed out",
        RedReason::MissingTarget => "missing target",
        RedReason::DoesNotCompile => "does not compile",
        RedReason::Vacuous => "vacuous",
        RedReason::NoRecord => "no record",
    }
}

/// Writes one side as a package called `own`; an earlier one is replaced, with what was found for it.
pub(crate) fn lay_out(
    case: &Path,
    package: &Path,
    own: &str,
    side: &str,
    version: &str,
) -> Result<(), Error> {
    // A name of a package has no dots, and that of a case may.
    let own = own.replace('.', "-");
    if package.exists() {
        at(package, fs::remove_dir_all(package))?;
    }
    for part in ["src", "constraints", "fixtures", "templates", "assets"] {
        if case.join(part).is_dir() {
            copy(&case.join(part), &package.join(part))?;
        }
    }
    let manifest = case.join("Cargo.toml.in");
    let text = at(&manifest, fs::read_to_string(&manifest))?.replace("{{VERSION}}", version);
    let text = text.replacen("name = \"subject\"", &format!("name = \"{own}\""), 1);
    let text = format!("{text}\n[lib]\nname = \"subject\"\n");
    at(package, fs::write(package.join("Cargo.toml"), text))?;
    let lock = case.join(format!("Cargo.lock.{side}"));
    let text =
        at(&lock, fs::read_to_string(&lock))?.replacen("name = \"subject\"", &format!("name = \"{own}\""), 1);
    at(package, fs::write(package.join("Cargo.lock"), text))
}

fn kinds_of(case: &Path) -> Result<BTreeSet<String>, Error> {
    let folder = case.join("constraints");
    let mut kinds = BTreeSet::new();
    for name in entries(&folder)?.filter(|name| Path::new(name).extension().is_some_and(|it| it == "toml")) {
        let file: toml::Table = read_toml(&folder.join(name))?;
        let constraints = file.get("constraint").and_then(toml::Value::as_table);
        let declared = constraints.into_iter().flat_map(toml::Table::values);
        kinds.extend(declared.filter_map(|declared| declared.get("kind")?.as_str()).map(str::to_string));
    }
    Ok(kinds)
}

#[cfg(test)]
mod tests {
    use super::{Exception, Exceptions, Judged, Side, table, totals};

    fn judged(case: &str, seed: u64, to_red: u64, patched: &str) -> Judged {
        let side = |status: &str, right, to_red| Side { status: status.to_owned(), right, to_red, millis: 0 };
        let sides = [side("red", true, Some(to_red)), side(patched, patched == "green", None)];
        let (case, class, kinds) = (case.to_owned(), "panic".to_owned(), "no_panic".to_owned());
        Judged { case, class, kinds, seed: Some(seed), sides }
    }

    #[test]
    fn a_case_is_one_row_and_what_differs_between_seeds_shows() {
        let all = [judged("a", 1, 10, "green"), judged("a", 2, 1_500, "red"), judged("b", 1, 0, "green")];
        let rows: Vec<String> = table(&all).lines().skip(2).map(str::to_owned).collect();
        let expected = [
            "| a | panic | `no_panic` | red | green, red | 0.01 s, 1.50 s |",
            "| b | panic | `no_panic` | red | green | 0.00 s |",
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn what_is_not_listed_with_a_reason_is_wrong() {
        let all = [judged("a", 1, 0, "red"), judged("b", 1, 0, "red"), judged("b", 2, 0, "red")];
        let listed = Exception { case: "a".into(), side: "patched".into(), why: "it is".into() };
        let (told, wrong) = totals(&all, &Exceptions { exception: vec![listed] });
        assert_eq!(wrong, 2);
        assert_eq!(told, "0 of 3 judged as they should be.\n- a, patched: red; it is\n- b, patched: red\n");
    }
}
