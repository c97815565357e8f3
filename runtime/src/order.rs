//! Takes which steps came before which, finds an order of all of them that explains what they gave.
//!
//! Tries one order after the other, each only as far as it goes well; gives up where there are too many.

/// Whether steps at the same time are explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Explained {
    Yes,
    No,
    /// There are too many orders to try them all.
    Undecided,
}

/// Steps taken in search of an order.
const TRIES: usize = 300_000;

/// Whether an order explains the steps: step `at` has those in `before[at]` behind it, one bit for each.
/// `replay` takes steps in this order, and tells how many of them went as they should; `hint` is tried first.
pub(crate) fn explained(
    before: &[u64],
    hint: &[usize],
    replay: &mut dyn FnMut(&[usize]) -> usize,
) -> Explained {
    if replay(hint) == hint.len() {
        return Explained::Yes;
    }
    let mut search = Search { before, replay, chosen: Vec::new(), left: TRIES };
    match search.goes_on(0) {
        Some(true) => Explained::Yes,
        Some(false) => Explained::No,
        None => Explained::Undecided,
    }
}

struct Search<'s> {
    before: &'s [u64],
    replay: &'s mut dyn FnMut(&[usize]) -> usize,
    chosen: Vec<usize>,
    left: usize,
}

impl Search<'_> {
    /// Whether the steps that are not `done` can follow those that are; nothing if that took too long.
    fn goes_on(&mut self, done: u64) -> Option<bool> {
        if self.chosen.len() == self.before.len() {
            return Some(true);
        }
        for next in 0..self.before.len() {
            let is_next = done >> next & 1 == 0 && self.before[next] & !done == 0;
            if !is_next {
                continue;
            }
            self.chosen.push(next);
            self.left = self.left.checked_sub(self.chosen.len())?;
            if (self.replay)(&self.chosen) == self.chosen.len() && self.goes_on(done | 1 << next)? {
                return Some(true);
            }
            self.chosen.pop();
        }
        Some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A counter: each step adds one and gives what it was before.
    fn counted(gave: &[usize]) -> impl FnMut(&[usize]) -> usize {
        move |order| order.iter().enumerate().take_while(|(count, at)| gave[**at] == *count).count()
    }

    #[test]
    fn an_order_is_found_that_keeps_to_what_came_before_what() {
        assert_eq!(explained(&[0, 0, 0], &[0, 1, 2], &mut counted(&[2, 0, 1])), Explained::Yes);
        // The first step came back before the second began.
        assert_eq!(explained(&[0, 1, 0], &[0, 1, 2], &mut counted(&[2, 0, 1])), Explained::No);
        assert_eq!(explained(&[0, 0, 0], &[0, 1, 2], &mut counted(&[0, 0, 1])), Explained::No);
    }

    #[test]
    fn too_many_orders_are_left_undecided() {
        let before = [0_u64; 14];
        let mut last_is_wrong = |order: &[usize]| if order.len() == 14 { 13 } else { order.len() };
        let hint: Vec<usize> = (0..14).collect();
        assert_eq!(explained(&before, &hint, &mut last_is_wrong), Explained::Undecided);
    }
}
