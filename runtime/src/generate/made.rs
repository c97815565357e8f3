//! Values built from other values: structs, enums, expressions.

use std::fmt::Debug;

use super::{Generator, with};
use crate::panics;
use crate::refusal::Accept;
use crate::show::show_debug;
use crate::source::Source;
use crate::stop::Stop;

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
        self.source.enter(name);
        let made = generator.make(self.source);
        self.source.leave();
        let value = made?;
        let shown = self.source.take_shown();
        self.shown.push((name, shown));
        Ok(value)
    }

    /// Whether one more optional step is taken on the way to the value.
    pub fn again(&mut self) -> Result<bool, Stop> {
        if self.source.is_full() {
            return Err(Stop::rejected());
        }
        let most = u128::from(!self.source.is_deep());
        Ok(self.source.number(most, |maker| u128::from(maker.random.one_in(2))) == 1)
    }

    fn show(self, name: &str) {
        let Self { source, shown } = self;
        source.show(|| {
            // What a function made is shown as its call, whose arguments have no names.
            let called = name.strip_suffix("(..)");
            let named = called.is_none()
                && shown.first().is_some_and(|(field, _)| !field.starts_with(|c: char| c.is_ascii_digit()));
            let fields: Vec<String> = shown
                .iter()
                .map(|(field, text)| if named { format!("{field}: {text}") } else { text.clone() })
                .collect();
            match (called, fields.is_empty(), named) {
                (Some(called), _, _) => format!("{called}({})", fields.join(", ")),
                (_, true, _) => name.to_string(),
                (_, _, true) => format!("{name} {{ {} }}", fields.join(", ")),
                (_, _, false) => format!("{name}({})", fields.join(", ")),
            }
        });
    }
}

/// Goes on with what is inside; a refusal is drawn again, as far as there is chance left.
pub fn accepted<A: Accept>(answer: A) -> Result<A::Inside, Stop> {
    answer.inside().ok_or_else(Stop::rejected)
}

/// Makes values of one type of the user.
#[derive(Clone, Copy, Debug)]
pub struct Made<F> {
    name: &'static str,
    /// The names of the alternatives.
    variants: &'static [&'static str],
    /// The alternatives that do not contain another value of the type; none if no alternative does.
    endings: &'static [usize],
    /// Whether what builds the value may refuse what it is given.
    refuses: bool,
    build: F,
}

/// A struct out of its fields.
pub fn made<T, F: Fn(&mut Fields<'_, '_>) -> Result<T, Stop>>(
    name: &'static str,
    build: F,
) -> Made<impl Fn(usize, &mut Fields<'_, '_>) -> Result<T, Stop>> {
    let build = move |_: usize, fields: &mut Fields<'_, '_>| build(fields);
    Made { name, variants: &[], endings: &[], refuses: false, build }
}

/// An enum out of one of its variants.
pub fn chosen<T, F: Fn(usize, &mut Fields<'_, '_>) -> Result<T, Stop>>(
    name: &'static str,
    variants: &'static [&'static str],
    build: F,
) -> Made<F> {
    Made { name, variants, endings: &[], refuses: false, build }
}

/// A value out of one of the functions that make one; what they refuse, or panic over, is drawn again.
pub fn constructed<T, F: Fn(usize, &mut Fields<'_, '_>) -> Result<T, Stop>>(
    name: &'static str,
    functions: &'static [&'static str],
    build: F,
) -> Made<F> {
    Made { name, variants: functions, endings: &[], refuses: true, build }
}

impl<F> Made<F> {
    /// The type contains itself, and only the alternatives `endings` do not have to.
    #[must_use]
    pub fn ending(mut self, endings: &'static [usize]) -> Self {
        self.endings = endings;
        self
    }

    fn alternative(&self, source: &mut Source<'_>) -> usize {
        if self.endings.is_empty() {
            return choose(source, self.variants.len());
        }
        if source.is_deep() {
            let at = choose(source, self.endings.len());
            return self.endings.get(at).copied().unwrap_or(0);
        }
        let (count, endings) = (self.variants.len().max(1), self.endings);
        let most = count.saturating_sub(1) as u128;
        let at = source.number(most, |maker| {
            let ends = maker.is_crowded() || maker.random.below(4 + maker.nesting) >= 4;
            let chosen = if ends { maker.random.pick(endings).copied() } else { None };
            chosen.unwrap_or_else(|| maker.random.below(count)) as u128
        });
        usize::try_from(at).unwrap_or(0)
    }
}

impl<T, F: Fn(usize, &mut Fields<'_, '_>) -> Result<T, Stop>> Generator for Made<F> {
    type Value = T;

    fn make(&self, source: &mut Source<'_>) -> Result<T, Stop> {
        if source.is_full() {
            return Err(Stop::rejected());
        }
        let once = |source: &mut Source<'_>| {
            let at = self.alternative(source);
            let mut fields = Fields { source, shown: Vec::new() };
            let value = (self.build)(at, &mut fields)?;
            match self.variants.get(at) {
                Some(variant) => fields.show(&format!("{}::{variant}", self.name)),
                None => fields.show(self.name),
            }
            Ok(value)
        };
        let nested = !self.endings.is_empty();
        source.nest(nested, |source| {
            if self.refuses { again_if_refused(source, |source| caught(source, &once)) } else { once(source) }
        })
    }
}

fn choose(source: &mut Source<'_>, count: usize) -> usize {
    let most = count.saturating_sub(1) as u128;
    let at = source.number(most, |maker| maker.random.below(count) as u128);
    usize::try_from(at).unwrap_or(0)
}

