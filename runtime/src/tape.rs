//! The tape: every generated value is made from a recorded sequence of choices.
//!
//! Replaying a tape makes the same values again; shrinking and mutating work on the tape, whatever the types are.

pub(crate) use self::bytes::{decode, encode};
pub(crate) use self::maker::Maker;
pub(crate) use self::pump::{Code, Counter, Field, Form, Pumped};

mod bytes;
mod maker;
mod pump;

/// One choice a generator made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Choice {
    /// A number; 0 is the simplest.
    Number(u128),
    /// A text, the simplest is empty.
    Text(String),
    /// Bytes, the simplest are none.
    Bytes(Vec<u8>),
    /// A text or bytes of which one part is repeated.
    Pumped(Box<Pumped>),
    /// What follows up to the matching end belongs together: it goes off the tape as one.
    Open,
    /// The end of what belongs together.
    Close,
}

/// The choices of one case, in order.
pub(crate) type Tape = Vec<Choice>;

/// The place of the end that belongs to the beginning at the front of `tape`; the last place if there is none.
pub(crate) fn end_of_span(tape: &[Choice]) -> usize {
    let mut depth = 0_usize;
    for (at, choice) in tape.iter().enumerate() {
        match choice {
            Choice::Open => depth += 1,
            Choice::Close if depth <= 1 => return at,
            Choice::Close => depth -= 1,
            _ => {}
        }
    }
    tape.len().saturating_sub(1)
}
