use constraints_wire::{FORMAT, Outcome, Record, RedReason, Tally, Witness};

use crate::record::conclude;

/// Always red: the item the constraint is about does not exist when the test is generated.
///
/// # Panics
/// Always.
pub fn missing_target(id: &str, kind: &str, target: &str, nearest: &[&str]) {
    let seen = match nearest {
        [] => "there is no such item".to_string(),
        names => format!("there is no such item; the nearest are {}", names.join(", ")),
    };
    conclude(&Record {
        format: FORMAT,
        id: id.to_string(),
        kind: kind.to_string(),
        outcome: Outcome::Violated(RedReason::MissingTarget),
        tally: Tally::default(),
        seed: 0,
        witness: Some(Witness { expected: format!("an item `{target}`"), seen, ..Witness::default() }),
        millis: 0,
        millis_to_red: Some(0),
        notes: Vec::new(),
    });
}
