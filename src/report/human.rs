//! The report for a person at a terminal: goals with what serves them, then every red one, then the totals.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};

use anstyle::{AnsiColor, Style};
use constraints_wire::{
    CoverageEntry, Entry, GoalEntry, Location, Place, Report, RiskEntry, Status, WaiverEntry, Witness,
};

use super::plain::{line, plain, shorten};
use crate::model::Area;

/// Columns that are always there.
const WIDTH: usize = 100;
/// Beyond so many green constraints of one goal the rest is counted only.
const GREEN: usize = 50;
/// Values of a witness that are shown.
const VALUES: usize = 6;
/// Characters of one value.
const VALUE: usize = 400;
/// Characters of the name of a value.
const NAME: usize = 24;
/// Lines of the compiler's message.
const COMPILER: usize = 18;

/// Writes the report with styles; whoever prints it takes them out where they are not wanted.
pub fn human(report: &Report) -> String {
    let mut text = String::new();
    let entries: BTreeMap<&str, &Entry> =
        report.constraints.iter().map(|entry| (entry.id.as_str(), entry)).collect();
    for goal in &report.goals {
        goal_section(&mut text, goal, &entries);
    }
    let serves = |entry: &&Entry| report.goals.iter().any(|goal| goal.served_by.contains(&entry.id));
    let without: Vec<&Entry> = report.constraints.iter().filter(|entry| !serves(entry)).collect();
    if !without.is_empty() {
        if !report.goals.is_empty() {
            put(&mut text, format_args!("{BOLD}Without a goal{BOLD:#}\n"));
        }
        constraint_lines(&mut text, without);
    }
    risk_section(&mut text, &report.risks);
    // One mistake in shared Rust refuses many tests; its text is worth reading once.
    let mut compiler_said: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in in_order_of_repair(report) {
        let said = entry.compiler.as_deref().unwrap_or_default();
        let first = *compiler_said.entry(said).or_insert(&entry.id);
        red_section(&mut text, entry, Some(first).filter(|first| *first != entry.id));
    }
    if let Some(coverage) = report.coverage {
        coverage_line(&mut text, coverage);
    }
    totals(&mut text, report);
    text
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// A mark, a word and a colour: each says it alone.
pub fn look(status: Status) -> (&'static str, &'static str, Style) {
    let colour = |colour: AnsiColor| colour.on_default().bold();
    match status {
        Status::Green => ("✓", "green", colour(AnsiColor::Green)),
        Status::Red => ("✗", "red", colour(AnsiColor::Red)),
        Status::Blocked => ("⊘", "blocked", colour(AnsiColor::Magenta)),
        Status::Undecided => ("?", "undecided", colour(AnsiColor::Yellow)),
        Status::Waived => ("~", "waived", colour(AnsiColor::Cyan)),
    }
}

/// Writing to a text cannot fail.
fn put(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(arguments);
}

fn goal_section(text: &mut String, goal: &GoalEntry, entries: &BTreeMap<&str, &Entry>) {
    let (mark, word, style) = look(goal.status);
    let says = line(&goal.says, WIDTH - 12);
    put(text, format_args!("{style}{mark} {word:<9}{style:#} {BOLD}{says}{BOLD:#}\n"));
    let id = plain(&goal.id);
    put(text, format_args!("            {DIM}{id}{DIM:#}\n"));
    let serving: Vec<&Entry> =
        goal.served_by.iter().filter_map(|id| entries.get(id.as_str()).copied()).collect();
    let unknown = goal.served_by.len() - serving.len();
    constraint_lines(text, serving);
    if unknown > 0 {
        text.truncate(text.trim_end().len());
        put(text, format_args!("\n  and {unknown} not selected\n\n"));
    }
}

/// Red ones first, then by id.
fn constraint_lines(text: &mut String, mut entries: Vec<&Entry>) {
    let rank = |status| match status {
        Status::Red => 0,
        Status::Blocked => 1,
        Status::Undecided => 2,
        Status::Waived => 3,
        Status::Green => 4,
    };
    entries.sort_by_key(|entry| (rank(entry.status), &entry.id));
    let greens = entries.iter().filter(|entry| entry.status == Status::Green).count();
    let hidden = greens.saturating_sub(GREEN);
    entries.truncate(entries.len() - hidden);
    let longest = entries.iter().map(|entry| entry.id.chars().count()).max().unwrap_or(0).min(40);
    for entry in entries {
        constraint_line(text, entry, longest);
    }
    if hidden > 0 {
        put(text, format_args!("  and {hidden} more green\n"));
    }
    text.push('\n');
}

fn constraint_line(text: &mut String, entry: &Entry, longest: usize) {
    let (mark, word, style) = look(entry.status);
    let id = plain(&entry.id);
    let before = 14 + longest.max(id.chars().count()) + 2;
    let says = line(&entry.says, WIDTH.saturating_sub(before).max(20));
    put(text, format_args!("  {style}{mark} {word:<9}{style:#} {id:<longest$}  {says}\n"));
    let why = match entry.status {
        Status::Blocked => format!("waits for {}", entry.blocked_by.join(", ")),
        Status::Undecided => entry.message.clone().unwrap_or_default(),
        Status::Waived => entry.waiver.as_ref().map(waived).unwrap_or_default(),
        Status::Red | Status::Green => return,
    };
    let why = line(&why, WIDTH - 16);
    put(text, format_args!("              {DIM}{why}{DIM:#}\n"));
}

/// Until when, and how often that was put off.
fn waived(waiver: &WaiverEntry) -> String {
    let WaiverEntry { reason, owner, until, renewals, .. } = waiver;
    let renewed = match renewals {
        0 => String::new(),
        1 => ", renewed once".to_owned(),
        times => format!(", renewed {times} times"),
    };
    format!("until {until} by {owner}{renewed}: {reason}")
}

/// Each risk with where its answers stand.
fn risk_section(text: &mut String, risks: &[RiskEntry]) {
    if risks.is_empty() {
        return;
    }
    put(text, format_args!("{BOLD}Risks{BOLD:#}\n"));
    let longest = risks.iter().map(|risk| risk.id.chars().count()).max().unwrap_or(0).min(40);
    for risk in risks {
        let (mark, word, style) = risk.status.map_or(("!", "open", AnsiColor::Red.on_default().bold()), look);
        let id = plain(&risk.id);
        let before = 14 + longest.max(id.chars().count()) + 2;
        let says = line(&risk.says, WIDTH.saturating_sub(before).max(20));
        put(text, format_args!("  {style}{mark} {word:<9}{style:#} {id:<longest$}  {says}\n"));
        let rated = format!("likelihood {}, impact {}", risk.likelihood, risk.impact);
        let answers = match risk.answered_by.as_slice() {
            [] => "nothing answers it".to_owned(),
            ids => format!("answered by {}", ids.join(", ")),
        };
        let below = line(&format!("{answers} ({rated})"), WIDTH - 14);
        put(text, format_args!("{:14}{DIM}{below}{DIM:#}\n", ""));
    }
    text.push('\n');
}

/// By area as `next` would take them, then those that free most, then by id.
fn in_order_of_repair(report: &Report) -> Vec<&Entry> {
    let mut red: Vec<&Entry> =
        report.constraints.iter().filter(|entry| entry.status == Status::Red).collect();
    let area = |entry: &Entry| Area::ALL.iter().position(|area| area.name() == entry.area);
    red.sort_by_key(|entry| (area(entry), Reverse(entry.frees), &entry.id));
    red
}

/// `as_for` is the constraint for which the compiler said the same already.
fn red_section(text: &mut String, entry: &Entry, as_for: Option<&str>) {
    let (mark, word, style) = look(entry.status);
    let (id, kind, area, level) = (plain(&entry.id), &entry.kind, &entry.area, level(&entry.level));
    let frees = if entry.frees > 0 { format!(" · frees {}", entry.frees) } else { String::new() };
    put(
        text,
        format_args!("{style}{mark} {word} {id}{style:#} {DIM}· {kind} · {area} · {level}{frees}{DIM:#}\n"),
    );
    put(text, format_args!("  {BOLD}{}{BOLD:#}\n", shorten(&entry.says, VALUE)));
    if let Some(message) = &entry.message {
        put(text, format_args!("  {}\n", indented(&shorten(message, VALUE), 2)));
    }
    text.push('\n');
    let rows = rows(entry, as_for);
    let longest = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).min(NAME);
    for (name, value) in rows {
        let name = line(&name, NAME);
        put(text, format_args!("    {DIM}{name:<longest$}{DIM:#}  {}\n", indented(&value, longest + 6)));
    }
    text.push('\n');
}

