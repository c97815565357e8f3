//! What kinds that measure have in common: a quantity, a bound for it, and the case that is weighed.
//!
//! A quantity is a [`Meter`]: it runs the call of a case and gives a number. The oracle of a kind hands its meter and
//! the limits of the declaration to [`Test::measuring`](crate::isolate::Test), and that is all: `Case::call` then runs
//! the target under the meter, and contradicts the constraint when the number is above the bound; `hunt` looks for the
//! input with the highest number by the rules that are the same for all quantities, and knows none of them.
//!
//! A kind that judges how a number grows, and not single numbers, says so with [`Gauge::of_growth`]: then it is the
//! ladders that are judged, the points of one family of inputs at rising sizes; see `hunt::growth`.
//!
//! A panic of the target ends its case without contradicting anything: `no_panic` judges panics.

mod anatomy;
pub(crate) mod claims;
mod contents;
pub(crate) mod families;
pub(crate) mod family;
mod heap;
mod known;
mod length;
mod limits;
pub(crate) mod lists;
mod pairs;
mod pressed;
mod stack;
mod units;
pub(crate) mod work;

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use constraints_wire::measure::{AtMost, Dimension, amount};

use crate::count;
use crate::panics;
use crate::stop::{By, Stop};

pub use heap::Heap;
pub(crate) use heap::{Allocations, Peak, fill_new_blocks, is_counted, overrun_of, tracing};
pub use length::{BytesLength, ItemsLength, Length, NoLength};
pub use limits::{Limits, limits};
pub(crate) use pressed::Pressing;
pub(crate) use stack::Depth;
pub(crate) use work::Labour;

/// A quantity.
pub(crate) trait Meter: Sync {
    /// Runs the call and says how much of it was used; `ceiling` is more than any call may use that is let go on.
    fn measure(&self, ceiling: u64, call: &mut dyn FnMut()) -> u64;

    /// What it counts.
    fn dimension(&self) -> Dimension;

    /// What it is, as in `64 KiB of heap memory`.
    fn noun(&self) -> &'static str;

    /// Whether it is the stack that is measured, so that an overflow speaks against the constraint.
    fn counts_stack(&self) -> bool {
        false
    }

    /// Whether a call that uses more than the ceiling is ended in the middle.
    fn stops_at_ceiling(&self) -> bool {
        false
    }

    /// Whether it can be measured here.
    ///
    /// # Errors
    /// Why not, as a sentence for people.
    fn ready(&self) -> Result<(), String> {
        Ok(())
    }
}

/// One measured call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weight {
    /// What was measured.
    pub(crate) reading: u64,
    /// What `n` was.
    pub(crate) n: u64,
    /// Bytes of what grows.
    pub(crate) size: u64,
    /// Bytes of stack that it took, to a page.
    pub(crate) depth: u64,
}

/// A meter with its limits: what a case is weighed by.
pub(crate) struct Gauge {
    pub(crate) meter: &'static dyn Meter,
    pub(crate) limits: Limits,
    /// It is how the number grows that is bounded, not the number.
    pub(crate) judges_growth: bool,
    /// The part of the bound that grows with the input speaks of what collections hold, not of what they keep ready.
    judges_contents: bool,
    /// No call is let go on that is above the bound.
    is_strict: AtomicBool,
}

/// How much more than what they hold the collections of std keep ready, at most: a list makes room for four items when
/// it gets its first one, and for twice as many when it is full.
const RESERVE: f64 = 4.0;

impl Gauge {
    /// By a bound alone.
    pub(crate) fn new(meter: &'static dyn Meter, limits: Limits) -> Self {
        Self {
            meter,
            limits,
            judges_growth: false,
            judges_contents: false,
            is_strict: AtomicBool::new(false),
        }
    }

    /// By a bound of which the part that grows with the input is about contents, unless it is meant exactly.
    pub(crate) fn of_contents(meter: &'static dyn Meter, limits: Limits) -> Self {
        Self { judges_contents: !limits.is_exact, ..Self::new(meter, limits) }
    }

    /// By how fast the number grows next to the bound.
    pub(crate) fn of_growth(meter: &'static dyn Meter, limits: Limits) -> Self {
        Self { judges_growth: true, ..Self::new(meter, limits) }
    }

    /// How growth was looked at, and what that cannot see.
    pub(crate) fn method(&self) -> Option<String> {
        let told = if work::is_counted() {
            "work was counted, at every edge between blocks of the instrumented crates and by the bytes that memory functions moved, with clocks as a second witness"
        } else {
            "work was timed by clocks, for this build counts none: growth that is less than a third of a power too fast is not seen; `cargo constraints check` counts, on Linux on x86-64"
        };
        self.judges_growth.then(|| told.to_string())
    }

    /// From now on a call ends its process as soon as it is above the bound: it would not be done in time.
    pub(crate) fn be_strict(&self) {
        self.is_strict.store(true, Relaxed);
    }

    /// More than a call may use that is let go on: what is above the bound is red anyway, and most of that is
    /// better weighed to the end, so that it can be made small in the same process.
    pub(crate) fn ceiling(&self, n: u64, size: u64) -> u64 {
        const ROOM: u64 = 256 << 20;
        let most = self.most(n, size).unwrap_or(f64::INFINITY);
        if self.is_strict.load(Relaxed) {
            most as u64
        } else if most.is_finite() {
            (most as u64).saturating_mul(4).max((most as u64).saturating_add(ROOM))
        } else {
            u64::MAX
        }
    }

