//! Forged values of any type: by what the type is, by its text, by its bytes or by its serialized form.

use std::cell::RefCell;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::pick::number;
use super::{Forging, Part, bytes, meaning, text};
use crate::case::Case;
use crate::mutate;
use crate::random::Random;
use crate::source::Source;
use crate::stop::Stop;

/// A value that is forged where that is its turn.
#[macro_export]
macro_rules! forged {
    ($case:ident, $name:literal, $value:expr $(,)?) => {{
        #[allow(unused_imports)]
        use $crate::v1::{ByBytesBack as _, ByForge as _, ByNothing as _, ByParts as _, ByText as _};
        (&&&&$crate::v1::Sealed::new($value)).forged($case, $name)
    }};
}

/// Carries a value to the right way of forging it: method lookup tries [`ByForge`] first, [`ByNothing`] last.
pub struct Sealed<T>(RefCell<Option<T>>);

impl<T> Sealed<T> {
    /// Carries `value`.
    pub fn new(value: T) -> Self {
        Self(RefCell::new(Some(value)))
    }

    fn take(&self) -> T {
        self.0.borrow_mut().take().expect("a carried value is taken once")
    }
}

impl<T> Debug for Sealed<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealed")
    }
}

/// Types whose values can be forged as they are.
pub trait Forge: Clone + PartialEq {
    /// A forged value.
    #[doc(hidden)]
    #[must_use]
    fn forge(&self, forging: &mut Work<'_>, source: &mut Source<'_>) -> Self;

    /// A forged list of such values.
    #[doc(hidden)]
    #[must_use]
    fn forge_all(items: &[Self], forging: &mut Work<'_>, source: &mut Source<'_>) -> Vec<Self> {
        let mut items = items.to_vec();
        let at = number(source, items.len());
        match (number(source, 4), items.get(at).cloned()) {
            (_, None) => {}
            (0, _) => items.clear(),
            (1, _) => drop(items.remove(at)),
            (2, Some(item)) => items.insert(at, item),
            (_, Some(item)) => {
                if let Some(place) = items.get_mut(at) {
                    *place = item.forge(forging, source);
                }
                return items;
            }
        }
        forging.changed("with other parts");
        items
    }

    /// What stands for a value that is not there.
    #[doc(hidden)]
    #[must_use]
    fn filler(&self) -> Self {
        self.clone()
    }
}

/// What is done to a value.
#[derive(Debug)]
pub struct Work<'f>(&'f mut Forging);

impl Work<'_> {
    /// What was taken off this value goes in front of the next one.
    fn carry(&mut self, end: &[u8]) {
        self.0.carried = Some(end.to_vec()).filter(|end| !end.is_empty());
    }

    fn changed(&mut self, how: impl Into<String>) {
        self.0.change = Some(how.into());
    }
}

