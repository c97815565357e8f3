//! Shares of votes.

use num_rational::Ratio;
use std::cmp::Ordering;

/// Which of two shares is greater: so many votes of so many. None if nobody could vote.
pub fn compare(left: (i64, u32), right: (i64, u32)) -> Option<Ordering> {
    if left.1 == 0 || right.1 == 0 {
        return None;
    }
    let share = |(votes, of): (i64, u32)| Ratio::new_raw(votes, i64::from(of));
    Some(share(left).cmp(&share(right)))
}
