//! Takes what a look at the package found, gives the record and the verdict.
//!
//! What statements about sources and evidence have in common; it never looks at anything itself, and having looked
//! at nothing is never green.

#![expect(clippy::disallowed_methods, reason = "Cargo tells a test where its package is")]

use std::path::PathBuf;
use std::time::Instant;

#[cfg(feature = "source")]
use constraints_wire::RedReason;
use constraints_wire::{FORMAT, Outcome, Place, Record, Shown, Tally, Witness};

use crate::record::conclude;

/// How many findings a witness shows.
const SHOWN: usize = 20;

/// One thing that speaks against the constraint.
#[derive(Debug)]
pub(crate) struct Finding {
    /// What is there, or lacking, as a fragment.
    pub(crate) what: String,
    /// Where, if it is anywhere.
    pub(crate) place: Option<Place>,
}

/// A look at the package.
pub(crate) struct Look<'a> {
    pub(crate) id: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) started: Instant,
    /// What the constraint asks for, in a few words.
    pub(crate) expected: &'a str,
}

impl Look<'_> {
    /// Where the package is.
    pub(crate) fn root(&self) -> PathBuf {
        let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        root.unwrap_or_else(|| {
            panic!("{}: CARGO_MANIFEST_DIR is not set; run the tests through cargo", self.id)
        })
    }

    /// Green if `looked_at` things were looked at and nothing was found.
    ///
    /// # Panics
    /// If the constraint does not hold: that is how a test fails.
    #[cfg(feature = "source")]
    pub(crate) fn conclude(&self, looked_at: u64, findings: &[Finding], notes: Vec<String>) {
        let outcome = match (findings.is_empty(), looked_at) {
            (false, _) => Outcome::Violated(RedReason::Violated),
            (true, 0) => Outcome::Violated(RedReason::Vacuous),
            (true, _) => Outcome::Holds,
        };
        let nothing = || Witness {
            expected: self.expected.to_string(),
            seen: "nothing was there to look at".to_string(),
            ..Witness::default()
        };
        let witness = match outcome {
            Outcome::Violated(RedReason::Vacuous) => Some(nothing()),
            _ => witness(self.expected, findings),
        };
        self.leave(outcome, looked_at.max(findings.len() as u64), witness, notes);
    }

    /// Appends the record, and panics unless the constraint holds.
    pub(crate) fn leave(
        &self,
        outcome: Outcome,
        looked_at: u64,
        witness: Option<Witness>,
        notes: Vec<String>,
    ) {
        let millis = self.started.elapsed().as_millis() as u64;
        let is_red = matches!(outcome, Outcome::Violated(_));
        conclude(&Record {
            format: FORMAT,
            id: self.id.to_string(),
            kind: self.kind.to_string(),
            outcome,
            tally: Tally { executed: looked_at, accepted: looked_at, ..Tally::default() },
            seed: 0,
            witness,
            millis,
            millis_to_red: is_red.then_some(millis),
            notes,
        });
    }
}

/// The first finding, and the others as its details.
pub(crate) fn witness(expected: &str, findings: &[Finding]) -> Option<Witness> {
    let first = findings.first()?;
    let at = first.place.as_ref().map(|place| format!(" at {}:{}", place.file, place.line));
    let seen = format!("{}{}", first.what, at.unwrap_or_default());
    let details = findings.iter().take(SHOWN).map(|finding| Shown {
        name: "found".to_string(),
        text: match &finding.place {
            Some(place) => format!("{}:{}:{}: {}", place.file, place.line, place.column, finding.what),
            None => finding.what.clone(),
        },
    });
    Some(Witness {
        values: Vec::new(),
        expected: expected.to_string(),
        seen: match findings.len() - 1 {
            0 => seen,
            more => format!("{seen}, and {more} more"),
        },
        // A single one is told whole by what was seen.
        details: if findings.len() > 1 { details.collect() } else { Vec::new() },
        place: first.place.clone(),
    })
}
