//! Auto traits of a type, for arguments that have some of these traits and lack others.
//!
//! Takes what the compiler says of each instance, as constants of a test that compiles whatever the answers are;
//! gives the verdict.

use std::time::Instant;

use constraints_wire::{FORMAT, Outcome, Record, RedReason, Shown, Tally, Witness};

use crate::record::conclude;

mod stand_ins;
pub use stand_ins::{NotRefUnwindSafe, NotSend, NotSendSync, NotSync, NotUnpin, NotUnwindSafe, Plain};

/// When a type has a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Has {
    /// Only where all conditions hold.
    OnlyIf,
    /// Where all conditions hold, and nowhere else.
    ExactlyIf,
    /// Nowhere.
    Never,
    /// Everywhere.
    Always,
}

/// One statement about one instance of the type.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The trait, by its last name.
    pub of: &'static str,
    /// When the type has it.
    pub has: Has,
    /// Whether this instance has it.
    pub is: bool,
    /// The conditions as written, and whether each holds here.
    pub conditions: Vec<(&'static str, bool)>,
}

/// The type with one choice of arguments.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The parameters by name, and what stands for each.
    pub arguments: Vec<(&'static str, &'static str)>,
    /// What is stated of it.
    pub claims: Vec<Claim>,
}

/// Judges what the compiler said of the type written `of`.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn judge_auto_traits(id: &str, of: &str, instances: &[Instance]) {
    let started = Instant::now();
    let (outcome, witness) = verdict(of, instances);
    let judged = instances.iter().map(|instance| instance.claims.len() as u64).sum();
    let millis = started.elapsed().as_millis() as u64;
    let red = outcome != Outcome::Holds;
    conclude(&Record {
        format: FORMAT,
        id: id.to_string(),
        kind: "auto_traits".to_string(),
        outcome,
        tally: Tally { executed: judged, accepted: judged, ..Tally::default() },
        seed: 0,
        witness,
        millis,
        millis_to_red: red.then_some(millis),
        notes: Vec::new(),
    });
}

fn verdict(of: &str, instances: &[Instance]) -> (Outcome, Option<Witness>) {
    let broken: Vec<(&Instance, &Claim)> = instances
        .iter()
        .flat_map(|instance| instance.claims.iter().map(move |claim| (instance, claim)))
        .filter(|(_, claim)| !claim.holds())
        .collect();
    if let Some((instance, claim)) = broken.first() {
        let others = broken.iter().skip(1).take(10).map(|(instance, claim)| Shown {
            name: "also".to_string(),
            text: claim.seen(&instance.written(of), instance),
        });
        let witness = Witness {
            values: instance.arguments.iter().map(|(name, what)| shown(name, what)).collect(),
            expected: claim.expected(&instance.written(of), instance),
            seen: claim.seen(&instance.written(of), instance),
            details: others.collect(),
            place: None,
        };
        return (Outcome::Violated(RedReason::Violated), Some(witness));
    }
    let empty =
        instances.first().into_iter().flat_map(|first| &first.claims).enumerate().find(|(at, claim)| {
            claim.has == Has::OnlyIf && instances.iter().all(|instance| instance.claims[*at].is_met())
        });
    match empty {
        None if instances.is_empty() => (vacuous(), None),
        None => (Outcome::Holds, None),
        Some((_, claim)) => {
            let conditions: Vec<&str> = claim.conditions.iter().map(|(text, _)| *text).collect();
            let witness = Witness {
                expected: format!("arguments for which `{}` is false", conditions.join(", ")),
                seen: "it is true of all that were tried, so that nothing could be seen".to_string(),
                ..Witness::default()
            };
            (vacuous(), Some(witness))
        }
    }
}

fn vacuous() -> Outcome {
    Outcome::Violated(RedReason::Vacuous)
}

fn shown(name: &str, what: &str) -> Shown {
    let kind = stand_ins::LACKING.iter().find(|(name, _)| *name == last(what));
    let text = kind.map_or_else(|| last(what).to_string(), |(name, lacks)| format!("{name}, a type {lacks}"));
    Shown { name: name.to_string(), text }
}

