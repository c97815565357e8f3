use std::collections::BTreeMap;

use constraints_wire::{
    Entry, FORMAT, GoalEntry, Location, Outcome, Place, RedReason, Report, RiskEntry, SEED_VARIABLE, Status,
    Totals, UndecidedReason, WaiverEntry,
};

use super::roll::{self, Verdict};
use super::waive::waiver;
use crate::graph::{ConstraintGraph, Standing};
use crate::kinds::{self, Builds};
use crate::model::{Date, Id, Model, Sources, Span};
use crate::plan::{Case, Plan};
use crate::run::{Event, Options};

/// Maps what was heard during a run to the graph. The order of the events does not matter.
pub fn judge(
    plan: &Plan,
    model: &Model,
    graph: &ConstraintGraph,
    sources: &Sources,
    events: &[Event],
    options: &Options,
    today: Date,
) -> Report {
    let declared = Declared { model, sources, today };
    let selected = options.selected.as_deref();
    let mut verdicts =
        if options.compile_only { roll::compiled(plan, events) } else { roll::call(plan, events) };
    verdicts.retain(|id, _| selected.is_none_or(|selected| selected.contains(id)));
    let standing = standing(&verdicts, graph, declared);
    let entries = plan.cases.iter().filter_map(|case| {
        let verdict = verdicts.get(&case.id)?;
        Some(entry(case, verdict, &standing, declared, options))
    });
    let mut constraints: Vec<Entry> = entries.collect();
    constraints.sort_by(|a, b| a.id.cmp(&b.id));
    let statuses = constraints.iter().map(|entry| (entry.id.as_str(), entry.status)).collect();
    let (goals, risks) = (goals(model, graph, &statuses), risks(model, graph, &statuses));
    Report { format: FORMAT, totals: totals(&constraints), goals, risks, coverage: None, constraints }
}

/// The declarations and their texts.
#[derive(Clone, Copy)]
struct Declared<'a> {
    model: &'a Model,
    sources: &'a Sources,
    /// The day on which waivers have to cover what is red.
    today: Date,
}

impl Declared<'_> {
    fn waiver(self, id: &Id) -> Option<WaiverEntry> {
        waiver(&self.model.waivers, id, self.today)
    }
}

/// Where the graph stands. What is excused stops nobody: what waits for it is judged by itself.
fn standing(
    verdicts: &BTreeMap<&Id, Verdict<'_>>,
    graph: &ConstraintGraph,
    declared: Declared<'_>,
) -> Standing {
    let excused = |id: &Id| declared.waiver(id).is_some_and(|waiver| waiver.excuses);
    let is_red =
        |id: &Id, verdict: &Verdict<'_>| matches!(verdict.outcome, Outcome::Violated(_)) && !excused(id);
    let red = verdicts.iter().filter(|(id, verdict)| is_red(id, verdict)).map(|(id, _)| (*id).clone());
    graph.standing(&red.collect())
}

fn entry(
    case: &Case,
    verdict: &Verdict<'_>,
    standing: &Standing,
    declared: Declared<'_>,
    options: &Options,
) -> Entry {
    let blocked_by = standing.blocked_by.get(&case.id).map_or(&[][..], Vec::as_slice);
    let constraint =
        declared.model.constraints.get(&case.id).expect("every case of the plan was made from a constraint");
    let waiver = declared.waiver(&case.id).filter(|_| matches!(verdict.outcome, Outcome::Violated(_)));
    let status = match verdict.outcome {
        Outcome::Violated(_) if waiver.as_ref().is_some_and(|waiver| waiver.excuses) => Status::Waived,
        // What the compiler says does not hang on what the prerequisite does.
        Outcome::Violated(RedReason::DoesNotCompile) => Status::Red,
        _ if !blocked_by.is_empty() => Status::Blocked,
        Outcome::Holds => Status::Green,
        Outcome::Violated(_) => Status::Red,
        Outcome::Undecided(_) => Status::Undecided,
    };
    let reason = match verdict.outcome {
        Outcome::Violated(reason) => Some(reason),
        _ => None,
    };
    Entry {
        id: case.id.as_str().to_owned(),
        says: case.says.clone(),
        kind: case.kind.to_owned(),
        area: case.area.name().to_owned(),
        level: case.level.name().to_owned(),
        status,
        reason,
        message: message(case, verdict),
        blocked_by: blocked_by
            .iter()
            .filter(|_| status == Status::Blocked)
            .map(|id| id.as_str().to_owned())
            .collect(),
        frees: standing.frees.get(&case.id).copied().filter(|_| status == Status::Red).unwrap_or_default(),
        waiver,
        declared: location(declared.sources, constraint.id.span),
        target: case.target.clone(),
        item: case.defined.map(|span| place(declared.sources, span)),
        test: case.test_path(),
        replay: replay(case, options.seed),
        compiler: verdict.refusal.map(|refusal| refusal.rendered.clone()),
        compiler_at: verdict.refusal.and_then(|refusal| refusal.at.clone()),
        record: verdict.record.cloned(),
    }
}

