//! Who works when.

use rangemap::RangeMap;

/// The pieces of a plan (from, to, who) after all shifts (start, length, who) are booked, later ones over earlier ones.
pub fn plan(shifts: &[(u8, u8, char)]) -> Vec<(u16, u16, char)> {
    let mut plan = RangeMap::new();
    for (start, length, who) in shifts {
        if *length > 0 {
            let start = u16::from(*start);
            plan.insert(start..start + u16::from(*length), *who);
        }
    }
    plan.iter().map(|(range, who)| (range.start, range.end, *who)).collect()
}
