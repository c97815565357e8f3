//! Takes faults of the user, gives them as rustc shows errors, and as data.
//!
//! It decides nothing: which faults there are, and what they weigh, comes from the stages.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use constraints_wire as wire;

use super::plain::{plain, steers};
use crate::model::{Fault, FileId, Label, Severity, Sources, Span};

/// All faults as text for people, in the order given, with a last line that counts them; empty without faults.
pub fn human(faults: &[Fault], sources: &Sources, color: bool) -> String {
    if faults.is_empty() {
        return String::new();
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let files = Files::new(sources);
    let mut text = String::new();
    for fault in faults {
        let fault = worded(fault);
        let shown = renderer.render(&[group(&fault, &files)]);
        // The renderer takes out what steers a terminal in the sources as far as it knows it; styles are its own.
        let harmful = |character| character != '\u{1b}' && steers(character);
        text.push_str(&shown.trim_end().replace(harmful, "\u{fffd}"));
        text.push_str("\n\n");
    }
    text.push_str(&summary(faults));
    text.push('\n');
    text
}

/// All faults as data for machines: the `Faults` of the wire format, in the order given.
///
/// # Panics
/// Never: plain data can always be written as JSON.
pub fn json(faults: &[Fault], sources: &Sources) -> serde_json::Value {
    serde_json::to_value(data(faults, sources)).expect("plain data can always be written as JSON")
}

/// All faults as they leave the process, in the order given.
pub fn data(faults: &[Fault], sources: &Sources) -> wire::Faults {
    let files = Files::new(sources);
    let faults = faults.iter().map(|fault| convert(fault, &files)).collect();
    wire::Faults { format: wire::FORMAT, faults }
}

/// The fault with words that are fit for a terminal: they may quote any text, and the renderer trusts some of them.
fn worded(fault: &Fault) -> Fault {
    let label = |label: &Label| Label { span: label.span, text: plain(&label.text).into_owned() };
    Fault {
        code: fault.code,
        severity: fault.severity,
        message: plain(&fault.message).into_owned(),
        at: label(&fault.at),
        also: fault.also.iter().map(label).collect(),
        help: fault.help.iter().map(|help| plain(help).into_owned()).collect(),
    }
}

fn group<'a>(fault: &'a Fault, files: &'a Files<'_>) -> Group<'a> {
    let title = match fault.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = title.primary_title(fault.message.as_str()).id(fault.code.name());
    let mut by_file: BTreeMap<FileId, Vec<(AnnotationKind, &Label)>> = BTreeMap::new();
    for label in &fault.also {
        by_file.entry(label.span.file).or_default().push((AnnotationKind::Context, label));
    }
    by_file.entry(fault.at.span.file).or_default().insert(0, (AnnotationKind::Primary, &fault.at));
    // The file to mend comes first; the others follow in their own order.
    let first = by_file.remove_entry(&fault.at.span.file);
    let parts = first.into_iter().chain(by_file).flat_map(|(file, labels)| {
        clusters(&files.lines(file), labels).into_iter().map(move |cluster| snippet(files, file, &cluster))
    });
    let group = parts.fold(Group::with_title(title), Group::element);
    group.elements(fault.help.iter().map(|help| Level::HELP.message(help.as_str())))
}

/// Labels of a file that are so many lines apart are shown apart, so that no fault costs as much as what lies between.
const FAR: usize = 1_000;

/// Labels of one file by where they stand, those with the place to mend first.
fn clusters<'f>(
    lines: &Lines<'_>,
    labels: Vec<(AnnotationKind, &'f Label)>,
) -> Vec<Vec<(AnnotationKind, &'f Label)>> {
    let line = |label: &Label| lines.number(label.span.start);
    let mut all: Vec<usize> = labels.iter().map(|(_, label)| line(label)).collect();
    all.sort_unstable();
    let far = all.windows(2).filter(|pair| pair[1] - pair[0] > FAR).map(|pair| pair[1]);
    let borders: Vec<usize> = far.collect();
    let mut clusters: Vec<Vec<(AnnotationKind, &Label)>> = vec![Vec::new(); borders.len() + 1];
    for (kind, label) in labels {
        clusters[borders.partition_point(|border| *border <= line(label))].push((kind, label));
    }
    clusters.sort_by_key(|labels| !labels.iter().any(|(kind, _)| matches!(kind, AnnotationKind::Primary)));
    clusters
}

