//! Decides whether a number grows faster than a bound, from the points of one family of inputs at rising sizes.
//!
//! Takes counts or times, gives by how much the exponent is too high. Knows neither what was counted nor how inputs
//! are made. A single step up, such as a buffer that is first needed at some size, is no growth: the excess has to
//! show between all of the largest sizes. Nor is a late start, such as `(n - 1000)^2`: the excess has to last, and not
//! to vanish as sizes rise.

/// One input of a family.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Point {
    /// How large the input is.
    pub(crate) size: f64,
    /// What was counted.
    pub(crate) work: f64,
    /// What the bound gives for this input, up to a factor.
    pub(crate) bound: f64,
}

/// How much of the exponent may be too high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tolerance(pub(crate) f64);

impl Tolerance {
    /// For exact counts.
    pub(crate) const COUNTS: Self = Self(0.05);
    /// For clocks, which have to agree.
    pub(crate) const CLOCKS: Self = Self(0.35);
}

/// Points that are looked at: the largest ones.
pub(crate) const POINTS: usize = 5;
/// Steps between the largest points that all have to show the excess.
const STEPS: usize = 3;
/// What does not grow may be this part of the sizes that are compared.
const AROUND: f64 = 0.5;
/// What varies less than this part of the whole does not grow.
const FLAT: f64 = 0.02;

/// Growth that is faster than allowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Excess {
    /// The exponent seen.
    pub(crate) exponent: f64,
    /// The exponent of the bound between the same sizes.
    pub(crate) allowed: f64,
}

impl Excess {
    fn over(self) -> f64 {
        self.exponent - self.allowed
    }
}

/// The growth over the largest points, if it is faster than the bound's by more than the tolerance.
///
/// `smallest` is an input that has next to nothing of what grows: its work is a fixed cost, and its size tells how far
/// the exponents can be trusted, for where what does not grow is a part of an input, work that starts late looks
/// steeper than it is. Fewer than [`POINTS`] points decide nothing.
pub(crate) fn excess(points: &[Point], smallest: Point, tolerance: Tolerance) -> Option<Excess> {
    beyond(points, smallest, tolerance, true)
}

/// The same on the whole, however it goes up from one point to the next: enough where [`excess`] was seen already.
pub(crate) fn excess_again(points: &[Point], smallest: Point, tolerance: Tolerance) -> Option<Excess> {
    beyond(points, smallest, tolerance, false)
}

/// Whether sizes that double up to this one can tell anything, beside an input that has next to nothing of what grows.
pub(crate) fn can_tell(smallest: f64, largest: f64) -> bool {
    let compared = smallest + (largest - smallest) / f64::from(1 << STEPS);
    smallest <= compared * AROUND
}

fn beyond(points: &[Point], smallest: Point, tolerance: Tolerance, is_steady: bool) -> Option<Excess> {
    let points = points.get(points.len().checked_sub(POINTS)?..)?;
    let [first, .., last] = points else { return None };
    let around = smallest.size / points[POINTS - 1 - STEPS].size;
    if around > AROUND {
        return None;
    }
    if is_affine(points) {
        return None;
    }
    let (base, tolerance) = (smallest.work, tolerance.0 + around);
    let low = points.iter().map(|point| point.work).fold(f64::INFINITY, f64::min);
    if last.work <= low * (1.0 + FLAT) || last.size < first.size * 4.0 {
        return None;
    }
    let base = fixed_cost(base, low);
    let net = |work: f64| (work - base).max(1.0).ln();
    let line = |of: &dyn Fn(&Point) -> f64| {
        slope(&points.iter().map(|point| (point.size.ln(), of(point))).collect::<Vec<_>>())
    };
    let whole = Excess {
        exponent: line(&|point| net(point.work))?,
        allowed: line(&|point| point.bound.max(f64::MIN_POSITIVE).ln())?,
    };
    let steps: Vec<f64> = points.windows(2).rev().take(STEPS).filter_map(|pair| step(&net, pair)).collect();
    let is_over = |excess: f64| excess > tolerance / 2.0;
    let lasts = steps.first_chunk().is_none_or(|[last, before]| is_over(2.0 * last - before));
    let goes_on = || lasts && steps.into_iter().all(is_over);
    (whole.over() > tolerance && (!is_steady || goes_on())).then_some(whole)
}

/// Whether work rises no faster beside its bound over the larger half of the points than over the smaller half: then it is
/// the bound, a factor and something fixed, whatever of it does not grow.
fn is_affine(points: &[Point]) -> bool {
    /// So much faster is no faster, nor are so few steps more: an odd number may take some that an even one does not.
    const SLACK: f64 = 1.03;
    const FEW: f64 = 8.0;
    let [from, .., to] = points else { return false };
    let middle = points[points.len() / 2];
    let bounds = [middle.bound - from.bound, to.bound - middle.bound];
    let foreseen = (middle.work - from.work) / bounds[0] * bounds[1];
    bounds.iter().all(|bound| *bound > 0.0) && to.work - middle.work <= foreseen * SLACK + FEW
}