    /// The most that is allowed at these sizes.
    pub(crate) fn most(&self, n: u64, size: u64) -> Option<f64> {
        let at_most = self.limits.at_most.as_ref()?;
        let most = at_most.at(n, size);
        if !self.judges_contents {
            return Some(most);
        }
        Some(most + (RESERVE - 1.0) * (most - at_most.at(0, 0)).max(0.0))
    }

    /// What is to be said of a weight that is allowed, but above the bound as it is written; and by how much it is.
    pub(crate) fn remark(&self, weight: Weight) -> Option<(f64, String)> {
        let at_most = self.limits.at_most.as_ref().filter(|_| self.judges_contents)?;
        let most = at_most.at(weight.n, weight.size);
        let times = weight.reading as f64 / most.max(1.0);
        (times > 1.0).then(|| {
            let seen = self.seen(at_most, weight, most);
            (
                times,
                format!(
                    "not counted as a violation, for collections keep up to four times ready of what they hold: {seen}; \
                     `exact = true` has the bound meant as it is written"
                ),
            )
        })
    }

    /// What speaks against the constraint, if the weight does: what was expected, the same for all weights, and what
    /// was seen.
    pub(crate) fn contradicts(&self, weight: Weight) -> Option<(String, String)> {
        let at_most = self.limits.at_most.as_ref().filter(|_| !self.judges_growth)?;
        let most = self.most(weight.n, weight.size)?;
        if weight.reading as f64 <= most {
            return None;
        }
        Some((self.expected(), self.seen(at_most, weight, most)))
    }

    /// The bound in words.
    pub(crate) fn expected(&self) -> String {
        let noun = self.meter.noun();
        if self.judges_growth {
            let most = self.limits.at_most.as_ref().map_or("n", |at_most| at_most.text.as_str());
            return format!("work that grows at most like {most}");
        }
        self.limits
            .at_most
            .as_ref()
            .map_or_else(String::new, |at_most| format!("at most {} {noun}", at_most.text))
    }

    fn seen(&self, at_most: &AtMost, weight: Weight, most: f64) -> String {
        let of = |value| amount(value, self.meter.dimension());
        let (reading, noun) = (of(weight.reading), self.meter.noun());
        let mut sizes = Vec::new();
        if at_most.is_over_n() {
            sizes.push(format!("n = {}", weight.n));
        }
        if at_most.is_over_size() || !at_most.is_over_n() {
            sizes.push(format!("an input of {}", amount(weight.size, Dimension::Bytes)));
        }
        let profile = if count::IS_CHECKED { " (in a build with debug assertions)" } else { "" };
        let profile =
            if self.meter.dimension() == Dimension::Bytes && noun.contains("stack") { profile } else { "" };
        let most = of(most as u64);
        format!("{reading} {noun} for {}, where {most} are allowed{profile}", sizes.join(" and "))
    }
}

impl std::fmt::Debug for Gauge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gauge").field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// Runs a call under the gauge; a panic in it ends the case, and so does a number above the bound.
pub(crate) fn weighed<R>(gauge: &Gauge, weight: &mut Weight, call: impl FnOnce() -> R) -> Result<R, Stop> {
    let (mut call, mut result) = (Some(call), None);
    let mut run = || {
        let Some(call) = call.take() else { return };
        result = Some(panics::catch(call));
    };
    let mut reading = 0;
    let depth = Depth.measure(0, &mut || {
        reading = gauge.meter.measure(gauge.ceiling(weight.n, weight.size), &mut run);
    });
    weight.reading = weight.reading.max(reading);
    weight.depth = weight.depth.max(depth);
    let panic = match result {
        Some(Ok(result)) => {
            return match gauge.contradicts(*weight) {
                Some((expected, seen)) => Err(Stop::violated(expected, seen)),
                None => Ok(result),
            };
        }
        Some(Err(panic)) => panic,
        None => return Err(Stop::rejected()),
    };
    if let Some((expected, seen)) = gauge.contradicts(*weight) {
        return Err(Stop::violated(expected, seen));
    }
    // What no machine has was asked for; the collections of std notice that before they ask.
    if gauge.meter.noun() == Peak.noun() && panic.message.ends_with("capacity overflow") {
        return Err(Stop::violated(gauge.expected(), "more memory was asked for than can be counted"));
    }
    Err(Stop::rejected_by(By::Panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gauge(limits: Limits) -> Gauge {
        Gauge::of_contents(&Peak, limits.of(Dimension::Bytes))
    }

    fn weight(reading: u64) -> Weight {
        Weight { reading, n: 1_000, size: 1_000, depth: 0 }
    }

    #[test]
    fn what_collections_keep_ready_is_let_pass_and_told() {
        let gauge = gauge(limits().at_most("64 * size + 1 KiB"));
        assert_eq!(gauge.most(1_000, 1_000), Some(4.0 * 64_000.0 + 1_024.0));
        assert_eq!(gauge.remark(weight(65_024)), None);
        let (times, said) = gauge.remark(weight(200_000)).expect("it is above the bound as written");
        assert!(times > 3.0 && said.contains("exact = true"), "{times} {said}");
        assert_eq!(gauge.contradicts(weight(257_024)), None);
        assert!(gauge.contradicts(weight(257_025)).is_some());
    }

    #[test]
    fn a_bound_that_is_exact_or_does_not_grow_is_meant_as_it_is_written() {
        let exact = gauge(limits().at_most("64 * size + 1 KiB").exact());
        assert!(exact.contradicts(weight(65_025)).is_some() && exact.contradicts(weight(65_024)).is_none());
        let constant = gauge(limits().at_most("1 KiB"));
        assert!(
            constant.contradicts(weight(1_025)).is_some() && constant.contradicts(weight(1_024)).is_none()
        );
    }
}