/// A function that panics over its arguments has refused them.
fn caught<T>(source: &mut Source<'_>, make: &dyn Fn(&mut Source<'_>) -> Result<T, Stop>) -> Result<T, Stop> {
    source.nest(false, |source| panics::catch(|| make(source)).unwrap_or_else(|_| Err(Stop::rejected())))
}

/// A refused value is drawn so often before the case is given up.
const DRAWS: usize = 50;

/// Makes a value that may be refused; what was refused leaves no trace on the tape.
fn again_if_refused<T>(
    source: &mut Source<'_>,
    make: impl Fn(&mut Source<'_>) -> Result<T, Stop>,
) -> Result<T, Stop> {
    let begun = source.recorded().len();
    for _ in 1..DRAWS {
        let replays = source.is_replaying();
        match make(source) {
            // Choices that stand on a tape would be made the same again.
            Err(_) if !replays => source.forget(begun),
            value => return value,
        }
    }
    make(source)
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

/// A value that a function makes of another generator's value; it is shown as it looks.
pub fn built<G: Generator, T: Debug>(inner: G, build: impl Fn(G::Value) -> T) -> impl Generator<Value = T> {
    with(move |source| {
        let value = build(inner.make(source)?);
        source.show(|| show_debug(&value));
        Ok(value)
    })
}

/// The same for a function that may refuse; a refused value is drawn again.
pub fn tried<G: Generator, A: Accept>(
    inner: G,
    build: impl Fn(G::Value) -> A,
) -> impl Generator<Value = A::Inside>
where
    A::Inside: Debug,
{
    with(move |source| {
        let value = again_if_refused(source, |source| accepted(build(inner.make(source)?)))?;
        source.show(|| show_debug(&value));
        Ok(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::generate::{boxed, integer, text, vec};
    use crate::random::Random;
    use crate::tape::Tape;

    #[derive(Debug, PartialEq)]
    enum Tree {
        Leaf(u8),
        Node(Box<Tree>, Box<Tree>),
        Many(Vec<Tree>),
    }

    fn tree(at: usize, fields: &mut Fields<'_, '_>) -> Result<Tree, Stop> {
        Ok(match at {
            0 => Tree::Leaf(fields.draw("0", integer::<u8>())?),
            1 => Tree::Node(fields.draw("0", boxed(trees()))?, fields.draw("1", boxed(trees()))?),
            _ => Tree::Many(fields.draw("0", vec(trees()))?),
        })
    }

    type Build = fn(usize, &mut Fields<'_, '_>) -> Result<Tree, Stop>;

    fn trees() -> Made<Build> {
        chosen("Tree", &["Leaf", "Node", "Many"], tree as Build).ending(&[0])
    }

    fn depth(tree: &Tree) -> usize {
        match tree {
            Tree::Leaf(_) => 1,
            Tree::Node(left, right) => 1 + depth(left).max(depth(right)),
            Tree::Many(all) => 1 + all.iter().map(depth).max().unwrap_or(0),
        }
    }

    /// Values of many cases with their tapes, how they look, and whether the replay gives the same.
    fn made_often<G: Generator>(generator: &G) -> Vec<(G::Value, Tape, String)> {
        let dictionary = Dictionary::default();
        let made = (0..500).filter_map(|index| {
            let source = Source::fresh(Random::for_case(7, index), &dictionary, index, &[true], false);
            let mut source = source.showing();
            let value = generator.make(&mut source).ok()?;
            let shown = source.take_shown();
            Some((value, source.into_recorded(), shown))
        });
        made.collect()
    }

    #[test]
    fn types_that_contain_themselves_are_shallow_and_deep_and_replay() {
        let dictionary = Dictionary::default();
        let all = made_often(&trees());
        assert_eq!(all.len(), 500, "none is given up as too large");
        let depths: Vec<usize> = all.iter().map(|(tree, ..)| depth(tree)).collect();
        assert!(depths.contains(&1) && depths.iter().any(|depth| *depth > 6), "{depths:?}");
        for (tree, tape, _) in all {
            let again = trees().make(&mut Source::replaying(tape, &dictionary)).expect("it was made before");
            assert_eq!(again, tree);
        }
    }

    #[test]
    fn the_simplest_value_of_a_type_that_contains_itself_is_its_end() {
        let dictionary = Dictionary::default();
        let simplest = trees().make(&mut Source::replaying(Tape::new(), &dictionary));
        assert_eq!(simplest.expect("the simplest value"), Tree::Leaf(0));
    }

    #[test]
    fn what_a_function_refuses_or_panics_over_is_drawn_again_and_leaves_no_trace() {
        let names = constructed("Name", &["new(..)"], |_, fields| {
            let text = fields.draw("text", text())?;
            assert!(text.len() < 200, "too long");
            accepted(if text.is_empty() { None } else { Some(text) })
        });
        let (dictionary, all) = (Dictionary::default(), made_often(&names));
        assert!(all.len() > 450, "{} of 500", all.len());
        for (name, tape, shown) in all {
            assert!((1..200).contains(&name.len()));
            assert!(shown.starts_with("Name::new(\""), "{shown}");
            let again = names.make(&mut Source::replaying(tape, &dictionary)).expect("it was made before");
            assert_eq!(again, name);
        }
    }

    #[test]
    fn alternatives_are_shown_by_their_names() {
        let all = made_often(&trees());
        let shown =
            |tree: &Tree| all.iter().find(|(made, ..)| made == tree).map(|(_, _, shown)| shown.as_str());
        assert_eq!(shown(&Tree::Leaf(0)), Some("Tree::Leaf(0)"));
        assert_eq!(shown(&Tree::Many(Vec::new())), Some("Tree::Many(vec![])"));
    }
}
