//! Declarations and events in, text out.

mod looks;
mod order;
mod rules;
mod together;
mod waived;

use constraints_wire::{FORMAT, Location, Outcome, Place, Record, RedReason, Report, Shown, Tally, Witness};

use super::{judge, roll};
use crate::graph::ConstraintGraph;
use crate::kinds::{self, Body, OracleCall};
use crate::model::{self, Date, Id, Model, Sources};
use crate::plan::{Case, Plan, Test};
use crate::run::{Ending, Event, Options, Refusal};

/// A graph with something of everything.
const DECLARED: &str = r#"
[goal.safe_links]
says = "A shared link leads only where its author pointed it"
area = "security"

[goal.always_up]
says = "Nothing a visitor sends brings the service down"
area = "stability"

[constraint.parse_total]
says = "Nothing a visitor types makes the parser panic"
kind = "no_panic"
target = "crate::link::parse"
serves = "always_up"

[constraint.same_host]
says = "A rendered link keeps the host its author typed"
kind = "law"
target = "crate::link::render"
serves = "safe_links"
after = "parse_total"
then = "crate::host(&result) == crate::host(&text)"

[constraint.normal_form]
says = "The normal form is its own normal form"
kind = "idempotent"
target = "crate::link::normalise"
serves = ["safe_links", "always_up"]

[constraint.shorter]
says = "A short link is short"
kind = "law"
target = "crate::link::shorten"
level = "warn"
then = "result.len() <= 20"

[constraint.missing]
says = "Old links still lead somewhere"
kind = "no_panic"
target = "crate::missing"
serves = "safe_links"
"#;

/// Declarations and all that is made of them before a run; targets called `crate::missing` are missing.
struct Declared {
    sources: Sources,
    model: Model,
    graph: ConstraintGraph,
    plan: Plan,
}

fn declared(text: &str) -> Declared {
    let mut sources = Sources::default();
    let file = sources.add("constraints/links.toml", text);
    let (model, faults) = model::read(&sources, &[("links".to_owned(), file)], &kinds::about_all());
    assert!(!faults.refuse(), "{faults:?}");
    let (graph, _) = ConstraintGraph::build(&model);
    let case = |constraint: &model::Constraint| Case {
        id: constraint.id.value.clone(),
        kind: constraint.kind.value.id,
        says: constraint.says.value.clone(),
        area: graph.area(&constraint.id.value),
        level: graph.level(&constraint.id.value),
        target: constraint.target.value.clone(),

        place: crate::resolve::Place::Beside,
        test: if constraint.target.value == "crate::missing" {
            Test::MissingTarget { nearest: vec!["crate::link::missed".to_owned()] }
        } else {
            Test::Oracle(OracleCall { oracle: "law", body: Body::Cases(Vec::new()) })
        },
        defined: None,
        at_least: 100,
        effort: model::Effort::default(),
        waits: None,
    };
    let plan = Plan { cases: model.constraints.values().map(case).collect() };
    Declared { sources, model, graph, plan }
}

impl Declared {
    fn report(&self, events: &[Event], options: &Options) -> Report {
        judge(&self.plan, &self.model, &self.graph, &self.sources, events, options, today())
    }
}

fn today() -> Date {
    Date::new(2026, 6, 15)
}

fn options() -> Options {
    Options {
        cargo: "cargo".into(),
        seed: None,
        cases: None,
        budget: None,
        threads: None,
        selected: None,
        compile_only: false,
        wrapper: None,
        patience: Options::PATIENCE,
    }
}

fn id(name: &str) -> Id {
    Id::new("links", name)
}

/// A record of 100 cases.
fn record(name: &str, outcome: Outcome) -> Record {
    Record {
        format: FORMAT,
        id: format!("links.{name}"),
        kind: "law".to_owned(),
        outcome,
        tally: Tally { executed: 100, accepted: 100, rejected: 0, slow: 0 },
        seed: 7,
        witness: None,
        millis: 12,
        millis_to_red: None,
        notes: Vec::new(),
    }
}

fn recorded(record: Record) -> Event {
    Event::Recorded(Box::new(record))
}

fn ended(name: &str, ending: Ending) -> Event {
    Event::Ended { id: id(name), ending }
}

fn passed(name: &str) -> [Event; 2] {
    [recorded(record(name, Outcome::Holds)), ended(name, Ending::Passed)]
}

fn failed(name: &str, witness: Witness) -> [Event; 2] {
    let outcome = Outcome::Violated(RedReason::Violated);
    let record = Record { witness: Some(witness), ..record(name, outcome) };
    [recorded(record), ended(name, Ending::Failed(String::new()))]
}

fn refused(name: &str) -> Event {
    Event::Refused(Box::new(Refusal {
        id: id(name),
        message: "no method named `lenght` found for type `str`".to_owned(),
        rendered: "error[E0599]: no method named `lenght` found\n --> generated/links.rs:9:20\n  |\n9 |     result.lenght()\n  |            ^^^^^^\n".to_owned(),
        at: Some(Location { file: "constraints/links.toml".to_owned(), line: 31, column: 16 }),
    }))
}

/// A case that a person understands.
fn witness() -> Witness {
    let shown = |name: &str, text: &str| Shown { name: name.to_owned(), text: text.to_owned() };
    Witness {
        values: vec![shown("text", "\"aaaaaa€\"")],
        expected: "an answer, whatever is passed in".to_owned(),
        seen: "panicked: end byte index 8 is not a char boundary; it is inside '€' (bytes 6..9) of `aaaaaa€`"
            .to_owned(),
        details: vec![shown("result", "\u{1b}[2J\u{202e}txt")],
        place: Some(Place { file: "src/link.rs".to_owned(), line: 14, column: 44 }),
    }
}

/// One of each status.
fn something_of_everything() -> Vec<Event> {
    let mut events = Vec::from(failed("parse_total", witness()));
    events.extend(passed("same_host"));
    events.extend(passed("normal_form"));
    events.push(refused("shorter"));
    events.push(ended("missing", Ending::Failed(String::new())));
    events
}