/// By the type.
pub trait ByForge<T> {
    /// The value, forged where that is its turn.
    fn forged(&self, case: &mut Case<'_>, name: &str) -> Result<T, Stop>;
}

impl<T: Forge> ByForge<T> for &&&Sealed<T> {
    fn forged(&self, case: &mut Case<'_>, name: &str) -> Result<T, Stop> {
        case.forged_value(name, self.take(), |value, work, source| Some(value.forge(work, source)))
    }
}

/// By the text that the value is written as and read from.
pub trait ByText<T> {
    /// The value, forged where that is its turn.
    fn forged(&self, case: &mut Case<'_>, name: &str) -> Result<T, Stop>;
}

impl<T: FromStr + Display> ByText<T> for &&&&Sealed<T> {
    fn forged(&self, case: &mut Case<'_>, name: &str) -> Result<T, Stop> {
        case.forged_value(name, self.take(), |value, work, source| {
            value.to_string().forge(work, source).parse().ok()
        })
    }
}

/// By its bytes.
pub trait ByBytesBack<T> {
    /// The value, forged where that is its turn.
    fn forged(&self, case: &mut Case<'_>, name: &str) -> Result<T, Stop>;
}

impl<T: AsRef<[u8]> + for<'b> TryFrom<&'b [u8]>> ByBytesBack<T> for &&Sealed<T> {
    fn forged(&self, case: &mut Case<'_>, name: &str) -> Result<T, Stop> {
        case.forged_value(name, self.take(), |value, work, source| {
            T::try_from(&value.as_ref().to_vec().forge(work, source)).ok()
        })
    }
}

/// By the parts of its serialized form.
pub trait ByParts<T> {
    /// The value, forged where that is its turn.
    fn forged(&self, case: &mut Case<'_>, name: &str) -> Result<T, Stop>;
}

impl<T: Serialize + DeserializeOwned> ByParts<T> for &Sealed<T> {
    fn forged(&self, case: &mut Case<'_>, name: &str) -> Result<T, Stop> {
        case.forged_value(name, self.take(), |value, work, source| {
            let mut parts = serde_json::to_value(value).ok()?;
            forge_part(&mut parts, work, source);
            serde_json::from_value(parts).ok()
        })
    }
}

/// Not at all.
pub trait ByNothing<T> {
    /// The value; gives the case up where it should be forged.
    fn forged(&self, case: &mut Case<'_>, name: &str) -> Result<T, Stop>;
}

impl<T> ByNothing<T> for Sealed<T> {
    fn forged(&self, case: &mut Case<'_>, name: &str) -> Result<T, Stop> {
        case.forged_value(name, self.take(), |_, _, _| None)
    }
}

fn forge_part(part: &mut Value, work: &mut Work<'_>, source: &mut Source<'_>) {
    match part {
        Value::String(text) => *text = text.forge(work, source),
        Value::Number(number) => {
            if let Some(changed) = number.as_i64() {
                *part = Value::from(changed.forge(work, source));
            }
        }
        Value::Bool(flag) => *part = Value::from(flag.forge(work, source)),
        Value::Array(items) => {
            let bytes: Option<Vec<u8>> =
                items.iter().map(|item| item.as_u64().and_then(|byte| u8::try_from(byte).ok())).collect();
            if let Some(bytes) = bytes.filter(|bytes| bytes.len() >= 8) {
                *items = bytes.forge(work, source).into_iter().map(Value::from).collect();
            } else if !items.is_empty() {
                let at = number(source, items.len());
                forge_part(&mut items[at], work, source);
            }
        }
        Value::Object(fields) => {
            let at = number(source, fields.len());
            if let Some((_, field)) = fields.iter_mut().nth(at) {
                forge_part(field, work, source);
            }
        }
        Value::Null => {}
    }
}

impl Forge for String {
    fn forge(&self, forging: &mut Work<'_>, source: &mut Source<'_>) -> Self {
        if let Some(carried) = forging.0.carried.take() {
            forging.changed("with the end of the value before moved to the front of this one");
            return format!("{}{self}", String::from_utf8_lossy(&carried));
        }
        let exact = forging.0.exact;
        let (text, how, is_same) = match forging.0.part {
            Part::Seal => {
                let (text, how) = text::forged(self, source);
                let is_same = !exact && meaning::is_same(self, &text);
                (text, how, is_same)
            }
            Part::Key => {
                let mut random = Random::for_case(number(source, usize::MAX) as u64, 4);
                let longest =
                    meaning::runs(self).into_iter().max_by_key(ExactSizeIterator::len).unwrap_or(0..0);
                let other = text::other_letters(&self[longest.clone()], &mut random);
                let text = format!("{}{other}{}", &self[..longest.start], &self[longest.end..]);
                (text, "with another key".to_string(), false)
            }
            Part::Content => {
                let text = other_text(self, forging, source);
                let is_same = forging.0.carried.is_some() || (!exact && text.trim() == self.trim());
                (text, "with something else".to_string(), is_same)
            }
        };
        if text != *self && !is_same {
            forging.changed(how);
        }
        text
    }
}

fn other_text(text: &str, forging: &mut Work<'_>, source: &mut Source<'_>) -> String {
    let length = text.chars().count();
    match number(source, 6) {
        0 => {
            let at = number(source, length);
            let other = |c: char| if c == 'x' { 'y' } else { 'x' };
            text.chars().enumerate().map(|(index, c)| if index == at { other(c) } else { c }).collect()
        }
        1 => text.chars().take(number(source, length)).collect(),
        2 => format!("{text}{}", ["x", "0", "\0", "=", "."][number(source, 5)]),
        3 => String::new(),
        4 => {
            let kept = number(source, length);
            let at = text.char_indices().nth(kept).map_or(text.len(), |(at, _)| at);
            forging.carry(&text.as_bytes()[at..]);
            text[..at].to_string()
        }
        _ => source.text(|maker| {
            let mut text = text.to_owned();
            mutate::text::mutate(&mut text, &[], maker);
            text
        }),
    }
}

fn other_bytes(all: &[u8], forging: &mut Work<'_>, source: &mut Source<'_>) -> Vec<u8> {
    match number(source, 3) {
        0 => {
            let kept = number(source, all.len());
            forging.carry(&all[kept..]);
            all[..kept].to_vec()
        }
        _ => bytes::forged(all, source).0,
    }
}

impl Forge for u8 {
    fn forge(&self, forging: &mut Work<'_>, source: &mut Source<'_>) -> Self {
        let other = self ^ 1 << number(source, 8);
        forging.changed("with another byte");
        other
    }

