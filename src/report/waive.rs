//! Which waiver is about a constraint, and whether it excuses today.

use constraints_wire::WaiverEntry;

use crate::model::{Date, Id, Waiver};

/// The waiver of a constraint that counts `today`: the one that covers the day, else the last one that is over.
///
/// A waiver of a whole fan-out is one of each instance.
pub(super) fn waiver(waivers: &[Waiver], id: &Id, today: Date) -> Option<WaiverEntry> {
    let family = id.as_str().split('@').next().unwrap_or_default();
    let is_about = |waiver: &&Waiver| [id.as_str(), family].contains(&waiver.id.value.as_str());
    let mut begun: Vec<&Waiver> =
        waivers.iter().filter(is_about).filter(|waiver| waiver.since.value <= today).collect();
    begun.sort_by_key(|waiver| waiver.until.value);
    let (last, before) = begun.split_last()?;
    Some(WaiverEntry {
        reason: last.reason.value.clone(),
        owner: last.owner.value.clone(),
        until: last.until.value.to_string(),
        renewals: before.len(),
        excuses: today <= last.until.value,
    })
}