/// Why it does not hold, in one sentence; the kind knows best how to say what a case showed.
fn message(case: &Case, verdict: &Verdict<'_>) -> Option<String> {
    let witness = verdict.record.and_then(|record| record.witness.as_ref());
    let because = verdict.because.clone();
    // A kind says what contradicts its statement; where no answer came there is nothing to contradict it.
    let no_answer = matches!(verdict.outcome, Outcome::Violated(RedReason::Crashed | RedReason::TimedOut));
    let said = || {
        let witness = witness?;
        let kind = kinds::find(case.kind)?;
        Some(if no_answer { kinds::on_values(&witness.seen, witness) } else { kind.message(witness) })
    };
    Some(match &verdict.outcome {
        Outcome::Holds => return None,
        Outcome::Violated(RedReason::DoesNotCompile) => {
            format!("the generated test does not compile: {}", because.unwrap_or_default())
        }
        Outcome::Violated(reason) => because.or_else(said).unwrap_or_else(|| sentence(*reason).to_owned()),
        Outcome::Undecided(UndecidedReason::TooManyRejected) => rejected(verdict),
        Outcome::Undecided(UndecidedReason::OutOfTime) => {
            "the time was over before enough cases were executed".to_owned()
        }
        Outcome::Undecided(UndecidedReason::NotMeasured) => verdict
            .record
            .and_then(|record| record.notes.first().cloned())
            .unwrap_or_else(|| "it could not be measured".to_owned()),
        Outcome::Undecided(UndecidedReason::NotRun) => "the test compiles and was not run".to_owned(),
    })
}

/// What a reason means when nothing more is known.
fn sentence(reason: RedReason) -> &'static str {
    match reason {
        RedReason::Violated => "a case contradicts the statement",
        RedReason::Crashed => "the code under test ended the process",
        RedReason::TimedOut => "the code under test did not come back",
        RedReason::MissingTarget => "the target does not exist",
        RedReason::DoesNotCompile => "the generated test does not compile",
        RedReason::Vacuous => "nothing that was tried reached the statement",
        RedReason::NoRecord => "the test left no record",
    }
}

fn rejected(verdict: &Verdict<'_>) -> String {
    let tally = verdict.record.map(|record| record.tally).unwrap_or_default();
    format!(
        "{} inputs were refused by the precondition and only {} were accepted",
        tally.rejected, tally.accepted
    )
}

fn location(sources: &Sources, span: Span) -> Location {
    let position = sources.position(span);
    Location { file: sources.file(span.file).path.clone(), line: position.line, column: position.column }
}

fn place(sources: &Sources, span: Span) -> Place {
    let Location { file, line, column } = location(sources, span);
    let small = |number| u32::try_from(number).unwrap_or(u32::MAX);
    Place { file, line: small(line), column: small(column) }
}

/// Witnesses are kept and replayed first, so the plain test shows the same case again.
fn replay(case: &Case, seed: Option<u64>) -> String {
    let seed = seed.map(|seed| format!("{SEED_VARIABLE}={seed} ")).unwrap_or_default();
    // Inside the crate the name alone leads to the test, in whatever target it is.
    let target = if case.place.is_beside() { "--test constraints " } else { "" };
    // As it will be in use.
    let release = if case.builds() == Builds::Optimized { "--release " } else { "" };
    format!("{seed}cargo test {release}{target}-- --exact {}", case.test_path())
}

/// The constraints of this report, with where each stands.
type Statuses<'e> = BTreeMap<&'e str, Status>;

fn goals(model: &Model, graph: &ConstraintGraph, statuses: &Statuses<'_>) -> Vec<GoalEntry> {
    let goals = model.goals.values().filter_map(|goal| {
        let (served_by, status) = rolled_up(&graph.served_by(&goal.id.value), statuses)?;
        Some(GoalEntry {
            id: goal.id.value.as_str().to_owned(),
            says: goal.says.value.clone(),
            status: status.unwrap_or(Status::Undecided),
            served_by,
        })
    });
    goals.collect()
}

fn risks(model: &Model, graph: &ConstraintGraph, statuses: &Statuses<'_>) -> Vec<RiskEntry> {
    let risks = model.risks.values().filter_map(|risk| {
        let (answered_by, status) = rolled_up(&graph.answered_by(&risk.id.value), statuses)?;
        Some(RiskEntry {
            id: risk.id.value.as_str().to_owned(),
            says: risk.says.value.clone(),
            likelihood: risk.likelihood.value.name().to_owned(),
            impact: risk.impact.value.name().to_owned(),
            status,
            answered_by,
        })
    });
    risks.collect()
}

/// What is there for a goal or a risk, and where all of that stands together; nothing where none of it was selected,
/// for then it is not part of this report.
fn rolled_up(ids: &[Id], statuses: &Statuses<'_>) -> Option<(Vec<String>, Option<Status>)> {
    let known: Vec<Status> = ids.iter().filter_map(|id| statuses.get(id.as_str()).copied()).collect();
    let is_part = !known.is_empty() || ids.is_empty();
    let names = || ids.iter().map(|id| id.as_str().to_owned()).collect();
    is_part.then(|| (names(), (!ids.is_empty()).then(|| roll_up(&known, ids.len()))))
}

/// Green only when all of so many are known to be green.
fn roll_up(known: &[Status], of: usize) -> Status {
    let any = |status| known.contains(&status);
    if any(Status::Red) {
        Status::Red
    } else if any(Status::Blocked) {
        Status::Blocked
    } else if any(Status::Undecided) || known.len() < of {
        Status::Undecided
    } else if any(Status::Waived) {
        Status::Waived
    } else {
        Status::Green
    }
}

fn totals(constraints: &[Entry]) -> Totals {
    let count = |status| constraints.iter().filter(|entry| entry.status == status).count();
    Totals {
        green: count(Status::Green),
        red: count(Status::Red),
        blocked: count(Status::Blocked),
        undecided: count(Status::Undecided),
        waived: count(Status::Waived),
    }
}
