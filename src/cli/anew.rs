//! Takes the sources of which the contents changed, gives the tests that this concerns, made anew.

use crate::make::Made;
use crate::stamp::Changed;

use super::common::Common;
use super::load::{Loaded, load_part};

/// Some of the tests.
pub(super) struct Anew {
    /// What they were made of.
    pub(super) loaded: Loaded,
    /// The tests, in the files that hold them.
    pub(super) planned: Made,
}

/// The tests that a change concerns, which takes note of what they depend on now; an empty one where it concerns none.
///
/// Nothing where only a run over all of it can tell, such as where there is something to be said.
#[expect(clippy::option_option, reason = "that no test is concerned is an answer, too")]
pub(super) fn anew(changed: &mut Changed, common: &Common) -> Option<Option<Anew>> {
    let part = changed.depends.part(&changed.sources, changed.functions_differ)?;
    if part.namespaces.is_empty() {
        return Some(None);
    }
    let loaded = load_part(common, &part).ok()?;
    let planned = loaded.replan(&part.namespaces)?;
    let fits = changed.depends.renew(&planned, &part, &loaded.sources);
    fits.then_some(Some(Anew { loaded, planned }))
}

#[cfg(test)]
#[path = "anew_tests.rs"]
mod tests;
