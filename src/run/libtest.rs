//! What the test harness prints, as far as it can be relied on.

use std::collections::BTreeMap;

use super::Ending;

/// What the harness said about each test, and in its last line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    endings: BTreeMap<String, Ending>,
    passed_in_all: Option<usize>,
}

impl Said {
    /// Reads the harness's output; tests that were not asked for are of no interest.
    ///
    /// The code under test may print into the middle of a line. A line that cannot be read says nothing,
    /// and the test it was about runs again alone.
    pub(super) fn read(output: &str) -> Self {
        let mut said = Self::default();
        for line in output.lines() {
            if let Some((name, ending)) = ending(line) {
                // A line can be forged by the code under test: the worst one counts.
                let known = said.endings.entry(name.to_owned()).or_insert_with(|| ending.clone());
                *known = ending.max(known.clone());
            } else if let Some(passed) = all_passed(line) {
                said.passed_in_all = Some(passed);
            }
        }
        for (name, ending) in &mut said.endings {
            if matches!(ending, Ending::Failed(_)) {
                *ending = Ending::Failed(printed_by(name, output));
            }
        }
        said
    }

    /// How a test ended, if the harness got to say it; `of` is the number of tests it was asked for.
    pub(super) fn ending(&self, test: &str, of: usize) -> Option<Ending> {
        let all = || (self.passed_in_all == Some(of)).then_some(Ending::Passed);
        self.endings.get(test).cloned().or_else(all)
    }
}

/// `test links::parse_total ... ok`, also behind text that a test printed without ending its line.
fn ending(line: &str) -> Option<(&str, Ending)> {
    line.match_indices("test ").find_map(|(at, word)| result(&line[at + word.len()..]))
}

fn result(rest: &str) -> Option<(&str, Ending)> {
    let (name, result) = rest.split_once(" ... ")?;
    let ending = match result {
        "ok" => Ending::Passed,
        "FAILED" => Ending::Failed(String::new()),
        _ if result == "ignored" || result.starts_with("ignored, ") => Ending::Skipped,
        _ => return None,
    };
    // `#[should_panic]` turns the harness's word around, so that word is worth nothing here.
    let (name, ending) = match name.strip_suffix(" - should panic") {
        Some(name) => (name, Ending::Skipped),
        None => (name, ending),
    };
    (!name.contains(' ')).then_some((name, ending))
}

/// The number in the last line, if nothing failed and nothing was left out.
fn all_passed(line: &str) -> Option<usize> {
    let rest = line.strip_prefix("test result: ok. ")?;
    let (passed, rest) = rest.split_once(" passed; ")?;
    rest.starts_with("0 failed; 0 ignored; ").then(|| passed.parse().ok())?
}

/// The end of what a failed test printed, which the harness repeats under a heading; without the frames below a panic.
fn printed_by(test: &str, output: &str) -> String {
    let Some((_, after)) = output.split_once(&format!("---- {test} stdout ----\n")) else {
        return String::new();
    };
    let after = after.trim_start();
    let end = [after.find("\n\n"), after.find("\n---- ")].into_iter().flatten().min().unwrap_or(after.len());
    let lines = after[..end].lines().take_while(|line| *line != "stack backtrace:");
    let lines: Vec<_> = lines.filter(|line| !line.starts_with("note: ")).collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}