/// The last name of a path; anything else as it is.
fn last(written: &str) -> &str {
    let is_path = written.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | ':' | ' '));
    if is_path { written.rsplit("::").next().unwrap_or(written).trim() } else { written }
}

impl Instance {
    /// `text` with what stands for each parameter in its place.
    fn written(&self, text: &str) -> String {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        let mut out = String::new();
        let mut rest = text;
        while let Some(start) = rest.find(is_part) {
            let end = rest[start..].find(|letter| !is_part(letter)).map_or(rest.len(), |end| start + end);
            let (word, tick) = (&rest[start..end], rest[..start].ends_with('\''));
            let argument = self.arguments.iter().find(|(name, _)| *name == word && !tick);
            out.push_str(&rest[..start]);
            out.push_str(argument.map_or(word, |(_, what)| last(what)));
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }
}

impl Claim {
    fn is_met(&self) -> bool {
        self.conditions.iter().all(|(_, holds)| *holds)
    }

    fn holds(&self) -> bool {
        match self.has {
            Has::OnlyIf => !self.is || self.is_met(),
            Has::ExactlyIf => self.is == self.is_met(),
            Has::Never => !self.is,
            Has::Always => self.is,
        }
    }

    fn name(&self) -> &str {
        last(self.of)
    }

    /// The rule, for this instance.
    fn expected(&self, of: &str, instance: &Instance) -> String {
        let conditions = || {
            let all = self.conditions.iter().map(|(text, _)| said(&instance.written(text), true));
            all.collect::<Vec<_>>().join(" and ")
        };
        let name = self.name();
        match self.has {
            Has::OnlyIf => format!("{of} is {name} only if {}", conditions()),
            Has::ExactlyIf => format!("{of} is {name} exactly if {}", conditions()),
            Has::Never => format!("{of} is not {name}"),
            Has::Always => format!("{of} is {name}"),
        }
    }

    /// What the compiler says, with what speaks against it.
    fn seen(&self, of: &str, instance: &Instance) -> String {
        let unmet = self.conditions.iter().filter(|(_, holds)| !holds);
        let unmet: Vec<String> = unmet.map(|(text, _)| said(&instance.written(text), false)).collect();
        match (self.is, unmet.as_slice()) {
            (true, []) => format!("{of} is {}", self.name()),
            (true, unmet) => format!("{of} is {}, though {}", self.name(), unmet.join(" and ")),
            (false, _) => format!("{of} is not {}", self.name()),
        }
    }
}

/// `T: Send` as a person says it.
fn said(condition: &str, holds: bool) -> String {
    let (ty, bounds) = condition.split_once(':').unwrap_or((condition, ""));
    let bounds: Vec<&str> = bounds.split('+').map(last).map(str::trim).collect();
    format!("{} is {}{}", ty.trim(), if holds { "" } else { "not " }, bounds.join(" and "))
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, UnsafeCell};
    use std::marker::PhantomData;
    use std::panic::{RefUnwindSafe, UnwindSafe};

    use constraints_wire::{Outcome, RedReason};

    use super::*;
    use crate::auto_traits;

    /// What the macro of generated tests sees of a type, judged.
    macro_rules! judged {
        ($of:literal, $([$($parameter:tt)+])* for $ty:ty: $($claim:tt)+) => {{
            let mut instances = Vec::new();
            auto_traits!(@choose instances ($([$($parameter)+])*) () $ty, ($($claim)+));
            let (outcome, witness) = verdict($of, &instances);
            let told = witness.map(|it| {
                let values: Vec<String> =
                    it.values.iter().map(|value| format!("{} = {}", value.name, value.text)).collect();
                format!("{}; expected {}; seen {}", values.join(", "), it.expected, it.seen)
            });
            (outcome, told.unwrap_or_default())
        }};
    }

    /// May be shared whatever is in it.
    #[allow(dead_code)]
    struct Leaky<T>(Cell<T>);
    unsafe impl<T> Sync for Leaky<T> {}

