//! Takes two declarations of one kind on one target, tells which of them demands more.

use constraints_wire::measure::{AtMost, Dimension};
use std::collections::{BTreeMap, BTreeSet};

use super::domain::Domain;
use super::standing::Strength;
use super::statement::{Statement, tokens};
use crate::kinds::{self, Sense, Stance};
use crate::model::{Constraint, Expression, Id, Input, KeyValue, Refusal, Span};

/// How the first declaration stands to the second, each with the inputs of its own package.
///
/// It is careful: two declarations that differ in anything it cannot read are incomparable.
pub fn compare(
    (one, inputs): (&Constraint, &BTreeMap<Id, Input>),
    (other, other_inputs): (&Constraint, &BTreeMap<Id, Input>),
) -> Strength {
    Claim::new(one, inputs).compare(&Claim::new(other, other_inputs))
}

/// A declaration, read as far as it can be compared.
pub(super) struct Claim<'m> {
    pub(super) constraint: &'m Constraint,
    /// Whether the kind says that the target takes, or refuses, what it is given.
    pub(super) stance: Option<Stance>,
    /// Whether all of it can be read.
    is_plain: bool,
    /// Everything that has to be the same for two to be about one call.
    call: Vec<(String, String)>,
    pub(super) when: Statement,
    /// What has to be true, for kinds that say it in Rust, and where that is said.
    pub(super) then: Option<(Statement, Span)>,
    pub(super) domains: BTreeMap<&'m str, Domain>,
    /// Other keys that demand more with more words, and with fewer, and those that only may be the same.
    more: BTreeSet<(String, String)>,
    less: BTreeSet<(String, String)>,
    same: BTreeSet<(String, String)>,
    /// What may be used at most, by key.
    bounds: BTreeMap<String, AtMost>,
}

impl<'m> Claim<'m> {
    pub(super) fn new(constraint: &'m Constraint, inputs: &BTreeMap<Id, Input>) -> Self {
        // Named one by one, so that a new key has to say what it means here.
        let Constraint {
            id: _,
            says: _,
            kind,
            target: _,
            signature,
            generics,
            area: _,
            level: _,
            serves: _,
            after: _,
            answers: _,
            conflicts: _,
            refines: _,
            tags: _,
            args,
            samples,
            env,
            call,
            refusal,
            when,
            // How far one searches is no part of what is required.
            effort: _,
            keys,
        } = constraint;
        let kind = kinds::find(kind.value.id);
        let stance = kind.and_then(kinds::Kind::stance);
        let text = |expression: &Expression| tokens(&expression.text);
        let mut about: Vec<(String, String)> =
            generics.iter().map(|(name, ty)| (name.value.clone(), text(ty))).collect();
        about.extend(call.as_ref().map(|call| ("call".to_owned(), text(call))));
        about.extend(signature.as_ref().map(|signature| ("signature".to_owned(), text(signature))));
        // Rows, variables and refusals of its own are not looked into: such a declaration is like no other.
        let Refusal { refused, panics, must_pass } = refusal;
        let is_plain = samples.is_empty()
            && env.is_empty()
            && refused.is_none()
            && panics.is_none()
            && must_pass.is_none();
        let mut claim = Self {
            constraint,
            is_plain,
            stance,
            call: about,
            when: when.as_ref().map(|when| Statement::read(&when.text)).unwrap_or_default(),
            then: None,
            domains: args
                .iter()
                .map(|argument| {
                    let domain = Domain::of(&argument.generator, inputs, stance.is_some());
                    (argument.name.value.as_str(), domain)
                })
                .collect(),
            more: BTreeSet::new(),
            less: BTreeSet::new(),
            same: BTreeSet::new(),
            bounds: BTreeMap::new(),
        };
        for (key, value) in keys.iter() {
            claim.key(key, value, kind.map_or(Sense::Same, |kind| kind.sense(key)));
        }
        claim
    }

