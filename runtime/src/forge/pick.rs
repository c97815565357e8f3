//! Draws which change it is.

use crate::source::Source;

/// A number below `end`.
pub(super) fn number(source: &mut Source<'_>, end: usize) -> usize {
    let most = end.saturating_sub(1) as u128;
    let number = source.number(most, |maker| {
        if end > 1 << 20 {
            u128::from(maker.random.next()) % (most + 1)
        } else {
            maker.random.below(end) as u128
        }
    });
    usize::try_from(number).unwrap_or(0)
}
