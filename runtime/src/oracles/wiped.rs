use std::mem::MaybeUninit;
use std::ops::Deref;

use crate::case::Case;
use crate::isolate::{Test, run};
use crate::measure::is_counted;
use crate::panics;
use crate::planting::Planting;
use crate::secret::remains::{Copy, Needles, Way, forget_all, kept, take_found, watch};
use crate::stop::Stop;

/// Holds when no copy of a planted secret stays in memory once the call is over and what it gave is dropped.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn wiped(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "wiped", EXPECTED, &body).where_it(is_counted));
}

/// What has to be true, in words; two findings that contradict it are the same one.
const EXPECTED: &str = "no copy of the secret stays in memory";

#[doc(hidden)]
/// A value whose own bytes can be looked at after it was dropped.
#[derive(Debug)]
pub struct Held<R> {
    /// On the heap and never moved; empty where nothing was put in, or what was is dropped.
    place: Box<MaybeUninit<R>>,
    is_there: bool,
}

impl<R> Held<R> {
    fn empty() -> Self {
        Self { place: Box::new(MaybeUninit::zeroed()), is_there: false }
    }

    fn put(&mut self, value: R) {
        self.place.write(value);
        self.is_there = true;
    }

    /// Drops the value where it is. One whose drop panics is the business of another kind.
    fn let_go(&mut self) {
        if std::mem::take(&mut self.is_there) {
            // SAFETY: it is there, and from now on it is not.
            let _ = panics::catch(|| unsafe { self.place.assume_init_drop() });
        }
    }
}

impl<R> Deref for Held<R> {
    type Target = R;

    fn deref(&self) -> &R {
        assert!(self.is_there, "a value that is looked at is there");
        // SAFETY: it is.
        unsafe { self.place.assume_init_ref() }
    }
}

impl<R> Drop for Held<R> {
    fn drop(&mut self) {
        self.let_go();
    }
}

impl Case<'_> {
    /// Calls the target and looks at all memory that it gives back; gives nothing where it panics.
    pub fn watched<R>(&mut self, target: impl FnOnce() -> R) -> Result<Option<Held<R>>, Stop> {
        let needles = self.needles();
        forget_all();
        let mut held: Held<R> = Held::empty();
        let ended = self.call(|| {
            scrub();
            call(&needles, &mut held, target)
        })?;
        self.nothing_in_blocks("the call", take_found(&needles))?;
        Ok(ended.map(|()| held))
    }

    /// Lets go of what the call gave, and looks at what it leaves.
    pub fn drops_answer<R>(&mut self, answer: Option<Held<R>>) -> Result<(), Stop> {
        match answer {
            Some(held) => self.dropped("the answer", held),
            None => Ok(()),
        }
    }

    /// Lets go of a value that the call could change, and looks at what it leaves.
    pub fn drops<T>(&mut self, name: &str, value: T) -> Result<(), Stop> {
        let mut held: Held<T> = Held::empty();
        held.put(value);
        self.dropped(&format!("`{name}`"), held)
    }

    /// Lets go of a value that is not the target's to wipe.
    pub fn forgets<T>(&mut self, value: T) -> Result<(), Stop> {
        self.call(|| drop(value))
    }

    /// States that no block has a copy that the call took and that is still there.
    pub fn keeps_no_copy(&mut self) -> Result<(), Stop> {
        let found = kept(&self.needles());
        self.nothing_in_blocks("the call", found)
    }

    fn dropped<R>(&mut self, what: &str, mut held: Held<R>) -> Result<(), Stop> {
        let needles = self.needles();
        if needles.is_empty() {
            return Err(Stop::rejected());
        }
        self.call(|| {
            let _watching = watch(&needles);
            held.let_go();
        })?;
        self.nothing_in_blocks(&format!("{what}, when it was dropped,"), take_found(&needles))?;
        // SAFETY: the place was there for a value of this size, and nobody else has it.
        let copy = unsafe { needles.find(held.place.as_ptr().cast(), size_of::<R>()) };
        match copy {
            Some(copy) => Err(self.finding(copy, &format!("in the place of {what}, which was dropped"))),
            None => Ok(()),
        }
    }

    fn nothing_in_blocks(&mut self, who: &str, found: Option<(Way, usize, Copy)>) -> Result<(), Stop> {
        let Some((way, size, copy)) = found else { return Ok(()) };
        let did = match way {
            Way::Freed => "gave back to the heap",
            Way::Outgrown => "left behind on the heap for a larger one",
            Way::Kept => "took from the heap and that is still there after everything it gave was dropped",
        };
        Err(self.finding(copy, &format!("in a block of {size} bytes that {who} {did}")))
    }

    fn finding(&mut self, Copy { how, part: (part, length) }: Copy, place: &str) -> Stop {
        let secrets = self.source().planting().map_or_else(Vec::new, |it| it.secrets().to_vec());
        for secret in secrets {
            self.see("secret", || crate::show::show_bytes(&secret));
        }
        let amount =
            if part >= length { "all of it".to_string() } else { format!("{part} of {length} bytes") };
        Stop::violated(EXPECTED, format!("{amount} {how} {place}"))
    }

    fn needles(&mut self) -> Needles {
        Needles::of(self.source().planting().map_or(&[], Planting::secrets))
    }
}

/// Bytes of the stack that are cleared in front of a call.
const SCRUBBED: usize = 64 * 1024;

/// Clears the stack below, on which values were made: what a call leaves unwritten in its answer is not its doing.
#[inline(never)]
#[expect(clippy::large_stack_arrays, reason = "it is the stack that is cleared")]
fn scrub() {
    let mut below = [0_u8; SCRUBBED];
    std::hint::black_box(&mut below);
}

/// The call in frames of its own, its answer written to where it stays.
#[inline(never)]
fn call<R>(needles: &Needles, held: &mut Held<R>, target: impl FnOnce() -> R) -> Option<()> {
    let watched = || {
        let _watching = watch(needles);
        held.put(target());
    };
    panics::catch(watched).ok()
}
