//! Takes faults and findings, gives a SARIF 2.1.0 log, as code hosts and editors read it.
//!
//! A fault is a result of the rule that its code names, a red or open constraint is a result of the rule that it is
//! itself. All results of a run stand together, sorted by place.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use constraints_wire::{self as wire, Entry, Report, Status, Witness};
use serde_json::{Value, json};

use super::plain::line;
use crate::model::{Code, Constraint, Model};

/// Characters of a value in a message.
const VALUE: usize = 200;

/// What a run has to say, as one log.
#[derive(Debug, Default)]
pub struct Log {
    rules: BTreeMap<String, Value>,
    results: Vec<(Place, String, Value)>,
}

type Place = (String, usize, usize);

impl Log {
    /// Adds the faults of declarations, in the form in which they leave the process.
    #[must_use]
    pub fn faults(mut self, faults: &[wire::Fault]) -> Self {
        for fault in faults {
            let explanation =
                Code::ALL.iter().find(|code| code.name() == fault.code).map(|it| it.explanation());
            let rule = json!({
                "id": fault.code,
                "shortDescription": { "text": explanation.unwrap_or(&fault.code) },
                "properties": { "tags": ["declaration"] },
            });
            let help = std::iter::once("").chain(fault.help.iter().map(String::as_str));
            let help = help.collect::<Vec<_>>().join("\nhelp: ");
            let label = if fault.at.text.is_empty() { String::new() } else { format!(": {}", fault.at.text) };
            let result = json!({
                "ruleId": fault.code,
                "level": match fault.severity {
                    wire::FaultSeverity::Error => "error",
                    wire::FaultSeverity::Warning => "warning",
                    wire::FaultSeverity::Note => "note",
                },
                "message": { "text": format!("{}{label}{help}", fault.message) },
                "locations": [of_label(&fault.at)],
                "relatedLocations": related(fault.labels.iter().map(of_label)),
            });
            self.add(place(&fault.at), &fault.code, rule, result);
        }
        self
    }

    /// Adds what is red, blocked or undecided after a run.
    #[must_use]
    pub fn report(mut self, report: &Report, model: &Model) -> Self {
        let declared: BTreeMap<&str, &Constraint> =
            model.constraints.iter().map(|(id, constraint)| (id.as_str(), constraint)).collect();
        for entry in report.constraints.iter().filter(|entry| entry.status != Status::Green) {
            let constraint = declared.get(entry.id.as_str()).copied();
            let declaration = location(
                &entry.declared.file,
                (entry.declared.line, entry.declared.column),
                None,
                "declared here",
            );
            let witness = entry.record.as_ref().and_then(|record| record.witness.as_ref());
            let code = witness.and_then(|witness| witness.place.as_ref()).or(entry.item.as_ref());
            let code = code.map(|it| (&it.file, it.line as usize, it.column as usize));
            let (first, related_to) = match code {
                Some((file, line, column)) => (location(file, (line, column), None, ""), vec![declaration]),
                None => (declaration, Vec::new()),
            };
            let at = code.map_or(
                (entry.declared.file.clone(), entry.declared.line, entry.declared.column),
                |(file, line, column)| (file.clone(), line, column),
            );
            // A level goes with a failure only; what nobody has seen fail is open.
            let is_red = matches!(entry.status, Status::Red | Status::Waived);
            let level = match entry.level.as_str() {
                _ if !is_red => "none",
                "warn" => "warning",
                "info" => "note",
                _ => "error",
            };
            let mut result = json!({
                "ruleId": entry.id,
                "kind": if is_red { "fail" } else { "open" },
                "level": level,
                "message": { "text": message(entry, witness) },
                "locations": [first],
                "relatedLocations": related(related_to.into_iter()),
                "partialFingerprints": { "constraint/v1": entry.id },
                "properties": { "kind": entry.kind, "replay": entry.replay, "blockedBy": entry.blocked_by },
            });
            if let Some(waiver) = entry.waiver.as_ref().filter(|_| entry.status == Status::Waived) {
                let reason = format!("{}, until {} by {}", waiver.reason, waiver.until, waiver.owner);
                result["suppressions"] =
                    json!([{ "kind": "external", "status": "accepted", "justification": reason }]);
            }
            self.add(at, &entry.id, rule(entry, constraint, model), result);
        }
        self
    }