/// What is known, name by name.
fn rows(entry: &Entry, as_for: Option<&str>) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let mut row = |name: &str, value: String| rows.push((name.to_owned(), value));
    let witness = entry.record.as_ref().and_then(|record| record.witness.as_ref());
    let compiler_says = entry.compiler.is_some();
    if let Some(witness) = witness.filter(|_| !compiler_says) {
        values(witness, &mut row);
        row("expected", shorten(&witness.expected, VALUE).into_owned());
        row("seen", shorten(&witness.seen, VALUE).into_owned());
        if let Some(at) = &witness.place {
            row("at", place(at));
        }
    }
    if let Some(compiler) = &entry.compiler {
        row(
            "compiler",
            as_for.map_or_else(
                || first_lines(&plain(compiler), COMPILER),
                |first| format!("the same as for {}", plain(first)),
            ),
        );
        if let Some(at) = &entry.compiler_at {
            row("leads to", location(at));
        }
    }
    let target = plain(&entry.target).into_owned();
    row("target", entry.item.as_ref().map_or(target.clone(), |item| format!("{target}, {}", place(item))));
    row("declared", location(&entry.declared));
    if let Some(waiver) = &entry.waiver {
        row("waiver", plain(&format!("is over; it was {}", waived(waiver))).into_owned());
    }
    row("again", entry.replay.clone());
    rows
}

