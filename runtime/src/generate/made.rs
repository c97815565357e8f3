//! Values built from other values: structs, enums, expressions.

use std::fmt::Debug;

use super::{Generator, with};
use crate::case::Stop;
use crate::show::show_debug;
use crate::tape::Source;

/// The fields of a value while it is made.
#[derive(Debug)]
pub struct Fields<'a, 'b> {
    source: &'a mut Source<'b>,
    shown: Vec<(&'static str, String)>,
}

impl Fields<'_, '_> {
    /// Makes the field `name`; a position for fields without names.
    #[expect(clippy::needless_pass_by_value, reason = "generated code makes each generator where it is used")]
    pub fn draw<G: Generator>(&mut self, name: &'static str, generator: G) -> Result<G::Value, Stop> {
        let value = generator.make(self.source)?;
        let shown = self.source.take_shown();
        self.shown.push((name, shown));
        Ok(value)
    }

    fn show(self, name: &str) {
        let Self { source, shown } = self;
        source.show(|| {
            let named =
                shown.first().is_some_and(|(field, _)| !field.starts_with(|c: char| c.is_ascii_digit()));
            let fields: Vec<String> = shown
                .iter()
                .map(|(field, text)| if named { format!("{field}: {text}") } else { text.clone() })
                .collect();
            match (fields.is_empty(), named) {
                (true, _) => name.to_string(),
                (_, true) => format!("{name} {{ {} }}", fields.join(", ")),
                (_, false) => format!("{name}({})", fields.join(", ")),
            }
        });
    }
}

/// A struct out of its fields.
pub fn made<T>(
    name: &'static str,
    build: impl Fn(&mut Fields<'_, '_>) -> Result<T, Stop>,
) -> impl Generator<Value = T> {
    with(move |source| {
        let mut fields = Fields { source, shown: Vec::new() };
        let value = build(&mut fields)?;
        fields.show(name);
        Ok(value)
    })
}

/// An enum out of one of `count` variants.
pub fn chosen<T>(
    name: &'static str,
    count: usize,
    build: impl Fn(usize, &mut Fields<'_, '_>) -> Result<T, Stop>,
) -> impl Generator<Value = T> {
    with(move |source| {
        let most = count.saturating_sub(1) as u128;
        let at = source.number(most, |maker| maker.random.below(count) as u128);
        let mut fields = Fields { source, shown: Vec::new() };
        let value = build(usize::try_from(at).unwrap_or(0), &mut fields)?;
        fields.show(&format!("{name} (variant {at})"));
        Ok(value)
    })
}

/// One of `choices`, the first being the simplest.
pub fn one_of<T: Clone + Debug>(choices: Vec<T>) -> impl Generator<Value = T> {
    with(move |source| {
        let most = choices.len().saturating_sub(1) as u128;
        // Each is tried once, before chance has its way.
        let at = source.number(most, |maker| match usize::try_from(maker.effort) {
            Ok(effort) if effort < choices.len() => effort as u128,
            _ => maker.random.below(choices.len()) as u128,
        });
        let value = choices.get(usize::try_from(at).unwrap_or(0)).cloned().ok_or_else(Stop::rejected)?;
        source.show(|| show_debug(&value));
        Ok(value)
    })
}

/// The value of an expression, evaluated anew for each case.
pub fn value<T>(text: &'static str, make: impl Fn() -> T) -> impl Generator<Value = T> {
    with(move |source| {
        source.show(|| text.to_string());
        Ok(make())
    })
}

/// What an expression makes of another generator's value, `it`.
pub fn map<G: Generator, T>(
    inner: G,
    text: &'static str,
    change: impl Fn(G::Value) -> T,
) -> impl Generator<Value = T> {
    with(move |source| {
        let it = inner.make(source)?;
        let shown = source.take_shown();
        source.show(|| format!("{text} where it = {shown}"));
        Ok(change(it))
    })
}
