use crate::case::Case;
use crate::isolate::{Test, run};
use crate::stop::Stop;

/// Holds when an operation keeps the laws that were declared of it.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn algebra(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "algebra", "a value to which the laws apply", &body));
}

/// An operation gives nothing where it refuses; then no law says anything.
impl Case<'_> {
    /// States that the order of two values makes no difference.
    pub fn commutative<T, R>(
        &mut self,
        [a, b]: [&T; 2],
        operation: impl Fn(&T, &T) -> Option<R>,
        same: impl Fn(&R, &R) -> bool,
        show: impl Fn(&R) -> String,
    ) -> Result<(), Stop> {
        let sides = self.call(|| Some([operation(a, b)?, operation(b, a)?]))?;
        self.equation(sides, "commutative: a·b = b·a", same, show)
    }

    /// States that it makes no difference which of two operations comes first.
    pub fn associative<T>(
        &mut self,
        [a, b, c]: [&T; 3],
        operation: impl Fn(&T, &T) -> Option<T>,
        same: impl Fn(&T, &T) -> bool,
        show: impl Fn(&T) -> String,
    ) -> Result<(), Stop> {
        let sides =
            self.call(|| Some([operation(&operation(a, b)?, c)?, operation(a, &operation(b, c)?)?]))?;
        self.equation(sides, "associative: (a·b)·c = a·(b·c)", same, show)
    }

    /// States that a value with itself is that value.
    pub fn self_absorbing<T>(
        &mut self,
        a: &T,
        operation: impl Fn(&T, &T) -> Option<T>,
        same: impl Fn(&T, &T) -> bool,
        show: impl Fn(&T) -> String,
    ) -> Result<(), Stop> {
        let Some(twice) = self.call(|| operation(a, a))? else { return Ok(()) };
        self.equal(&twice, a, "idempotent: a·a = a", same, show)
    }

    /// States that `neutral` changes nothing, on either side.
    pub fn identity<T>(
        &mut self,
        a: &T,
        neutral: &T,
        operation: impl Fn(&T, &T) -> Option<T>,
        same: impl Fn(&T, &T) -> bool,
        show: impl Fn(&T) -> String,
    ) -> Result<(), Stop> {
        if let Some(left) = self.call(|| operation(neutral, a))? {
            self.equal(&left, a, "identity: e·a = a", &same, &show)?;
        }
        let Some(right) = self.call(|| operation(a, neutral))? else { return Ok(()) };
        self.equal(&right, a, "identity: a·e = a", same, show)
    }

    /// States that with `zero` everything is `zero`, on either side.
    pub fn absorbing<T>(
        &mut self,
        a: &T,
        zero: &T,
        operation: impl Fn(&T, &T) -> Option<T>,
        same: impl Fn(&T, &T) -> bool,
        show: impl Fn(&T) -> String,
    ) -> Result<(), Stop> {
        if let Some(left) = self.call(|| operation(zero, a))? {
            self.equal(&left, zero, "absorbing: z·a = z", &same, &show)?;
        }
        let Some(right) = self.call(|| operation(a, zero))? else { return Ok(()) };
        self.equal(&right, zero, "absorbing: a·z = z", same, show)
    }

    /// States that the operation goes into `sum`, from either side.
    pub fn distributive<T>(
        &mut self,
        [a, b, c]: [&T; 3],
        operation: impl Fn(&T, &T) -> Option<T>,
        sum: impl Fn(&T, &T) -> Option<T>,
        same: impl Fn(&T, &T) -> bool,
        show: impl Fn(&T) -> String,
    ) -> Result<(), Stop> {
        let left =
            self.call(|| Some([operation(a, &sum(b, c)?)?, sum(&operation(a, b)?, &operation(a, c)?)?]))?;
        self.equation(left, "distributive: a·(b + c) = a·b + a·c", &same, &show)?;
        let right =
            self.call(|| Some([operation(&sum(a, b)?, c)?, sum(&operation(a, c)?, &operation(b, c)?)?]))?;
        self.equation(right, "distributive: (a + b)·c = a·c + b·c", same, show)
    }

    fn equation<R>(
        &mut self,
        sides: Option<[R; 2]>,
        law: &str,
        same: impl Fn(&R, &R) -> bool,
        show: impl Fn(&R) -> String,
    ) -> Result<(), Stop> {
        sides.map_or(Ok(()), |[left, right]| self.equal(&left, &right, law, same, show))
    }

    fn equal<R>(
        &mut self,
        left: &R,
        right: &R,
        law: &str,
        same: impl Fn(&R, &R) -> bool,
        show: impl Fn(&R) -> String,
    ) -> Result<(), Stop> {
        // What is not equal to itself, such as NaN, is the same as what is not either.
        if same(left, right) || (!same(left, left) && !same(right, right)) {
            return Ok(());
        }
        let seen =
            if self.is_showing() { format!("{} is not {}", show(left), show(right)) } else { String::new() };
        Err(Stop::violated(law, seen))
    }
}
