//! What a text says to whoever reads it next: its structure, and the values in it.
//!
//! Takes two readings, one of them made with a harmless value, gives the first thing in which they differ.

use crate::contradiction::Contradiction;

/// A text as its context reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading(Vec<Part>);

/// A piece of structure, and the value that follows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    structure: String,
    value: String,
}

/// A value, and the harmless one that stood in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) plain: String,
    pub(crate) hostile: String,
}

impl Default for Reading {
    fn default() -> Self {
        Self(vec![Part::default()])
    }
}

impl Reading {
    /// Something that has a meaning of its own follows.
    pub(crate) fn structure(&mut self, structure: impl Into<String>) {
        self.0.push(Part { structure: structure.into(), value: String::new() });
    }

    /// Text that stands for itself follows.
    pub(crate) fn value(&mut self, text: &str) {
        if let Some(last) = self.0.last_mut() {
            last.value.push_str(text);
        }
    }

    /// What follows in another reading follows here.
    pub(crate) fn append(&mut self, other: Self) {
        let mut parts = other.0.into_iter();
        self.value(&parts.next().unwrap_or_default().value);
        self.0.extend(parts);
    }

    /// The structure alone.
    pub(crate) fn without_values(mut self) -> Self {
        self.0.iter_mut().for_each(|part| part.value.clear());
        self
    }

    /// The values that follow structure of this name.
    #[cfg(test)]
    pub(crate) fn values(&self, structure: &str) -> Vec<&str> {
        self.0.iter().filter(|part| part.structure == structure).map(|part| part.value.as_str()).collect()
    }

    /// All structure, for tests and messages.
    #[cfg(test)]
    pub(crate) fn shape(&self) -> Vec<&str> {
        self.0.iter().skip(1).map(|part| part.structure.as_str()).collect()
    }

    /// In what the reading differs from one with harmless values in place of the hostile ones.
    ///
    /// Where a value may be `dropped`, structure may be missing with it, and values may come back changed.
    pub(crate) fn differs(&self, plain: &Self, pairs: &[Pair], dropped: bool) -> Option<Contradiction> {
        if dropped { self.has_more(plain, pairs) } else { self.is_other(plain, pairs) }
    }

    fn has_more(&self, plain: &Self, pairs: &[Pair]) -> Option<Contradiction> {
        let mut left = plain.0.iter();
        let extra = self
            .0
            .iter()
            .find(|part| left.by_ref().all(|known| !is_same(&part.structure, &known.structure, pairs)))?;
        Some(Contradiction {
            expected: SAME.to_string(),
            seen: format!("the value brought {} with it", named(Some(extra))),
        })
    }

    fn is_other(&self, plain: &Self, pairs: &[Pair]) -> Option<Contradiction> {
        let longest = self.0.len().max(plain.0.len());
        for at in 0..longest {
            let (seen, known) = (self.0.get(at), plain.0.get(at));
            let same = matches!((seen, known), (Some(seen), Some(known))
                if is_same(&seen.structure, &known.structure, pairs));
            if !same {
                return Some(Contradiction {
                    expected: SAME.to_string(),
                    seen: format!("there is {} where a harmless value has {}", named(seen), named(known)),
                });
            }
        }
        let mut both = self.0.iter().zip(&plain.0);
        both.find_map(|(seen, known)| changed(&seen.value, &known.value, pairs))
    }
}

const SAME: &str = "the output has the structure that it has with a harmless value";

fn named(part: Option<&Part>) -> String {
    part.map_or_else(|| "nothing".to_string(), |part| part.structure.escape_debug().to_string())
}

/// A value may be part of structure itself, as a name is; there it has to be the value as it is.
fn is_same(seen: &str, plain: &str, pairs: &[Pair]) -> bool {
    seen == plain || (pairs.iter().any(|pair| is_told(pair, plain)) && seen == put_in(plain, pairs))
}

/// Harmless values that are shorter might stand there by chance.
const TOLD: usize = 4;