    fn forge_all(items: &[Self], forging: &mut Work<'_>, source: &mut Source<'_>) -> Vec<Self> {
        if let Some(carried) = forging.0.carried.take() {
            forging.changed("with the end of the value before moved to the front of this one");
            return [&carried, items].concat();
        }
        let (forged, how, is_same) = match (forging.0.part, printable(items)) {
            (Part::Seal, Some(text)) if number(source, 4) > 0 => {
                let (forged, how) = text::forged(text, source);
                let is_same = !forging.0.exact && meaning::is_same(text, &forged);
                (forged.into_bytes(), how, is_same)
            }
            (Part::Seal, _) => {
                let (forged, how) = bytes::forged(items, source);
                (forged, how, false)
            }
            (Part::Key, _) => {
                let mut random = Random::for_case(number(source, usize::MAX) as u64, 4);
                let forged = items.iter().map(|byte| byte ^ (1 + random.below(255) as u8)).collect();
                (forged, "with another key".to_string(), false)
            }
            (Part::Content, _) => {
                let forged = other_bytes(items, forging, source);
                (forged, "with something else".to_string(), forging.0.carried.is_some())
            }
        };
        if forged != items && !is_same {
            forging.changed(how);
        }
        forged
    }

    fn filler(&self) -> Self {
        0
    }
}

fn printable(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| !text.is_empty() && !text.contains(char::is_control))
}

macro_rules! forge_integer {
    ($($integer:ident)*) => { $(
        impl Forge for $integer {
            fn forge(&self, forging: &mut Work<'_>, source: &mut Source<'_>) -> Self {
                let other = match number(source, 6) {
                    0 => self.wrapping_add(1),
                    1 => self.wrapping_sub(1),
                    2 => 0,
                    3 => self.wrapping_mul(10),
                    4 => self.wrapping_neg(),
                    _ => *self ^ (1 as $integer).rotate_left(number(source, $integer::BITS as usize) as u32),
                };
                if other != *self {
                    forging.changed("with another number");
                }
                other
            }
        }
    )* };
}

forge_integer!(u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

impl Forge for bool {
    fn forge(&self, forging: &mut Work<'_>, _: &mut Source<'_>) -> Self {
        forging.changed("with the opposite");
        !self
    }
}

impl Forge for char {
    fn forge(&self, forging: &mut Work<'_>, _: &mut Source<'_>) -> Self {
        forging.changed("with another character");
        if *self == 'x' { 'y' } else { 'x' }
    }
}

impl<T: Forge> Forge for Option<T> {
    fn forge(&self, forging: &mut Work<'_>, source: &mut Source<'_>) -> Self {
        let inner = self.as_ref()?;
        if number(source, 4) > 0 {
            return Some(inner.forge(forging, source));
        }
        forging.changed("with nothing");
        None
    }
}

impl<T: Forge> Forge for Vec<T> {
    fn forge(&self, forging: &mut Work<'_>, source: &mut Source<'_>) -> Self {
        T::forge_all(self, forging, source)
    }
}

impl<T: Forge, const N: usize> Forge for [T; N] {
    fn forge(&self, forging: &mut Work<'_>, source: &mut Source<'_>) -> Self {
        let forged = T::forge_all(self, forging, source);
        let before = forging.0.change.take();
        // What is missing in a list of a certain length is filled up.
        let fitted = std::array::from_fn(|at| forged.get(at).cloned().unwrap_or_else(|| self[at].filler()));
        forging.0.change = before.filter(|_| fitted != *self);
        fitted
    }
}

macro_rules! forge_tuple {
    ($($name:ident $at:tt),*) => {
        impl<$($name: Forge),*> Forge for ($($name,)*) {
            fn forge(&self, forging: &mut Work<'_>, source: &mut Source<'_>) -> Self {
                let mut forged = self.clone();
                let chosen = number(source, [$($at),*].len());
                $(if chosen == $at {
                    forged.$at = self.$at.forge(forging, source);
                })*
                forged
            }
        }
    };
}

forge_tuple!(A 0);
forge_tuple!(A 0, B 1);
forge_tuple!(A 0, B 1, C 2);
forge_tuple!(A 0, B 1, C 2, D 3);

impl Case<'_> {
    /// The value, forged where that is its turn.
    pub(super) fn forged_value<T>(
        &mut self,
        name: &str,
        value: T,
        forge: impl FnOnce(&T, &mut Work<'_>, &mut Source<'_>) -> Option<T>,
    ) -> Result<T, Stop> {
        let Some(mut forging) = self.kept::<Option<Forging>>().take() else { return Ok(value) };
        if forging.name != name && forging.carried.is_none() {
            *self.kept() = Some(forging);
            return Ok(value);
        }
        let forged = forge(&value, &mut Work(&mut forging), self.source());
        *self.kept() = Some(forging);
        forged.ok_or_else(Stop::rejected)
    }
}
