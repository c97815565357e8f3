//! The one thing to do now, small enough to be read whole by anyone.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use constraints_wire::{Entry, FORMAT, Next, RedReason, Report, Status};

use super::plain::{line, plain, shorten};
use crate::graph::ConstraintGraph;
use crate::model::Id;

/// Characters of the whole text: about 400 tokens.
const WHOLE: usize = 1600;
/// Lengths of a single part that are tried, the longest first.
const PARTS: [usize; 7] = [320, 240, 180, 130, 90, 50, 24];
/// Values of a witness that are shown.
const VALUES: usize = 4;

/// Chooses: the red one that waits for no other, of the most urgent area, that most others wait for;
/// when nothing is red, the first that could not be decided.
pub fn next(report: &Report, graph: &ConstraintGraph) -> Next {
    let with = |status: Status| report.constraints.iter().filter(move |entry| entry.status == status);
    let is = |id: &Id, entry: &Entry| entry.id == id.as_str();
    let order = graph.order();
    let ids = |status| -> BTreeSet<Id> {
        let entries: BTreeSet<&str> = with(status).map(|entry| entry.id.as_str()).collect();
        order.iter().filter(|id| entries.contains(id.as_str())).cloned().collect()
    };
    let (red, undecided) = (ids(Status::Red), ids(Status::Undecided));
    let first = graph.standing(&red).frontier.into_iter().next();
    let first = first.or_else(|| order.iter().find(|id| undecided.contains(id)).cloned());
    let constraint = first.and_then(|id| report.constraints.iter().find(|entry| is(&id, entry)).cloned());
    let serves = |entry: &Entry| {
        let goals = report.goals.iter().filter(|goal| goal.served_by.contains(&entry.id));
        goals.map(|goal| goal.says.clone()).collect()
    };
    Next {
        format: FORMAT,
        open: red.len() + undecided.len(),
        why: constraint.as_ref().map(serves).unwrap_or_default(),
        constraint,
        protected: vec!["constraints/".to_owned(), "generated/".to_owned()],
    }
}

/// Writes it for people and agents; parts are shortened until the whole is short enough.
pub fn next_human(next: &Next) -> String {
    let Some(entry) = &next.constraint else { return nothing(next) };
    let mut text = String::new();
    for part in PARTS {
        text = write(next, entry, part);
        if text.chars().count() <= WHOLE {
            break;
        }
    }
    text
}

/// What becomes of others when it is mended.
fn frees(count: usize) -> String {
    let waiting = if count == 1 { "constraint that waits" } else { "constraints that wait" };
    format!("{count} {waiting} for nothing else")
}

fn nothing(next: &Next) -> String {
    match next.open {
        0 => "Nothing is red: there is nothing to do.\n".to_owned(),
        open => format!("{open} constraints are open, and none can be named.\n"),
    }
}

fn write(next: &Next, entry: &Entry, part: usize) -> String {
    let mut text = String::new();
    let mut put = |name: &str, value: &str| {
        let value = value.replace('\n', "\n  ");
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{name}: {value}");
    };
    let status = if entry.status == Status::Undecided { "undecided" } else { "red" };
    put(status, &format!("{} ({}, {}, {})", plain(&entry.id), entry.kind, entry.area, entry.level));
    put("must hold", &line(&entry.says, part));
    if let Some(why) = next.why.first() {
        put("why", &line(why, part));
    }
    if entry.frees > 0 {
        put("frees", &frees(entry.frees));
    }
    if let Some(message) = &entry.message {
        put("because", &line(message, part));
    }
    match (&entry.compiler, &entry.record) {
        (Some(compiler), _) => put("compiler", &shorten(compiler.trim_end(), part * 2)),
        (None, record) => {
            if let Some(witness) = record.as_ref().and_then(|record| record.witness.as_ref()) {
                for shown in witness.values.iter().chain(&witness.details).take(VALUES) {
                    put(&format!("  {}", line(&shown.name, 40)), &shorten(&shown.text, part));
                }
                put("expected", &line(&witness.expected, part));
                put("seen", &line(&witness.seen, part));
                if let Some(at) = &witness.place {
                    put("at", &format!("{}:{}:{}", line(&at.file, 120), at.line, at.column));
                }
            }
        }
    }
    put("code", &code(entry));
    let at = entry.compiler_at.as_ref().unwrap_or(&entry.declared);
    put("declared", &format!("{}:{}:{}", line(&at.file, 120), at.line, at.column));
    put("again", &entry.replay);
    let open = next.open.saturating_sub(1);
    put("do not edit", &format!("{} ({})", next.protected.join(", "), way_out(entry)));
    if open > 0 {
        put("after that", &format!("{open} more, one at a time: cargo constraints next"));
    }
    text
}

/// What to do instead of editing what is protected.
fn way_out(entry: &Entry) -> &'static str {
    match entry.reason {
        Some(RedReason::DoesNotCompile) => "if the mistake is in there, stop and tell who declared it",
        _ => "the requirement stays; change the code",
    }
}

/// The place to change, as far as it is known.
fn code(entry: &Entry) -> String {
    let target = line(&entry.target, 120);
    match (&entry.item, entry.reason) {
        (Some(item), _) => format!("{target} at {}:{}:{}", line(&item.file, 120), item.line, item.column),
        (None, Some(RedReason::MissingTarget)) => format!("{target} is to be written"),
        (None, _) => target,
    }
}