/// By how much the exponent is too high between two points; not at all where they have one size.
pub(crate) fn steepness(pair: &[Point], base: f64) -> f64 {
    let low = pair.iter().map(|point| point.work).fold(f64::INFINITY, f64::min);
    let base = fixed_cost(base, low);
    let net = |work: f64| (work - base).max(1.0).ln();
    step(&net, pair).unwrap_or(0.0)
}

/// What of the work does not grow, where an input of next to no size costs `base` and the cheapest point `low`. An input
/// that costs more than those that are larger says nothing: it went another way.
fn fixed_cost(base: f64, low: f64) -> f64 {
    if base > low { 0.0 } else { base.min(low * 0.9) }
}

/// By how much the exponent is too high from one point to the next.
fn step(net: &dyn Fn(f64) -> f64, pair: &[Point]) -> Option<f64> {
    let [from, to] = pair else { return None };
    let rise = net(to.work) - net(from.work) - (to.bound / from.bound).ln();
    let sizes = (to.size / from.size).ln();
    (sizes != 0.0).then_some(rise / sizes)
}

/// The slope of the line that fits best.
fn slope(points: &[(f64, f64)]) -> Option<f64> {
    let count = points.len() as f64;
    let sum = |of: &dyn Fn((f64, f64)) -> f64| points.iter().copied().map(of).sum::<f64>();
    let (x, y) = (sum(&|it| it.0) / count, sum(&|it| it.1) / count);
    let spread = sum(&|it| (it.0 - x).powi(2));
    (spread > 0.0).then(|| sum(&|it| (it.0 - x) * (it.1 - y)) / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The exponent that is too high for work that grows so, at sizes that double.
    fn judged(work: impl Fn(f64) -> f64, bound: impl Fn(f64) -> f64) -> Option<f64> {
        let sizes = (0..8).map(|step| 512.0 * f64::from(1 << step));
        let points: Vec<Point> =
            sizes.map(|size| Point { size, work: work(size).round(), bound: bound(size) }).collect();
        let smallest = Point { size: 4.0, work: work(4.0), bound: bound(4.0) };
        excess(&points, smallest, Tolerance::COUNTS).map(|excess| (excess.exponent * 10.0).round() / 10.0)
    }

    const N: fn(f64) -> f64 = |n| n;

    #[test]
    fn growth_within_the_bound_is_none() {
        for (name, work) in [
            ("constant", (|_| 700.0) as fn(f64) -> f64),
            ("logarithm", |n| 20.0 * n.log2()),
            ("root", |n| n.sqrt() * 9.0),
            ("linear", |n| 3.0 * n),
            ("linear with a fixed cost", |n| 2.0 * n + 90_000.0),
            ("linear with a slower part", |n| n + 300.0 * n.sqrt()),
            ("a step in the middle", |n| if n > 6_000.0 { 5.0 * n } else { n }),
            ("refused when large", |n| if n > 20_000.0 { 9_000.0 } else { n * n }),
            ("linear that starts late", |n| 50.0 + (n - 500.0).max(0.0)),
            ("linear that starts in the middle", |n| 50.0 + (n - 7_000.0).max(0.0)),
        ] {
            assert_eq!(judged(work, N), None, "{name}");
        }
        assert_eq!(judged(|n| n * n * 3.0, |n| n * n), None);
        for start in [100.0, 500.0, 1_000.0, 3_000.0, 9_000.0, 30_000.0] {
            let late = move |n: f64| n + (n - start).max(0.0).powi(2);
            assert_eq!(judged(late, |n| n * n), None, "a square that starts at {start}");
        }
        assert_eq!(judged(|n| n * n.log2() * 5.0, |n| n * n.log2()), None);
        assert_eq!(judged(|n| 5.0 * n.log2(), f64::log2), None);
        assert_eq!(judged(|_| 5.0, |_| 1.0), None);
    }

    #[test]
    fn growth_beyond_the_bound_is_found_with_its_exponent() {
        assert_eq!(judged(|n| n * n / 2.0, N), Some(2.0));
        assert_eq!(judged(|n| n * n / 50.0 + 30.0 * n, N), Some(1.9));
        assert_eq!(judged(|n| n.powf(1.5), N), Some(1.5));
        assert_eq!(judged(|n| n * n.log2(), N), Some(1.1));
        assert_eq!(judged(|n| 9.0 * n.log2().powi(2), f64::log2).map(|exponent| exponent > 0.1), Some(true));
        assert_eq!(judged(|n| n.powi(3), |n| n * n), Some(3.0));
        assert_eq!(judged(|n| n * 2.0 + 500.0, |_| 1.0), Some(1.0));
        assert_eq!(judged(|n| 30.0 * n.log2(), |_| 1.0).map(|exponent| exponent > 0.05), Some(true));
    }

    #[test]
    fn a_sample_that_costs_more_than_what_grew_out_of_it_is_no_fixed_cost() {
        let pair = [(1_831.0, 2_166.0), (7_287.0, 3_414.0)];
        let pair = pair.map(|(size, work)| Point { size, work, bound: size });
        assert!(steepness(&pair, 6_042.0) < 0.0);
        assert!(steepness(&pair, 1_700.0) < 0.1);
    }

    #[test]
    fn what_rises_with_its_bound_is_no_growth_however_much_of_it_is_fixed() {
        let sizes = [2_797.0_f64, 5_020.0, 9_453.0, 18_332.0, 36_077.0];
        let smallest = Point { size: 20.0, work: 18.0, bound: 4.3 };
        let judged = |works: [f64; 5]| {
            let points = sizes.iter().zip(works);
            let points = points.map(|(size, work)| Point { size: *size, work, bound: size.log2() });
            excess(&points.collect::<Vec<_>>(), smallest, Tolerance::COUNTS)
        };
        assert_eq!(judged([20.0, 21.0, 22.0, 23.0, 24.0]), None);
        assert_eq!(judged([24.0, 25.0, 25.0, 27.0, 31.0]), None);
        assert!(judged([200.0, 210.0, 230.0, 260.0, 300.0]).is_some());
    }

    #[test]
    fn once_it_was_seen_it_need_not_be_steady() {
        // A square in steps: numbers get a digit more now and then.
        let points = [1_173.0, 2_453.0, 5_033.0, 11_177.0, 23_465.0];
        let works = [144_145.0, 586_401.0, 2_409_281.0, 4_900_000.0, 28_623_528.0];
        let points: Vec<Point> =
            points.iter().zip(works).map(|(size, work)| Point { size: *size, work, bound: *size }).collect();
        let smallest = Point { size: 26.0, work: 3_149.0, bound: 26.0 };
        assert_eq!(excess(&points, smallest, Tolerance::COUNTS), None);
        assert!(excess_again(&points, smallest, Tolerance::COUNTS).is_some());
        let linear: Vec<Point> =
            points.iter().map(|point| Point { work: point.size * 9.0, ..*point }).collect();
        assert_eq!(excess_again(&linear, Point { work: 234.0, ..smallest }, Tolerance::COUNTS), None);
    }

    #[test]
    fn points_of_one_size_are_no_growth() {
        let point = Point { size: 64.0, work: 64.0, bound: 64.0 };
        assert!(steepness(&[point, point], 0.0).abs() < 1e-9);
        assert!(steepness(&[point, Point { work: 128.0, ..point }], 0.0).abs() < 1e-9);
    }

    #[test]
    fn where_nothing_can_be_told_nothing_is() {
        for (around, tells) in [(400.0, false), (200.0, false), (110.0, true), (20.0, true)] {
            let sizes = [64.0_f64, 128.0, 256.0, 512.0, 1_024.0].map(|grown| grown + around);
            let points = sizes.map(|size| Point { size, work: (size - around).powi(3), bound: size });
            assert_eq!(can_tell(around, sizes[POINTS - 1]), tells, "{around}");
            let smallest = Point { size: around, work: 0.0, bound: around };
            assert_eq!(excess(&points, smallest, Tolerance::COUNTS).is_some(), tells, "{around}");
        }
    }

    #[test]
    fn few_points_decide_nothing() {
        let points: Vec<Point> =
            [8.0, 16.0, 32.0, 64.0].map(|size| Point { size, work: size * size, bound: size }).to_vec();
        assert_eq!(excess(&points, Point::default(), Tolerance::COUNTS), None);
    }

    #[test]
    fn a_small_excess_is_not_trusted_where_much_of_the_input_does_not_grow() {
        let judged = |power: f64, around: f64| {
            let sizes = [64.0_f64, 128.0, 256.0, 512.0, 1024.0];
            let points = sizes.map(|size| Point { size, work: size.powf(power), bound: size });
            excess(&points, Point { size: around, work: 0.0, bound: around }, Tolerance::COUNTS).is_some()
        };
        assert!(judged(1.3, 4.0) && !judged(1.3, 40.0));
        assert!(judged(2.0, 40.0) && !judged(2.0, 100.0));
    }
}