    /// Adds files in `generated/` that are not what the declarations give, each with what is the matter.
    #[must_use]
    pub fn stale<'f>(mut self, files: impl IntoIterator<Item = (&'f str, &'f str)>, mend: &str) -> Self {
        for (path, change) in files {
            let rule = json!({
                "id": "stale",
                "shortDescription": { "text": "The files in generated/ are not what the declarations give." },
            });
            let result = json!({
                "ruleId": "stale",
                "level": "error",
                "message": { "text": format!("{path} is {change}; run `{mend}`") },
                "locations": [location(path, (1, 1), None, "")],
            });
            self.add((path.to_owned(), 1, 1), "stale", rule, result);
        }
        self
    }

    /// The log as JSON.
    pub fn json(mut self) -> Value {
        self.results.sort_by(|(a, first, _), (b, second, _)| (a, first).cmp(&(b, second)));
        let index: BTreeMap<&str, usize> = self.rules.keys().map(String::as_str).zip(0..).collect();
        let results: Vec<Value> = self
            .results
            .into_iter()
            .map(|(_, rule, mut result)| {
                result["ruleIndex"] = json!(index[rule.as_str()]);
                result
            })
            .collect();
        let rules: Vec<&Value> = self.rules.values().collect();
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "informationUri": env!("CARGO_PKG_REPOSITORY"),
                    "rules": rules,
                } },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        })
    }

    fn add(&mut self, place: Place, id: &str, rule: Value, result: Value) {
        self.rules.entry(id.to_owned()).or_insert(rule);
        self.results.push((place, id.to_owned(), result));
    }
}

/// One log with the runs of several packages, each named.
pub fn join_logs(logs: impl Iterator<Item = (Value, Value)>) -> Value {
    let mut joined = Log::default().json();
    let runs = logs.flat_map(|(package, mut log)| {
        let mut runs = log["runs"].as_array_mut().map(std::mem::take).unwrap_or_default();
        for run in &mut runs {
            let package = package.as_str().unwrap_or_default();
            run["automationDetails"] = json!({ "id": format!("{package}/") });
        }
        runs
    });
    joined["runs"] = runs.collect();
    joined
}

/// The constraint as a rule, with the tags of its own and of what it is there for.
fn rule(entry: &Entry, declared: Option<&Constraint>, model: &Model) -> Value {
    let mut tags = vec![entry.area.clone(), entry.kind.clone()];
    if let Some(constraint) = declared {
        let risks = constraint.answers.iter().filter_map(|id| Some(&model.risks.get(&id.value)?.tags));
        let goals = constraint.serves.iter().filter_map(|id| Some(&model.goals.get(&id.value)?.tags));
        let all = risks.chain(goals).chain([&constraint.tags]).flatten();
        tags.extend(all.map(|tag| tag_of(&tag.value)));
    }
    tags.sort_unstable();
    tags.dedup();
    json!({ "id": entry.id, "shortDescription": { "text": entry.says }, "properties": { "tags": tags } })
}

/// Code hosts know weaknesses by a tag of this form.
fn tag_of(tag: &str) -> String {
    match tag.strip_prefix("cwe:").or_else(|| tag.strip_prefix("CWE-")) {
        Some(number) => format!("external/cwe/cwe-{number}"),
        None => tag.to_owned(),
    }
}

/// What is required, what was seen, and the counterexample. Writing to a text cannot fail.
fn message(entry: &Entry, witness: Option<&Witness>) -> String {
    let mut text = format!("{}: {}", entry.id, line(&entry.says, VALUE));
    let because = entry.message.as_ref().filter(|_| entry.status != Status::Blocked);
    if let Some(message) = because {
        let _ = write!(text, "\n{}", line(message, VALUE));
    }
    if entry.status == Status::Blocked {
        let _ = write!(text, "\nnot judged while {} is red", entry.blocked_by.join(", "));
    }
    for shown in witness.iter().flat_map(|witness| &witness.values) {
        let _ = write!(text, "\n{} = {}", line(&shown.name, VALUE), line(&shown.text, VALUE));
    }
    if let Some(witness) = witness {
        let (expected, seen) = (line(&witness.expected, VALUE), line(&witness.seen, VALUE));
        let _ = write!(text, "\nexpected: {expected}\nseen: {seen}");
    }
    text
}

fn place(label: &wire::FaultLabel) -> Place {
    (label.file.clone(), label.line, label.column)
}

fn of_label(label: &wire::FaultLabel) -> Value {
    location(&label.file, (label.line, label.column), Some((label.end.line, label.end.column)), &label.text)
}

fn location(file: &str, (line, column): (usize, usize), end: Option<(usize, usize)>, text: &str) -> Value {
    let mut region = json!({ "startLine": line, "startColumn": column });
    if let Some((line, column)) = end {
        region["endLine"] = json!(line);
        region["endColumn"] = json!(column);
    }
    let artifact = json!({ "uri": uri(file), "uriBaseId": "%SRCROOT%" });
    let mut location = json!({ "physicalLocation": { "artifactLocation": artifact, "region": region } });
    if !text.is_empty() {
        location["message"] = json!({ "text": text });
    }
    location
}

fn related(locations: impl Iterator<Item = Value>) -> Vec<Value> {
    let number = |(at, mut location): (usize, Value)| {
        location["id"] = json!(at);
        location
    };
    (0..).zip(locations).map(number).collect()
}

/// A path as a relative reference: whatever has a meaning of its own there is written in hex.
fn uri(path: &str) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        if kept(byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
#[path = "sarif_tests.rs"]
mod tests;
