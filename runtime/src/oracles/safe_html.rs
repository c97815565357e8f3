use crate::browser::audit::{Allowed, audit};
use crate::case::Case;
use crate::isolate::{Test, run};
use crate::stop::Stop;
use crate::written::Written;

/// Holds when a browser finds nothing in the HTML that is not allowed, for every input.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn safe_html(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "safe_html", "HTML in which everything is allowed", &body));
}

impl Case<'_> {
    /// States that HTML holds nothing but what is allowed, as a browser reads it.
    #[expect(clippy::needless_pass_by_value, reason = "generated code makes it where it is used")]
    pub fn only_allowed(&mut self, html: Written, allowed: &Allowed<'_>) -> Result<(), Stop> {
        match audit(&html.text(), allowed) {
            None => Ok(()),
            Some(finding) => Err(Stop::violated(finding.expected, finding.seen)),
        }
    }
}