fn is_told(pair: &Pair, text: &str) -> bool {
    pair.plain.len() >= TOLD && text.contains(&pair.plain)
}

fn put_in(plain: &str, pairs: &[Pair]) -> String {
    let told = pairs.iter().filter(|pair| is_told(pair, plain));
    told.fold(plain.to_string(), |text, pair| text.replace(&pair.plain, &pair.hostile))
}

/// Values longer than this may be cut to a length that is counted in another way.
const LONG: usize = 32;

/// Whether a value does not come back as what it was.
fn changed(seen: &str, plain: &str, pairs: &[Pair]) -> Option<Contradiction> {
    let told = || pairs.iter().filter(|pair| is_told(pair, plain));
    // What cannot be written in most contexts may well come back as something else.
    if told().next().is_none() || told().any(|pair| pair.hostile.chars().any(is_unwritable)) {
        return None;
    }
    let wanted = put_in(plain, pairs);
    let (here, there) = (essence(seen), essence(&wanted));
    let is_cut = wanted.chars().count() > LONG && there.starts_with(&here);
    (here != there && !is_cut).then(|| Contradiction {
        expected: "the value comes back as it was".to_string(),
        seen: format!("{seen:?} comes back in place of {wanted:?}"),
    })
}

fn is_unwritable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{fffd}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}' | '\u{feff}')
        || u32::from(letter) & 0xfffe == 0xfffe
}

/// A text without space, which many contexts and targets trim or fold.
fn essence(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && !is_unwritable(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(parts: &[(&str, &str)]) -> Reading {
        let mut reading = Reading::default();
        for (structure, value) in parts {
            reading.structure(*structure);
            reading.value(value);
        }
        reading
    }

    fn seen(hostile: &str, parts: &[(&str, &str)], dropped: bool) -> String {
        let plain = reading(&[("<p>", "a Kqzwvj"), ("</p>", "")]);
        let pairs = [Pair { plain: "Kqzwvj".into(), hostile: hostile.into() }];
        let found = reading(parts).differs(&plain, &pairs, dropped);
        found.map_or_else(|| "fine".to_string(), |finding| finding.seen)
    }

    #[test]
    fn structure_and_values_have_to_be_the_same() {
        assert_eq!(seen("<b>", &[("<p>", "a <b>"), ("</p>", "")], false), "fine");
        assert_eq!(
            seen("<b>", &[("<p>", "a "), ("<b>", ""), ("</p>", "")], false),
            "there is <b> where a harmless value has </p>"
        );
        assert_eq!(
            seen("<b>", &[("<p>", "a <b>")], false),
            "there is nothing where a harmless value has </p>"
        );
        assert_eq!(
            seen("<b>", &[("<p>", "a &lt;b>"), ("</p>", "")], false),
            "\"a &lt;b>\" comes back in place of \"a <b>\""
        );
        assert_eq!(seen(" b\n", &[("<p>", "ab"), ("</p>", "")], false), "fine", "space may be trimmed");
    }

    #[test]
    fn what_is_dropped_may_be_missing_and_brings_nothing() {
        assert_eq!(seen("<b>", &[("</p>", "")], true), "fine");
        assert_eq!(seen("<b>", &[("<p>", "other"), ("</p>", "")], true), "fine");
        assert_eq!(
            seen("<b>", &[("<p>", ""), ("<b>", ""), ("</p>", "")], true),
            "the value brought <b> with it"
        );
    }

    #[test]
    fn a_value_may_be_structure_if_it_is_all_of_it() {
        let plain = reading(&[("name Kqzwvj", "")]);
        let pairs = [Pair { plain: "Kqzwvj".into(), hostile: "a b".into() }];
        assert_eq!(reading(&[("name a b", "")]).differs(&plain, &pairs, false), None);
        assert!(reading(&[("name a", ""), ("name b", "")]).differs(&plain, &pairs, false).is_some());
    }
}
