//! Takes a folder of cases, gives a table: who finds the bug, and how soon, in one run and the same time for all.
//!
//! The rivals of the generated test are what somebody would write instead, derived from the same constraint file; they
//! search one after the other on the vulnerable side, with the same seeds. No build is counted, and no making small.

mod rivals;
mod subject;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use self::rivals::{Rivals, Way};
use self::subject::Subject;
use crate::cases::{self, About, is_found, lay_out, to_red};
use crate::error::{Error, at};
use crate::page;
use crate::workshop::{How, Workshop, read_toml};

/// The page of the book with the table.
const PAGE: &str = "book/src/versus.md";
/// Ours, and the rivals.
const SEARCHES: usize = 1 + Way::ALL.len();

/// What one search came to, run by run: how long it took where it found something.
type Runs = Vec<Option<Duration>>;

/// A case with the runs of all who search.
struct Row {
    name: String,
    kind: String,
    runs: [Runs; SEARCHES],
}

/// Has everybody search every case; true if ours finds all that anybody finds, in no more time.
pub(crate) fn judge_all(
    folder: &Path,
    only: Option<&str>,
    seeds: &[u64],
    seconds: u64,
) -> Result<bool, Error> {
    let workshop = Workshop::new()?;
    let (mut rows, mut left_out, mut broken) = (Vec::new(), Vec::new(), Vec::new());
    for name in cases::names(folder, only)? {
        let case = folder.join(&name);
        match subject::read(&case)? {
            Some(Ok(subject)) => match searched(&workshop, &case, &name, &subject, seeds, seconds) {
                Ok(row) => rows.push(row),
                // What the others took minutes for is not lost.
                Err(error) => {
                    eprintln!("{name}: {error}");
                    broken.push(name);
                }
            },
            Some(Err(why)) => left_out.push(format!("{name}: {why}")),
            None => {}
        }
    }
    let mut figures = told(&rows, &left_out, seeds, seconds);
    told_of(&mut figures, "Not judged, because something failed", broken.iter().cloned());
    println!("{figures}");
    if only.is_none() {
        page::put(PAGE, 1, &figures)?;
    }
    Ok(!rows.is_empty()
        && broken.is_empty()
        && rows.iter().all(|row| row.missed().is_none() && row.slower().is_none()))
}

fn searched(
    workshop: &Workshop,
    case: &Path,
    name: &str,
    subject: &Subject,
    seeds: &[u64],
    seconds: u64,
) -> Result<Row, Error> {
    let about: About = read_toml(&case.join("case.toml"))?;
    eprintln!("{name}: building");
    let rivals = Rivals::build(workshop, case, &about, subject)?;
    let package = workshop.folder("versus").join(name.to_lowercase()).join("ours");
    lay_out(case, &package, &format!("versus-{}", name.to_lowercase()), "vulnerable", &about.vulnerable)?;
    let mut runs: [Runs; SEARCHES] = Default::default();
    for seed in seeds {
        let ours = ours(workshop, &package, *seed, seconds)?;
        eprintln!("{name}, seed {seed}: ours {}", shown(ours));
        runs[0].push(ours);
        for (way, runs) in Way::ALL.into_iter().zip(&mut runs[1..]) {
            let found = rivals.search(way, *seed, Duration::from_secs(seconds))?;
            let what = found.as_ref().map_or("", |found| found.what.as_str());
            let after = found.as_ref().map(|found| found.after);
            eprintln!("{name}, seed {seed}: {} {} {what}", way.name(), shown(after));
            runs.push(after);
        }
    }
    Ok(Row { name: name.to_owned(), kind: subject.kind.clone(), runs })
}

/// What the generated test comes to; what an earlier run found is not tried first.
fn ours(workshop: &Workshop, package: &Path, seed: u64, seconds: u64) -> Result<Option<Duration>, Error> {
    let witnesses = package.join("constraints/witnesses");
    if witnesses.exists() {
        at(&witnesses, fs::remove_dir_all(&witnesses))?;
    }
    let how = How { seed: Some(seed), seconds: Some(seconds), ..How::default() };
    let report = workshop.check_as(package, &workshop.target(), how)?;
    Ok(to_red(&report).filter(|_| is_found(&report)).map(Duration::from_millis))
}

