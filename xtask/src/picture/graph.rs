//! Goals on the left, what serves them in the middle, what waits for that on the right.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use constraints_wire::{Entry, GoalEntry, Report, Status};

use super::svg::{head, rectangle, text};

const ROW: usize = 34;
const HEIGHT: usize = 26;
const TOP: usize = 46;
const GOAL: usize = 330;
const MIDDLE: usize = 410;
const RIGHT: usize = 710;
const BOX: usize = 220;
const WIDTH: usize = RIGHT + BOX + 20;

/// A constraint with its place.
struct Placed<'a> {
    entry: &'a Entry,
    x: usize,
    y: usize,
}

/// The graph with the colours of the verdict; `after` are the prerequisites of each constraint.
pub(super) fn picture(report: &Report, after: &BTreeMap<String, Vec<String>>) -> String {
    let (placed, goals, rows) = places(report, after);
    let height = TOP + rows * ROW + 34;
    let mut picture = head(WIDTH, height, "The constraints of the example and their verdict");
    rectangle(&mut picture, [0, 0, WIDTH, height], "#ffffff", "#d0d7de");
    picture.push_str("<g font-family=\"Verdana, DejaVu Sans, sans-serif\" font-size=\"12\">\n");
    for (x, words) in [(20, "goals"), (MIDDLE, "constraints"), (RIGHT, "wait for what is red")] {
        text(&mut picture, x, 26, "fill=\"#57606a\"", words);
    }
    for (goal, y) in &goals {
        for id in &goal.served_by {
            // What waits hangs on its prerequisite; a line to its goal is needed only where that leads elsewhere.
            let led_to =
                |id: &String| after.get(id).into_iter().flatten().any(|it| goal.served_by.contains(it));
            if let Some(to) = placed.get(id.as_str()).filter(|_| !led_to(id)) {
                line(&mut picture, (20 + GOAL, *y), to, "#d0d7de", "");
            }
        }
    }
    for to in placed.values() {
        for id in after.get(&to.entry.id).into_iter().flatten() {
            if let Some(from) = placed.get(id.as_str()) {
                let looks = "stroke-dasharray=\"4 3\" marker-end=\"url(#tip)\"";
                line(&mut picture, (from.x + BOX, from.y), to, "#57606a", looks);
            }
        }
    }
    picture.push_str(TIP);
    for (goal, y) in goals {
        goal_box(&mut picture, goal, y);
    }
    for place in placed.values() {
        constraint_box(&mut picture, place);
    }
    let totals = report.totals;
    let said = format!(
        "{} constraints: {} green, {} red, {} blocked",
        report.constraints.len(),
        totals.green,
        totals.red,
        totals.blocked
    );
    text(&mut picture, 20, height - 16, "font-weight=\"bold\" fill=\"#24292f\"", &said);
    picture.push_str("</g>\n</svg>\n");
    picture
}

const TIP: &str = "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" \
                   markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\" fill=\"#57606a\"/></marker></defs>\n";

type Places<'a> = (BTreeMap<&'a str, Placed<'a>>, Vec<(&'a GoalEntry, usize)>, usize);

/// One row for each constraint that waits for none, below each other by goal; those that wait stand beside.
fn places<'a>(report: &'a Report, after: &BTreeMap<String, Vec<String>>) -> Places<'a> {
    let entries: BTreeMap<&str, &Entry> =
        report.constraints.iter().map(|entry| (entry.id.as_str(), entry)).collect();
    let waits = |id: &str| after.get(id).is_some_and(|after| !after.is_empty());
    let mut placed: BTreeMap<&str, Placed<'_>> = BTreeMap::new();
    let mut goals = Vec::new();
    let mut row = 0;
    for goal in &report.goals {
        let first = row;
        for entry in goal.served_by.iter().filter_map(|id| entries.get(id.as_str())) {
            if !waits(&entry.id) && !placed.contains_key(entry.id.as_str()) {
                placed.insert(&entry.id, Placed { entry, x: MIDDLE, y: TOP + row * ROW + HEIGHT / 2 });
                row += 1;
            }
        }
        row = row.max(first + 1);
        goals.push((goal, TOP + (first + row - 1) * ROW / 2 + HEIGHT / 2));
    }
    let mut taken = BTreeSet::new();
    for entry in report.constraints.iter().filter(|entry| waits(&entry.id)) {
        let beside = after[&entry.id].iter().find_map(|id| placed.get(id.as_str())).map(|place| place.y);
        let mut y = beside.unwrap_or(TOP + HEIGHT / 2);
        while !taken.insert(y) {
            y += ROW;
        }
        placed.insert(&entry.id, Placed { entry, x: RIGHT, y });
    }
    (placed, goals, row)
}

/// Fill, stroke and mark of a status.
fn look(status: Status) -> (&'static str, &'static str, &'static str, &'static str) {
    match status {
        Status::Green => ("green", "#dafbe1", "#1a7f37", "✓"),
        Status::Red => ("red", "#ffebe9", "#cf222e", "✗"),
        Status::Blocked => ("blocked", "#fbefff", "#8250df", "⊘"),
        Status::Undecided => ("undecided", "#fff8c5", "#9a6700", "?"),
        Status::Waived => ("waived", "#ddf4ff", "#0969da", "~"),
    }
}

fn line(picture: &mut String, (x, y): (usize, usize), to: &Placed<'_>, colour: &str, looks: &str) {
    let (to_x, to_y) = (to.x, to.y);
    let half = usize::midpoint(x, to_x);
    let _ = writeln!(
        picture,
        "<path d=\"M{x} {y} C{half} {y} {half} {to_y} {to_x} {to_y}\" fill=\"none\" stroke=\"{colour}\" {looks}/>"
    );
}

fn goal_box(picture: &mut String, goal: &GoalEntry, y: usize) {
    let (_, fill, stroke, mark) = look(goal.status);
    rectangle(picture, [20, y - 22, GOAL, 44], fill, stroke);
    let (first, second) = halves(&goal.says);
    let at = if second.is_empty() { y + 5 } else { y - 4 };
    let bold = format!("fill=\"{stroke}\" font-weight=\"bold\"");
    text(picture, 30, y + 5, &bold, mark);
    text(picture, 50, at, "fill=\"#24292f\"", first);
    text(picture, 50, y + 12, "fill=\"#24292f\"", second);
}

/// A sentence on two lines.
fn halves(says: &str) -> (&str, &str) {
    if says.len() <= 42 {
        return (says, "");
    }
    let cut = says.char_indices().rfind(|(at, letter)| *letter == ' ' && *at <= 42);
    cut.map_or((says, ""), |(at, _)| (&says[..at], says[at..].trim_start()))
}

fn constraint_box(picture: &mut String, place: &Placed<'_>) {
    let (word, fill, stroke, mark) = look(place.entry.status);
    let _ = writeln!(picture, "<g class=\"{word}\">");
    rectangle(picture, [place.x, place.y - HEIGHT / 2, BOX, HEIGHT], fill, stroke);
    let bold = format!("fill=\"{stroke}\" font-weight=\"bold\"");
    text(picture, place.x + 10, place.y + 5, &bold, mark);
    text(picture, place.x + 30, place.y + 4, "fill=\"#24292f\"", &place.entry.id);
    picture.push_str("</g>\n");
}