    fn key(&mut self, key: &str, value: &KeyValue, sense: Sense) {
        if let (Sense::Statement, KeyValue::Expression(expression)) = (sense, value) {
            let statement = Statement::read(&expression.text);
            let known = self.then.take().map(|(known, _)| known).unwrap_or_default();
            self.then = Some((known.and(&statement), expression.span));
            return;
        }
        if let Some(bound) = amount(value, sense) {
            self.bounds.insert(key.to_owned(), bound);
            return;
        }
        let words: Vec<String> = match value {
            KeyValue::Expression(expression) => vec![tokens(&expression.text)],
            KeyValue::Text(text) => vec![text.value.clone()],
            KeyValue::Words(words) => words.iter().map(|word| word.value.clone()).collect(),
            // What is off says as much as what is not there.
            KeyValue::Flag(flag) => flag.value.then(|| "true".to_owned()).into_iter().collect(),
            KeyValue::Size(size) => vec![size.value.to_string()],
            KeyValue::Seconds(seconds) => vec![seconds.value.to_string()],
            KeyValue::Date(date) => vec![date.value.to_string()],
            KeyValue::AtMost(_) => unreachable!("bounds are compared as such"),
            KeyValue::Length(length) => vec![format!("{}..={}", length.value.least, length.value.most)],
            KeyValue::Steps(steps) => steps.iter().map(|step| step.name.value.clone()).collect(),
            KeyValue::Table(rows) => rows
                .iter()
                .flat_map(|(name, texts)| {
                    let of_row = texts.iter().map(|text| format!("{} {}", name.value, text.value));
                    [name.value.clone()].into_iter().chain(of_row)
                })
                .collect(),
        };
        let set = match sense {
            Sense::More => &mut self.more,
            Sense::Less => &mut self.less,
            Sense::Same | Sense::Statement => &mut self.same,
        };
        set.extend(words.into_iter().map(|word| (key.to_owned(), word)));
    }

    /// Whether both are about the same call.
    pub(super) fn is_of_one_call(&self, other: &Self) -> bool {
        self.is_plain && other.is_plain && self.call == other.call
    }

    /// How this one stands to the other; both are about one target.
    pub(super) fn compare(&self, other: &Self) -> Strength {
        let one_kind = self.constraint.kind.value.id == other.constraint.kind.value.id;
        if !one_kind || !self.is_of_one_call(other) || self.same != other.same {
            return Strength::Incomparable;
        }
        let whole = Statement::default();
        let then_of = |claim: &'_ Self| claim.then.as_ref().map_or(whole.clone(), |(then, _)| then.clone());
        let (then, other_then) = (then_of(self), then_of(other));
        let then = Strength::both(then.implies(&other_then), other_then.implies(&then));
        // Where less is asked of the values, the statement is about more of them.
        let when = Strength::both(other.when.implies(&self.when), self.when.implies(&other.when));
        let keys = Strength::of_sets(&self.more, &other.more).and(Strength::of_sets(&other.less, &self.less));
        let mut strength = then.and(when).and(keys);
        for (_, ours, theirs) in self.side_by_side(other) {
            strength = strength.and(ours.compare(&theirs));
        }
        // Bounds come last, for they are compared at many sizes.
        if strength == Strength::Incomparable {
            return strength;
        }
        strength.and(of_bounds(&self.bounds, &other.bounds))
    }

    /// Whether a search for a contradiction to this one is sure to try what the other singles out.
    pub(super) fn tries(&self, other: &Self) -> bool {
        self.side_by_side(other).all(|(_, ours, theirs)| ours.tries(&theirs))
    }

    /// The values of each argument by its name, here and there.
    pub(super) fn side_by_side<'c>(
        &'c self,
        other: &'c Self,
    ) -> impl Iterator<Item = (&'m str, Domain, Domain)> + 'c {
        let of = |claim: &Self, name: &str| claim.domains.get(name).cloned().unwrap_or_else(Domain::any);
        let names: BTreeSet<&'m str> = self.domains.keys().chain(other.domains.keys()).copied().collect();
        names.into_iter().map(move |name| (name, of(self, name), of(other, name)))
    }
}

/// What may be used at most, where the key says that.
fn amount(value: &KeyValue, sense: Sense) -> Option<AtMost> {
    let is_amount = sense == Sense::Less;
    match value {
        KeyValue::AtMost(bound) => Some(bound.value.clone()),
        KeyValue::Seconds(seconds) if is_amount => {
            AtMost::parse(&format!("{} s", seconds.value), Dimension::Seconds).ok()
        }
        // So many times something, or a time.
        KeyValue::Text(text) if is_amount => match text.value.trim().strip_suffix(['x', '×']) {
            Some(times) => AtMost::parse(times.trim(), Dimension::Count).ok(),
            None => AtMost::parse(&text.value, Dimension::Seconds).ok(),
        },
        _ => None,
    }
}

/// A lower bound demands more; a bound next to none is compared by nobody, for the kind may have one that is not said.
fn of_bounds(ours: &BTreeMap<String, AtMost>, theirs: &BTreeMap<String, AtMost>) -> Strength {
    if ours.keys().ne(theirs.keys()) {
        return Strength::Incomparable;
    }
    let pairs = ours.values().zip(theirs.values());
    pairs.fold(Strength::Equal, |strength, (ours, theirs)| {
        let one = match (ours.is_weaker_than(theirs), theirs.is_weaker_than(ours)) {
            (Some(true), Some(true)) => Strength::Equal,
            (Some(true), _) => Strength::Weaker,
            (_, Some(true)) => Strength::Stronger,
            _ => Strength::Incomparable,
        };
        strength.and(one)
    })
}