    /// As a mutex should be.
    #[allow(dead_code)]
    struct Tight<T: ?Sized>(UnsafeCell<u8>, PhantomData<T>);
    unsafe impl<T: ?Sized + Send> Sync for Tight<T> {}

    #[allow(dead_code)]
    struct Both<'a, T, U>(&'a T, U);

    #[test]
    fn each_stand_in_lacks_what_its_name_says_and_nothing_else() {
        macro_rules! has {
            ($ty:ty) => {
                [
                    auto_traits!(@is $ty: Send),
                    auto_traits!(@is $ty: Sync),
                    auto_traits!(@is $ty: Unpin),
                    auto_traits!(@is $ty: UnwindSafe),
                    auto_traits!(@is $ty: RefUnwindSafe),
                ]
            };
        }
        assert_eq!(has!(Plain), [true; 5]);
        assert_eq!(has!(NotSend), [false, true, true, true, true]);
        assert_eq!(has!(NotSync), [true, false, true, true, true]);
        assert_eq!(has!(NotSendSync), [false, false, true, true, true]);
        assert_eq!(has!(NotUnpin), [true, true, false, true, true]);
        assert_eq!(has!(NotUnwindSafe), [true, true, true, false, true]);
        assert_eq!(has!(NotRefUnwindSafe), [true, true, true, true, false]);
    }

    #[test]
    fn a_type_that_is_shared_too_freely_is_named_with_its_argument() {
        let (outcome, told) =
            judged!("Leaky<T>", [T in Plain, NotSend, NotSync] for Leaky<T>: [Sync, OnlyIf (T: Send)]);
        assert_eq!(outcome, Outcome::Violated(RedReason::Violated));
        assert_eq!(
            told,
            "T = NotSend, a type that is Sync and not Send; expected Leaky<NotSend> is Sync only if NotSend is Send; \
             seen Leaky<NotSend> is Sync, though NotSend is not Send"
        );
    }

    #[test]
    fn a_type_that_asks_for_what_is_needed_holds_both_ways() {
        let (outcome, told) = judged!(
            "Tight<T>", [T in Plain, NotSend, NotSync, NotSendSync]
            for Tight<T>: [Sync, ExactlyIf (T: Send)] [Send, ExactlyIf (T: Send)]
        );
        assert_eq!((outcome, told.as_str()), (Outcome::Holds, ""));
        let (outcome, told) =
            judged!("Tight<T>", [T in Plain, NotSync] for Tight<T>: [Sync, ExactlyIf (T: Send) (T: Sync)]);
        assert_eq!(outcome, Outcome::Violated(RedReason::Violated));
        assert!(told.ends_with("seen Tight<NotSync> is Sync, though NotSync is not Sync"), "{told}");
        let (outcome, told) = judged!("Leaky<T>", [T in Plain] for Leaky<T>: [RefUnwindSafe, Always]);
        assert_eq!(outcome, Outcome::Violated(RedReason::Violated));
        assert!(told.ends_with("seen Leaky<Plain> is not RefUnwindSafe"), "{told}");
    }

    #[test]
    fn several_parameters_are_chosen_in_all_combinations() {
        let (outcome, told) = judged!(
            "Both<'_, T, U>", [T in Plain, NotSync] [U in Plain, NotSend]
            for Both<'static, T, U>: [Send, ExactlyIf (T: Sync) (U: Send)] [Unpin, Always]
        );
        assert_eq!((outcome, told.as_str()), (Outcome::Holds, ""));
        let (_, told) = judged!(
            "Both<'_, T, U>", [T in Plain, NotSync] [U in Plain, NotSend]
            for Both<'static, T, U>: [Send, Never]
        );
        assert!(told.contains("expected Both<'_, Plain, Plain> is not Send"), "{told}");
    }

    #[test]
    fn a_condition_that_is_always_true_can_show_nothing() {
        let (outcome, told) =
            judged!("Tight<T>", [T in Plain, NotSync] for Tight<T>: [Sync, OnlyIf (T: Send)]);
        assert_eq!(outcome, Outcome::Violated(RedReason::Vacuous));
        assert!(told.contains("arguments for which `T: Send` is false"), "{told}");
    }
}
