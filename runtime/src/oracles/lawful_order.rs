use std::cmp::Ordering;
use std::fmt::Debug;
use std::hash::{DefaultHasher, Hash, Hasher as _};

use crate::case::Case;
use crate::isolate::{Test, run};
use crate::stop::Stop;

/// Holds when the comparisons of a type keep the laws of the traits they belong to.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn lawful_order(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "lawful_order", "an answer to every comparison", &body));
}

/// A law that is broken: the law, and what was seen.
type Broken = Option<(String, String)>;

impl Case<'_> {
    /// States the laws of `PartialEq`: `==` is symmetric and transitive, `!=` is its opposite.
    pub fn partial_eq_laws<T: PartialEq>(&mut self, values: [&T; 3]) -> Result<(), Stop> {
        self.lawful(|| {
            pairs().find_map(|[x, y]| equality(values[x], values[y], NAMES[x], NAMES[y])).or_else(|| {
                triples().find_map(|[x, y, z]| {
                    let related = values[x] == values[y] && values[y] == values[z];
                    transitive(related, values[x] == values[z], "==", [x, y, z])
                })
            })
        })
    }

    /// States the law of `Eq`: a value is equal to itself.
    pub fn eq_laws<T: Eq>(&mut self, values: [&T; 3]) -> Result<(), Stop> {
        self.lawful(|| {
            (0..3).find_map(|at| {
                #[expect(clippy::eq_op, reason = "whether a value is equal to itself is what is asked")]
                let holds = values[at] == values[at];
                let name = NAMES[at];
                broken(holds, format!("{name} == {name}, as `Eq` says"), "it is false")
            })
        })
    }

    /// States the law of `Hash`: equal values have equal hashes.
    pub fn hash_laws<T: PartialEq + Hash>(&mut self, values: [&T; 3]) -> Result<(), Stop> {
        self.lawful(|| {
            pairs().find_map(|[x, y]| {
                let holds = values[x] != values[y] || hash(values[x]) == hash(values[y]);
                let [x, y] = [NAMES[x], NAMES[y]];
                broken(
                    holds,
                    format!("{x} and {y} have the same hash, for {x} == {y}"),
                    "their hashes differ",
                )
            })
        })
    }

    /// States the laws of `PartialOrd`: it agrees with `==`, with its operators, with the order turned round,
    /// and is transitive.
    pub fn partial_ord_laws<T: PartialOrd>(&mut self, values: [&T; 3]) -> Result<(), Stop> {
        self.lawful(|| {
            pairs().find_map(|[x, y]| partial_order(values[x], values[y], NAMES[x], NAMES[y])).or_else(|| {
                triples().find_map(|[x, y, z]| {
                    let related = values[x] < values[y] && values[y] < values[z];
                    transitive(related, values[x] < values[z], "<", [x, y, z])
                })
            })
        })
    }

    /// States the laws of `Ord`: it agrees with `==` and `PartialOrd`, with the order turned round, and is transitive.
    pub fn ord_laws<T: Ord>(&mut self, values: [&T; 3]) -> Result<(), Stop> {
        self.lawful(|| {
            pairs().find_map(|[x, y]| total_order(values[x], values[y], NAMES[x], NAMES[y])).or_else(|| {
                triples().find_map(|[x, y, z]| {
                    let at_most = |x: &T, y: &T| x.cmp(y) != Ordering::Greater;
                    let related = at_most(values[x], values[y]) && at_most(values[y], values[z]);
                    transitive(related, at_most(values[x], values[z]), "<=", [x, y, z])
                })
            })
        })
    }

    fn lawful(&mut self, judge: impl FnOnce() -> Broken) -> Result<(), Stop> {
        match self.call(judge)? {
            None => Ok(()),
            Some((law, seen)) => Err(Stop::violated(law, seen)),
        }
    }
}

/// What the three values are called where a person reads of them.
const NAMES: [&str; 3] = ["a", "b", "c"];

fn pairs() -> impl Iterator<Item = [usize; 2]> {
    (0..3).flat_map(|x| (0..3).map(move |y| [x, y]))
}

fn triples() -> impl Iterator<Item = [usize; 3]> {
    pairs().flat_map(|[x, y]| (0..3).map(move |z| [x, y, z]))
}

fn broken(holds: bool, law: String, seen: impl Into<String>) -> Broken {
    (!holds).then(|| (law, seen.into()))
}

fn transitive(related: bool, holds: bool, sign: &str, [x, y, z]: [usize; 3]) -> Broken {
    let [x, y, z] = [NAMES[x], NAMES[y], NAMES[z]];
    let law = format!("{x} {sign} {z}, for {x} {sign} {y} and {y} {sign} {z}");
    broken(!related || holds, law, "it is false")
}

fn equality<T: PartialEq>(left: &T, right: &T, x: &str, y: &str) -> Broken {
    let (equal, turned, different) = (left == right, right == left, left != right);
    broken(equal == turned, format!("{x} == {y} is the same as {y} == {x}"), format!("{equal} and {turned}"))
        .or_else(|| {
            let law = format!("{x} != {y} is the opposite of {x} == {y}");
            broken(equal != different, law, format!("both are {equal}"))
        })
}

fn partial_order<T: PartialOrd>(left: &T, right: &T, x: &str, y: &str) -> Broken {
    let (order, turned, equal) = (left.partial_cmp(right), right.partial_cmp(left), left == right);
    let compared = |order: &dyn Debug| format!("{x}.partial_cmp({y}) is {order:?}");
    let signs = [
        (left < right, order == Some(Ordering::Less), "<"),
        (left > right, order == Some(Ordering::Greater), ">"),
        (left <= right, matches!(order, Some(Ordering::Less | Ordering::Equal)), "<="),
        (left >= right, matches!(order, Some(Ordering::Greater | Ordering::Equal)), ">="),
    ];
    let law = format!("{x}.partial_cmp({y}) is Some(Equal) where {x} == {y}, and only there");
    let seen = format!("{}, {x} == {y} is {equal}", compared(&order));
    broken((order == Some(Ordering::Equal)) == equal, law, seen)
        .or_else(|| {
            let law = format!("{y}.partial_cmp({x}) is {x}.partial_cmp({y}) turned round");
            let seen = format!("{}, {y}.partial_cmp({x}) is {turned:?}", compared(&order));
            broken(order.map(Ordering::reverse) == turned, law, seen)
        })
        .or_else(|| {
            signs.into_iter().find_map(|(says, holds, sign)| {
                let law = format!("{x} {sign} {y} is what `partial_cmp` says");
                broken(says == holds, law, format!("{}, {x} {sign} {y} is {says}", compared(&order)))
            })
        })
}

fn total_order<T: Ord>(left: &T, right: &T, x: &str, y: &str) -> Broken {
    let (order, turned, equal) = (left.cmp(right), right.cmp(left), left == right);
    let (partial, compared) = (left.partial_cmp(right), format!("{x}.cmp({y}) is {order:?}"));
    let law = format!("{x}.cmp({y}) is Equal where {x} == {y}, and only there");
    broken((order == Ordering::Equal) == equal, law, format!("{compared}, {x} == {y} is {equal}"))
        .or_else(|| {
            let law = format!("{y}.cmp({x}) is {x}.cmp({y}) turned round");
            broken(order.reverse() == turned, law, format!("{compared}, {y}.cmp({x}) is {turned:?}"))
        })
        .or_else(|| {
            let law = format!("{x}.partial_cmp({y}) is Some({x}.cmp({y}))");
            broken(partial == Some(order), law, format!("{compared}, {x}.partial_cmp({y}) is {partial:?}"))
        })
}

fn hash<T: Hash>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