fn values(witness: &Witness, row: &mut impl FnMut(&str, String)) {
    let values = witness.values.iter().chain(&witness.details);
    for shown in values.clone().take(VALUES) {
        row(&shown.name, shorten(&shown.text, VALUE).into_owned());
    }
    let more = values.count().saturating_sub(VALUES);
    if more > 0 {
        row("", format!("and {more} more values"));
    }
}

fn level(level: &str) -> &str {
    match level {
        "block" => "blocks merge",
        "warn" => "warns",
        other => other,
    }
}

fn place(Place { file, line, column }: &Place) -> String {
    format!("{}:{line}:{column}", plain(file))
}

fn location(Location { file, line, column }: &Location) -> String {
    format!("{}:{line}:{column}", plain(file))
}

/// The lines after the first one moved in by `by` columns; lines too long for the screen are folded.
fn indented(text: &str, by: usize) -> String {
    let folded: Vec<String> = text.trim_end().lines().flat_map(|line| fold(line, WIDTH - by)).collect();
    folded.join(&format!("\n{}", " ".repeat(by)))
}

/// Pieces of at most `width` characters, cut behind a space where there is one in the second half.
fn fold(line: &str, width: usize) -> Vec<String> {
    let characters: Vec<char> = line.chars().collect();
    let mut pieces = Vec::new();
    let mut rest = characters.as_slice();
    while rest.len() > width {
        let space = rest[..width].iter().rposition(|character| *character == ' ');
        let at = space.map_or(width, |at| at + 1);
        let (piece, after) = rest.split_at(if at > width / 2 { at } else { width });
        pieces.push(piece.iter().collect::<String>().trim_end().to_owned());
        rest = after;
    }
    pieces.push(rest.iter().collect());
    pieces
}

fn first_lines(text: &str, most: usize) -> String {
    let count = text.trim_end().lines().count();
    let mut first: String = text.lines().take(most).collect::<Vec<_>>().join("\n");
    if count > most {
        put(&mut first, format_args!("\n… {} more lines", count - most));
    }
    first
}

fn totals(text: &mut String, report: &Report) {
    let totals = report.totals;
    let counts = [
        (Status::Green, totals.green),
        (Status::Red, totals.red),
        (Status::Blocked, totals.blocked),
        (Status::Undecided, totals.undecided),
        (Status::Waived, totals.waived),
    ];
    let parts = counts.into_iter().filter(|(_, count)| *count > 0).map(|(status, count)| {
        let (_, word, style) = look(status);
        format!("{style}{count} {word}{style:#}")
    });
    let parts: Vec<String> = parts.collect();
    let all = report.constraints.len();
    let noun: &dyn Display = if all == 1 { &"constraint" } else { &"constraints" };
    let colon = if parts.is_empty() { "" } else { ": " };
    put(text, format_args!("{all} {noun}{colon}{}\n", parts.join(", ")));
}

/// How much of the crate is named by a constraint.
fn coverage_line(text: &mut String, CoverageEntry { functions, named }: CoverageEntry) {
    let others = if named < functions { "; see `list --uncovered`" } else { "" };
    put(
        text,
        format_args!(
            "named by a constraint: {named} of {functions} functions that a test could call{others}\n"
        ),
    );
}
