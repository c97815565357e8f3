//! What a test leaves behind: a line for the tool, and a message for the person who ran plain `cargo test`.

#![expect(
    clippy::disallowed_methods,
    reason = "the record is appended to the file that whoever runs the tests names"
)]

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;

use constraints_wire::{Outcome, RECORDS_VARIABLE, Record, UndecidedReason};

/// Writes the record, and panics unless the constraint holds.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub(crate) fn conclude(record: &Record) {
    append(record);
    assert!(record.outcome == Outcome::Holds, "{}", message(record));
}

/// One line, written at once, so that tests that end together do not mix.
fn append(record: &Record) {
    let Some(path) = std::env::var_os(RECORDS_VARIABLE) else { return };
    let line = serde_json::to_string(record).map(|text| text + "\n");
    let written = line.map_err(std::io::Error::other).and_then(|line| {
        OpenOptions::new().append(true).create(true).open(&path)?.write_all(line.as_bytes())
    });
    if let Err(error) = written {
        panic!("{}: the record could not be written to {}: {error}", record.id, path.display());
    }
}

fn message(record: &Record) -> String {
    let mut text = format!("{} is ", record.id);
    match &record.outcome {
        Outcome::Holds => text.push_str("green"),
        Outcome::Violated(_) => text.push_str("red"),
        Outcome::Undecided(UndecidedReason::TooManyRejected) => {
            let _ = write!(
                text,
                "undecided: only {} of {} inputs reached the statement",
                record.tally.accepted,
                record.tally.accepted + record.tally.rejected
            );
        }
        Outcome::Undecided(UndecidedReason::OutOfTime) => {
            let _ =
                write!(text, "undecided: only {} cases in {} s", record.tally.executed, record.millis / 1000);
        }
        Outcome::Undecided(UndecidedReason::NotMeasured) => {
            text.push_str("undecided: it could not be measured");
        }
        Outcome::Undecided(UndecidedReason::NotRun) => text.push_str("undecided: it was not run"),
    }
    if let Some(witness) = &record.witness {
        for value in &witness.values {
            let _ = write!(text, "\n  {} = {}", value.name, value.text);
        }
        let _ = write!(text, "\n  expected: {}\n  seen:     {}", witness.expected, witness.seen);
        for value in &witness.details {
            let _ = write!(text, "\n    {} = {}", value.name, value.text);
        }
        if let Some(place) = &witness.place {
            let _ = write!(text, "\n  at {}:{}:{}", place.file, place.line, place.column);
        }
    }
    for note in &record.notes {
        let _ = write!(text, "\n  note: {note}");
    }
    text
}