/// The lines from the first label to the last one; the renderer folds what lies between.
///
/// Only these are handed over, so that the cost of a fault does not grow with its file.
fn snippet<'a>(
    files: &'a Files<'_>,
    file: FileId,
    labels: &[(AnnotationKind, &'a Label)],
) -> Snippet<'a, Annotation<'a>> {
    let spans = || labels.iter().map(|(_, label)| label.span);
    let start = spans().map(|span| span.start).min().unwrap_or_default();
    let end = spans().map(|span| span.end).max().unwrap_or_default();
    let lines = files.lines(file);
    let first = lines.number(start);
    let window = lines.start(first)..lines.end(lines.number(end));
    let annotations = labels.iter().map(|(kind, label)| {
        let text = (!label.text.is_empty()).then_some(label.text.as_str());
        kind.span(label.span.start - window.start..label.span.end - window.start).label(text)
    });
    Snippet::source(&lines.text[window.clone()])
        .line_start(first + 1)
        .path(lines.path)
        .annotations(annotations)
}

fn summary(faults: &[Fault]) -> String {
    let count = |severity, one: &str| {
        let count = faults.iter().filter(|fault| fault.severity == severity).count();
        (count > 0).then(|| format!("{count} {one}{}", if count == 1 { "" } else { "s" }))
    };
    let errors = count(Severity::Error, "error");
    let refused = if errors.is_some() { "; nothing was generated" } else { "" };
    let counts = [errors, count(Severity::Warning, "warning"), count(Severity::Note, "note")];
    format!("{}{refused}", counts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn convert(fault: &Fault, files: &Files<'_>) -> wire::Fault {
    wire::Fault {
        code: fault.code.name().to_owned(),
        severity: match fault.severity {
            Severity::Error => wire::FaultSeverity::Error,
            Severity::Warning => wire::FaultSeverity::Warning,
            Severity::Note => wire::FaultSeverity::Note,
        },
        message: fault.message.clone(),
        at: files.label(&fault.at),
        labels: fault.also.iter().map(|label| files.label(label)).collect(),
        help: fault.help.clone(),
    }
}

/// The files that are shown, each cut into lines when it is first needed.
struct Files<'a> {
    lines: Vec<(&'a str, &'a str, OnceCell<Vec<usize>>)>,
}

impl<'a> Files<'a> {
    fn new(sources: &'a Sources) -> Self {
        let lines =
            sources.files().map(|(_, file)| (file.path.as_str(), &*file.text, OnceCell::new())).collect();
        Self { lines }
    }

    fn lines(&self, file: FileId) -> Lines<'_> {
        let (path, text, starts) = &self.lines[file.0];
        let starts = starts.get_or_init(|| {
            let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect()
        });
        Lines { path, text, starts }
    }

    fn label(&self, label: &Label) -> wire::FaultLabel {
        let Span { file, start, end } = label.span;
        let lines = self.lines(file);
        let ((line, column), (end_line, end_column)) = (lines.position(start), lines.position(end));
        let end = wire::End { line: end_line, column: end_column };
        wire::FaultLabel { file: lines.path.to_owned(), line, column, end, text: label.text.clone() }
    }
}

struct Lines<'f> {
    path: &'f str,
    text: &'f str,
    starts: &'f [usize],
}

impl Lines<'_> {
    /// The line that holds the byte `at`, from 0.
    fn number(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) - 1
    }

    fn start(&self, line: usize) -> usize {
        self.starts[line]
    }

    /// One past the last byte of a line, without its newline.
    fn end(&self, line: usize) -> usize {
        let next = self.starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        next.max(self.starts[line])
    }

    /// Line and column of the byte `at`, from 1; the column counts characters.
    fn position(&self, at: usize) -> (usize, usize) {
        let line = self.number(at);
        (line + 1, self.text[self.starts[line]..at].chars().count() + 1)
    }
}

#[cfg(test)]
#[path = "faults_tests/mod.rs"]
mod tests;
