use crate::case::Case;
use crate::isolate::{Test, run};
use crate::stop::Stop;

/// Holds when different inputs give different outputs.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn injective(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "injective", "an answer that can be told from others", &body));
}

impl Case<'_> {
    /// States that two inputs count as the same, or gave `different` outputs.
    pub fn told_apart(
        &mut self,
        are_same: bool,
        different: bool,
        show: impl FnOnce() -> String,
    ) -> Result<(), Stop> {
        if are_same || different {
            return Ok(());
        }
        let seen = if self.is_showing() { format!("both give {}", show()) } else { String::new() };
        Err(Stop::violated("different inputs give different outputs", seen))
    }
}
