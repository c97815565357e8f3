//! Leads a place in a generated test back to the declaration it was made from.
//!
//! What the user wrote stands in the test token by token, with `crate` written as the name of the library,
//! so the place is found by looking for these tokens; no table has to be kept in step with `emit`.

use std::ops::Range;

use constraints_wire::Location;

use super::Subject;
use super::blame::{Blame, Layout, Owner, SUPPORT_FILE, Token, flatten};
use crate::model::{Base, Constraint, Expression, Generator, Id, KeyValue, Model, Span};
use crate::resolve::old_name;

/// What is needed to follow a place back.
pub(super) struct Trace<'a> {
    /// The run.
    pub(super) subject: Subject<'a>,
    /// Where the tests stand.
    pub(super) layout: &'a Layout,
}

impl Trace<'_> {
    /// The place in the user's files that the errors in the test of `id` lead to, and the error that leads there.
    ///
    /// A test may hold a piece of what the user wrote more than once, so the first error is not always the best one.
    pub(super) fn location(&self, id: &Id, blames: &[&Blame]) -> (usize, Option<Location>) {
        if let Some(place) = blames.first().filter(|blame| blame.owner == Owner::Support) {
            let (line, column) = (place.start.line, place.start.column + 1);
            return (0, Some(Location { file: SUPPORT_FILE.to_owned(), line, column }));
        }
        let Some(constraint) = self.subject.model.constraints.get(id) else { return (0, None) };
        let mut in_test =
            blames.iter().enumerate().filter(|(_, blame)| matches!(blame.owner, Owner::Test(_)));
        let exact = in_test.find_map(|(at, blame)| Some((at, self.span(constraint, blame)?)));
        let (at, span) = exact.unwrap_or((0, constraint.target.span));
        let sources = self.subject.sources;
        let position = sources.position(span);
        let file = sources.file(span.file).path.clone();
        (at, Some(Location { file, line: position.line, column: position.column }))
    }

    /// The user's tokens under the error; of several expressions the one with the most tokens,
    /// for a short one may stand in the test by chance.
    fn span(&self, constraint: &Constraint, blame: &Blame) -> Option<Span> {
        let test = self.layout.test(&constraint.id.value)?;
        let generated = significant(test.tokens.clone());
        let library = &self.subject.facts.library;
        let found = expressions(constraint, self.subject.model).into_iter().filter_map(|expression| {
            let written = significant(flatten(expression.text.parse().ok()?));
            let hit = hit(&generated, &written, library, blame)?;
            Some((written.len(), expression, hit))
        });
        let (_, expression, hit) = found.max_by_key(|(length, ..)| *length)?;
        Some(expression.locate(self.subject.sources, hit))
    }
}

/// Every piece of Rust in a declaration, those of the inputs it names included.
fn expressions<'m>(constraint: &'m Constraint, model: &'m Model) -> Vec<&'m Expression> {
    let keys = constraint.keys.iter().filter_map(|(_, value)| match value {
        KeyValue::Expression(expression) => Some(expression),
        _ => None,
    });
    let around = constraint.call.iter().chain(&constraint.when).chain(&constraint.refusal.refused);
    let steps: Vec<_> = constraint.all_steps().collect();
    let of_steps =
        steps.iter().flat_map(|it| it.call.iter().chain(&it.when).chain(&it.then).chain(&it.model));
    let mut all: Vec<_> = around.chain(keys).chain(of_steps).collect();
    let arguments = constraint.args.iter().chain(steps.iter().flat_map(|it| &it.args));
    let arguments = arguments.chain(constraint.samples.iter().flat_map(|row| &row.cells));
    let variables = constraint.env.iter().filter_map(|variable| variable.generator.as_ref());
    for generator in arguments.map(|argument| &argument.generator).chain(variables) {
        of_generator(generator, model, model.inputs.len(), &mut all);
    }
    all
}

/// Follows at most `inputs` names: inputs that name each other are refused elsewhere.
fn of_generator<'m>(
    generator: &'m Generator,
    model: &'m Model,
    inputs: usize,
    all: &mut Vec<&'m Expression>,
) {
    all.extend(generator.expressions());
    if let Some(Base::Input(id)) = generator.base.as_ref().map(|base| &base.value)
        && let Some(input) = model.inputs.get(&id.value).filter(|_| inputs > 0)
    {
        of_generator(&input.generator, model, inputs - 1, all);
    }
}

/// Without commas before a closing delimiter: printing adds and drops them.
fn significant(tokens: Vec<Token>) -> Vec<Token> {
    let closes =
        |token: Option<&Token>| token.is_some_and(|token| matches!(token.text.as_str(), ")" | "]" | "}"));
    let next: Vec<bool> = (0..tokens.len()).map(|at| closes(tokens.get(at + 1))).collect();
    tokens
        .into_iter()
        .zip(next)
        .filter(|(token, closed)| !(token.text == "," && *closed))
        .map(|(token, _)| token)
        .collect()
}

/// The bytes of the expression under the error, if it stands in the test where the error is.
fn hit(generated: &[Token], written: &[Token], library: &str, blame: &Blame) -> Option<Range<usize>> {
    (0..generated.len()).find_map(|start| {
        let matched = match_at(&generated[start..], written, library)?;
        let under: Vec<usize> = (0..written.len())
            .filter(|at| {
                let token = &generated[start + matched[*at]];
                token.start < blame.end && blame.start < token.end
            })
            .collect();
        let (first, last) = (written.get(*under.first()?)?, written.get(*under.last()?)?);
        Some(first.bytes.start..last.bytes.end)
    })
}

/// How many tokens a `.clone()` takes that generation put in here, and what else it wrote out.
fn clone_put_in(generated: &[Token], at: usize) -> Option<usize> {
    let is = |at: usize, text: &str| generated.get(at).is_some_and(|token| token.text == text);
    let put_in = |texts: &[&str]| texts.iter().enumerate().all(|(offset, text)| is(at + offset, text));
    if put_in(&[".", "clone", "(", ")"]) {
        return Some(4);
    }
    // `Struct { name }` became `Struct { name: name.clone() }`.
    let repeats = at > 0 && is(at, ":") && generated.get(at + 1).is_some_and(|next| is(at - 1, &next.text));
    (repeats && generated.get(at + 2).is_some_and(|token| token.text == ".")).then_some(6)
}

/// For each written token the index of its counterpart, if all of them begin right here.
fn match_at(generated: &[Token], written: &[Token], library: &str) -> Option<Vec<usize>> {
    let is = |at: usize, text: &str| generated.get(at).is_some_and(|token| token.text == text);
    let mut at = 0;
    let mut matched = Vec::with_capacity(written.len());
    let mut written = written;
    while let Some((token, rest)) = written.split_first() {
        written = rest;
        // `old(name)` stands there as one name; all four of its tokens are that one.
        if let [open, name, close, rest @ ..] = rest
            && token.text == "old"
            && [&open.text, &close.text] == ["(", ")"]
            && is(at, &old_name(&name.text))
        {
            matched.extend([at; 4]);
            at += 1;
            written = rest;
            continue;
        }
        if token.text == "crate" && !is(at, "crate") {
            if is(at, ":") && is(at + 1, ":") {
                at += 2;
            }
            if !is(at, library) {
                return None;
            }
        } else if !is(at, &token.text) {
            at += clone_put_in(generated, at)?;
            if !is(at, &token.text) {
                return None;
            }
        }
        matched.push(at);
        at += 1;
    }
    Some(matched)
}
