//! Changes to values that keep most of what made them valid.

pub(crate) mod attack;
pub(crate) mod bytes;
pub(crate) mod parts;
pub(crate) mod sweep;
pub(crate) mod tape;
pub(crate) mod text;

use crate::random::Random;
use crate::tape::Maker;

/// How many changes to stack: one most often, seldom many. Early cases stay near their sample.
pub(crate) fn how_many(random: &mut Random, effort: u64) -> usize {
    let most = if effort < 200 { 3 } else { 8 };
    let mut count = 1;
    while count < most && random.one_in(2) {
        count += 1;
    }
    count
}

/// How often to repeat a part: a few times most often, seldom thousands of times; never beyond the room there is.
pub(crate) fn how_often(maker: &mut Maker<'_>, length: usize) -> usize {
    let room = (maker.room / length.max(1)).max(2);
    let random = &mut *maker.random;
    let wished = match random.below(16) {
        0..=7 => random.within(2..5),
        8..=11 => random.within(5..40),
        12..=14 => random.within(40..400),
        _ => random.within(400..20_000),
    };
    wished.min(room)
}