/// The median of the runs that found something.
fn median(runs: &Runs) -> Option<Duration> {
    let mut found: Vec<Duration> = runs.iter().copied().flatten().collect();
    found.sort();
    found.get(found.len() / 2).copied()
}

fn found(runs: &Runs) -> usize {
    runs.iter().flatten().count()
}

fn shown(time: Option<Duration>) -> String {
    time.map_or_else(|| "-".to_owned(), |time| format!("{:.3} s", time.as_secs_f64()))
}

impl Row {
    /// A rival that found what ours did not, or more often.
    fn missed(&self) -> Option<String> {
        let ours = found(&self.runs[0]);
        let mut rivals = Way::ALL.into_iter().zip(&self.runs[1..]);
        let rival = rivals.find(|(_, runs)| found(runs) > ours)?;
        Some(format!("{}: {} found it more often", self.name, rival.0.name()))
    }

    /// A rival that found the bug in less time.
    fn slower(&self) -> Option<String> {
        let ours = median(&self.runs[0])?;
        let rivals = Way::ALL.into_iter().zip(&self.runs[1..]);
        let timed = rivals.filter_map(|(way, runs)| Some((median(runs)?, way)));
        let (time, way) = timed.min_by_key(|(time, _)| *time)?;
        (time < ours).then(|| {
            format!("{}: {} took {}, ours {}", self.name, way.name(), shown(Some(time)), shown(Some(ours)))
        })
    }

    fn line(&self) -> String {
        let cells = self.runs.iter().map(|runs| match found(runs) {
            0 => "not found".to_owned(),
            count if count == runs.len() => shown(median(runs)),
            count => format!("{} ({count} of {})", shown(median(runs)), runs.len()),
        });
        format!("| {} | `{}` | {} |", self.name, self.kind, cells.collect::<Vec<_>>().join(" | "))
    }
}

fn told(rows: &[Row], left_out: &[String], seeds: &[u64], seconds: u64) -> String {
    let mut text = format!(
        "{} cases, {} seeds, {seconds} s of search for each.\n\n| case | kind | ours |",
        rows.len(),
        seeds.len()
    );
    for way in Way::ALL {
        let _ = write!(text, " {} |", way.name());
    }
    let _ = writeln!(text, "\n|---|---|{}", "---|".repeat(SEARCHES));
    for row in rows {
        let _ = writeln!(text, "{}", row.line());
    }
    let counts = |at: usize| {
        let always = rows.iter().filter(|row| found(&row.runs[at]) == row.runs[at].len()).count();
        let runs: usize = rows.iter().map(|row| found(&row.runs[at])).sum();
        format!("{always} ({runs} of {} runs)", rows.len() * seeds.len())
    };
    let all: Vec<String> = (0..SEARCHES).map(counts).collect();
    let _ = writeln!(text, "| found with every seed | | {} |", all.join(" | "));
    // What was not found took longer than whatever was.
    let median = |at: usize| {
        let mut runs: Vec<Option<Duration>> = rows.iter().flat_map(|row| row.runs[at].clone()).collect();
        runs.sort_by_key(|time| time.unwrap_or(Duration::MAX));
        runs.get(runs.len() / 2)
            .copied()
            .flatten()
            .map_or_else(|| "not found".to_owned(), |it| shown(Some(it)))
    };
    let all: Vec<String> = (0..SEARCHES).map(median).collect();
    let _ = writeln!(text, "| median of all runs | | {} |\n", all.join(" | "));
    told_of(&mut text, "Found by another more often than by ours", rows.iter().filter_map(Row::missed));
    told_of(&mut text, "Found by another in less time", rows.iter().filter_map(Row::slower));
    told_of(&mut text, "Left out, because rivals cannot call it", left_out.iter().cloned());
    text
}

fn told_of(text: &mut String, head: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    let _ =
        writeln!(text, "{head}: {}.", if lines.is_empty() { "none".into() } else { lines.len().to_string() });
    if !lines.is_empty() {
        let _ = writeln!(text, "\n- {}\n", lines.join("\n- "));
    }
}
