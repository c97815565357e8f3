use crate::case::Case;
use crate::forge::{Forging, Part};
use crate::isolate::{Test, run};
use crate::stop::{By, Stop};

/// Holds when nothing but the authentic seal opens, and it opens nothing but what it was made for.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn unforgeable(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "unforgeable", "an answer to a forged seal", &body));
}

impl Case<'_> {
    /// The seal has to open what it was made for, or nothing can be told of this case.
    pub fn authentic(&mut self, opens: bool) -> Result<(), Stop> {
        if opens { Ok(()) } else { Err(Stop::rejected_by(By::Seal)) }
    }

    /// Chooses which of the values is forged: `seal` most often, else one of the `covered` ones, or a key.
    pub fn forge(&mut self, seal: &str, covered: &[&str], keys: &[&str], exact: bool) {
        let count = 1 + covered.len() + keys.len();
        let chosen = self.source().number(count as u128 - 1, |maker| {
            let of_seal = maker.random.one_in(2);
            if of_seal { 0 } else { maker.random.below(count) as u128 }
        });
        let chosen = usize::try_from(chosen).unwrap_or(0);
        let all = [seal].into_iter().chain(covered.iter().copied()).chain(keys.iter().copied());
        let part = match chosen {
            0 => Part::Seal,
            at if at <= covered.len() => Part::Content,
            _ => Part::Key,
        };
        let name = all.into_iter().nth(chosen).unwrap_or(seal).to_owned();
        *self.kept() = Some(Forging { name, part, exact, carried: None, change: None });
    }

    /// States that what was forged does not open.
    pub fn stays_shut(&mut self, opens: bool) -> Result<(), Stop> {
        let Some(Forging { name, part, change: Some(change), .. }) = self.kept::<Option<Forging>>().take()
        else {
            return Err(Stop::rejected());
        };
        if !opens {
            return Ok(());
        }
        let (expected, seen) = match part {
            Part::Seal => ("nothing but the authentic seal opens", format!("it opens {change}")),
            Part::Content => (
                "the seal opens nothing but what it was made for",
                format!("it opens although `{name}` was changed: {change}"),
            ),
            Part::Key => ("the seal opens with its own key alone", format!("it opens with another `{name}`")),
        };
        Err(Stop::violated(expected, seen))
    }
}
