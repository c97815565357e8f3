//! Who works when.

use rangemap::RangeMap;

/// How many pieces a plan has after all shifts (start, length, who) are booked, later ones over earlier ones.
pub fn pieces(shifts: &[(u32, u8, u16)]) -> usize {
    let mut plan = RangeMap::new();
    for (start, length, who) in shifts {
        let end = start.saturating_add(u32::from(*length));
        if end > *start {
            plan.insert(*start..end, *who);
        }
    }
    plan.iter().count()
}
