//! Takes secrets, says where copies of them stay: in memory that is given back to the heap as it is, and in blocks that
//! nobody gives back.
//!
//! The allocator asks here at every block, while a call is watched; what it asks must not allocate. Never decides what
//! is judged.

use std::hint::black_box;
use std::marker::PhantomData;
use std::ptr::null_mut;
use std::sync::atomic::{
    AtomicBool, AtomicPtr, AtomicUsize,
    Ordering::{Relaxed, SeqCst},
};

use super::leak::{LARGEST_PART, spellings};
use crate::planting::is_strong;

/// One way in which a secret may stand in memory.
struct Form {
    /// As the end of "it stands there …".
    how: &'static str,
    bytes: Vec<u8>,
    /// So many bytes in a row are a copy.
    part: usize,
    /// Bytes of the secret.
    secret: usize,
}

/// What is looked for: every form of every secret, and where eight bytes in a row stand in them.
pub(crate) struct Needles {
    forms: Vec<Form>,
    /// Eight bytes, the form that has them, and where; sorted.
    words: Vec<(u64, usize, usize)>,
    /// Whether any of the words begins with these two bytes.
    begins: Vec<u64>,
}

/// Bytes that are looked up at once.
const WORD: usize = size_of::<u64>();

/// A copy of a part of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Copy {
    /// How it is written.
    pub(crate) how: &'static str,
    /// How many bytes of the secret, and how many it has.
    pub(crate) part: (usize, usize),
}

impl Needles {
    pub(crate) fn of(secrets: &[Vec<u8>]) -> Self {
        let spelled = secrets.iter().flat_map(|secret| spellings(secret));
        let forms: Vec<Form> = spelled.filter(|secret| is_strong(secret)).flat_map(|it| forms(&it)).collect();
        let mut words = Vec::new();
        let mut begins = vec![0_u64; 1 << 10];
        for (at, form) in forms.iter().enumerate() {
            for (offset, bytes) in form.bytes.windows(WORD).enumerate() {
                let word = u64::from_ne_bytes(bytes.try_into().unwrap_or_default());
                begins[place_of(word).0] |= place_of(word).1;
                words.push((word, at, offset));
            }
        }
        words.sort_unstable();
        Self { forms, words, begins }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// A copy among the bytes from `start` on.
    ///
    /// # Safety
    /// They have to be readable; they need not have been written.
    pub(crate) unsafe fn find(&self, start: *const u8, length: usize) -> Option<Copy> {
        // SAFETY: as promised by the caller, and nothing is read beyond.
        unsafe { self.at(start, length).map(|(form, length)| self.copy(form, length)) }
    }

    /// The form of the first copy, and how many of its bytes stand there. Allocates nothing.
    unsafe fn at(&self, start: *const u8, length: usize) -> Option<(usize, usize)> {
        // The compiler must not know where the block comes from: it takes what was never written for anything.
        let start = black_box(start);
        for at in 0..(length + 1).saturating_sub(WORD) {
            // SAFETY: `at + WORD` is at most `length`.
            let word = unsafe { start.add(at).cast::<u64>().read_unaligned() };
            let (index, bit) = place_of(word);
            if self.begins[index] & bit == 0 {
                continue;
            }
            let first = self.words.partition_point(|(known, ..)| *known < word);
            for (_, form, offset) in self.words[first..].iter().take_while(|(known, ..)| *known == word) {
                // SAFETY: as above.
                let length = unsafe { self.whole(start, length, at, *form, *offset) };
                if length.is_some() {
                    return length.map(|length| (*form, length));
                }
            }
        }
        None
    }

    /// How much of the form stands around the word at `at`, if that is enough.
    unsafe fn whole(
        &self,
        start: *const u8,
        length: usize,
        at: usize,
        form: usize,
        offset: usize,
    ) -> Option<usize> {
        let form = &self.forms[form];
        // SAFETY: only places below `length` are asked for.
        let is_at = |place: usize, byte: u8| unsafe { start.add(place).read() } == byte;
        let most = at.min(offset);
        let back = (1..=most).take_while(|back| is_at(at - back, form.bytes[offset - back])).count();
        let most = (length - at).min(form.bytes.len() - offset);
        let on = (WORD..most).take_while(|on| is_at(at + on, form.bytes[offset + on])).count();
        let found = &form.bytes[offset - back..offset + WORD + on];
        (found.len() >= form.part && is_strong(found)).then_some(found.len())
    }

    fn copy(&self, form: usize, length: usize) -> Copy {
        let form = &self.forms[form];
        Copy { how: form.how, part: (length * form.secret / form.bytes.len().max(1), form.secret) }
    }
}

/// Where it stands which words may begin so.
fn place_of(word: u64) -> (usize, u64) {
    let [first, second, ..] = word.to_ne_bytes();
    (usize::from(first) << 2 | usize::from(second) >> 6, 1 << (second & 63))
}

/// The forms in which a program has a secret, or makes one of it.
fn forms(secret: &[u8]) -> Vec<Form> {
    let part = (secret.len() / 2).clamp(WORD, LARGEST_PART);
    let form = |how, bytes: Vec<u8>, part| Form { how, bytes, part, secret: secret.len() };
    let hex = |digits: &[u8; 16]| -> Vec<u8> {
        let digit = |half: u8| digits[usize::from(half)];
        secret.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    };
    let wide = |width: usize| -> Vec<u8> {
        let letter = |byte: &u8| std::iter::once(*byte).chain(std::iter::repeat_n(0, width - 1));
        secret.iter().flat_map(letter).collect()
    };
    let mut all = vec![
        form("as it is", secret.to_vec(), part),
        form("backwards", secret.iter().rev().copied().collect(), part),
        form("in hexadecimal", hex(b"0123456789abcdef"), part * 2),
        form("in hexadecimal", hex(b"0123456789ABCDEF"), part * 2),
        form("in characters of two bytes", wide(2), part * 2 - 1),
        form("in characters of four bytes", wide(4), part * 4 - 3),
    ];
    for last in [b"+/", b"-_"] {
        all.extend((0..3).map(|offset| form("in base64", base64(secret, offset, *last), part * 4 / 3)));
    }
    all
}

/// The digits that only the secret decides where it stands `offset` bytes behind the start of a group of three.
fn base64(secret: &[u8], offset: usize, last: [u8; 2]) -> Vec<u8> {
    let bits: Vec<bool> =
        secret.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1 == 1)).collect();
    let skipped = [0, 4, 2][offset];
    let digit = |bits: &[bool]| match bits.iter().fold(0_u8, |digit, bit| digit << 1 | u8::from(*bit)) {
        digit @ 0..26 => b'A' + digit,
        digit @ 26..52 => b'a' + digit - 26,
        digit @ 52..62 => b'0' + digit - 52,
        digit => last[usize::from(digit - 62)],
    };
    bits[skipped.min(bits.len())..].chunks_exact(6).map(digit).collect()
}

static WATCHING: AtomicBool = AtomicBool::new(false);
static NEEDLES: AtomicPtr<Needles> = AtomicPtr::new(null_mut());
/// Threads that look something up just now.
static READERS: AtomicUsize = AtomicUsize::new(0);

/// How a block was let go of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// It was given back.
    Freed,
    /// What was in it went to a larger one.
    Outgrown,
    /// It was not.
    Kept,
}

/// The first copy that was found: its form and one, its length, the size of the block, and whether that was outgrown.
static FOUND: [AtomicUsize; 4] = [const { AtomicUsize::new(0) }; 4];

/// While this is there, blocks are searched when they are given back, and those that are taken are remembered.
pub(crate) struct Watching<'n>(PhantomData<&'n Needles>);

/// Watches from here on; only one thing is watched at a time.
pub(crate) fn watch(needles: &Needles) -> Watching<'_> {
    NEEDLES.store(std::ptr::from_ref(needles).cast_mut(), SeqCst);
    WATCHING.store(true, SeqCst);
    Watching(PhantomData)
}

impl Drop for Watching<'_> {
    fn drop(&mut self) {
        WATCHING.store(false, SeqCst);
        // Threads of the call may look at the needles for a moment longer.
        while READERS.load(SeqCst) != 0 {
            std::thread::yield_now();
        }
        NEEDLES.store(null_mut(), SeqCst);
    }
}

/// What was found since this was last asked, and how large its block was.
pub(crate) fn take_found(needles: &Needles) -> Option<(Way, usize, Copy)> {
    let [form, length, size, outgrown] = [0, 1, 2, 3].map(|at| FOUND[at].load(SeqCst));
    FOUND[0].store(0, SeqCst);
    let way = if outgrown == 1 { Way::Outgrown } else { Way::Freed };
    Some((way, size, needles.copy(form.checked_sub(1)?, length)))
}

/// Asked before a block goes back to the system.
#[inline]
pub(crate) fn freed(block: *mut u8, size: usize) {
    if WATCHING.load(Relaxed) {
        search(block, size, size, false);
    }
    if TAKEN.load(Relaxed) > 0 {
        forget(block as usize);
    }
}

/// Asked before a block gets another size: one that grows may leave its content behind where it was.
#[inline]
pub(crate) fn resized(block: *mut u8, size: usize, new: usize) {
    if WATCHING.load(Relaxed) {
        if new > size {
            search(block, size, size, true);
        } else {
            search(block.wrapping_add(new), size - new, size, false);
        }
    }
    if TAKEN.load(Relaxed) > 0 {
        forget(block as usize);
    }
}

/// Told of every new block.
#[inline]
pub(crate) fn taken(block: *mut u8, size: usize) {
    if WATCHING.load(Relaxed) && !block.is_null() {
        remember(block as usize, size);
    }
}

#[cold]
fn search(start: *const u8, length: usize, size: usize, is_outgrown: bool) {
    READERS.fetch_add(1, SeqCst);
    let needles = NEEDLES.load(SeqCst);
    if WATCHING.load(SeqCst) && !needles.is_null() && FOUND[0].load(SeqCst) == 0 {
        // SAFETY: the needles are there as long as a reader is counted, and the block has not been given back yet.
        let found = unsafe { (*needles).at(start, length) };
        if let Some((form, length)) = found {
            FOUND[1].store(length, SeqCst);
            FOUND[2].store(size, SeqCst);
            FOUND[3].store(usize::from(is_outgrown), SeqCst);
            FOUND[0].store(form + 1, SeqCst);
        }
    }
    READERS.fetch_sub(1, SeqCst);
}

/// Blocks that are remembered at most.
const SLOTS: usize = 1 << 13;
/// Places of a block among them; one that finds all of them taken is not remembered.
const PLACES: usize = 32;
/// A slot that was in use.
const GONE: usize = 1;

/// Blocks that were taken while a call was watched and were not given back: address and size.
static BLOCKS: [[AtomicUsize; 2]; SLOTS] = [const { [const { AtomicUsize::new(0) }; 2] }; SLOTS];
/// How many there are.
static TAKEN: AtomicUsize = AtomicUsize::new(0);

fn places(address: usize) -> impl Iterator<Item = &'static [AtomicUsize; 2]> {
    let first = (address >> 4).wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as usize) >> 16;
    (0..PLACES).map(move |step| &BLOCKS[(first + step) % SLOTS])
}

fn remember(address: usize, size: usize) {
    for [held, length] in places(address) {
        let known = held.load(Relaxed);
        if known <= GONE && held.compare_exchange(known, address, SeqCst, Relaxed).is_ok() {
            length.store(size, SeqCst);
            TAKEN.fetch_add(1, SeqCst);
            return;
        }
    }
}

fn forget(address: usize) {
    for [held, _] in places(address) {
        let known = held.load(Relaxed);
        if known == 0 {
            return;
        }
        if known == address && held.compare_exchange(known, GONE, SeqCst, Relaxed).is_ok() {
            TAKEN.fetch_sub(1, SeqCst);
            return;
        }
    }
}

/// Remembers none of the blocks that were taken so far.
pub(crate) fn forget_all() {
    FOUND[0].store(0, SeqCst);
    for [held, _] in &BLOCKS {
        held.store(0, SeqCst);
    }
    TAKEN.store(0, SeqCst);
}

/// A copy in a block that was taken while the call was watched and is still there; and how large the block is.
pub(crate) fn kept(needles: &Needles) -> Option<(Way, usize, Copy)> {
    BLOCKS.iter().filter(|[held, _]| held.load(SeqCst) > GONE).find_map(|[held, length]| {
        let (start, size) = (held.load(SeqCst) as *const u8, length.load(SeqCst));
        // SAFETY: the block has not been given back, or it would not be remembered.
        let copy = unsafe { needles.find(start, size) }?;
        Some((Way::Kept, size, copy))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(secret: &[u8], memory: &[u8]) -> Option<(&'static str, usize)> {
        let needles = Needles::of(&[secret.to_vec()]);
        // SAFETY: it is a slice.
        unsafe { needles.find(memory.as_ptr(), memory.len()) }.map(|copy| (copy.how, copy.part.0))
    }

    const SECRET: &[u8; 32] = b"q7Rk2ZtW9mXb4LpVc8Ns3GhYw5Td6KfJ";

    #[test]
    fn copies_are_found_in_every_form_and_at_every_place() {
        let hex = SECRET.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().concat();
        let wide: Vec<u8> = SECRET.iter().flat_map(|byte| [*byte, 0]).collect();
        let base64 = b"cTdSazJadFc5bVhiNExwVmM4TnMzR2hZdzVUZDZLZko=";
        let shifted = b"MTpxN1JrMlp0VzltWGI0THBWYzhOczNHaFl3NVRkNktmSg==";
        for (memory, how) in [
            (&SECRET[..], "as it is"),
            (hex.as_bytes(), "in hexadecimal"),
            (&wide, "in characters of two bytes"),
            (base64, "in base64"),
            (shifted, "in base64"),
        ] {
            for before in 0..9 {
                let around = [&vec![7; before][..], memory, b"\0\0"].concat();
                let found = found(SECRET, &around).expect("a copy");
                assert!(found.0 == how && found.1 >= 30, "{found:?} for {how}");
            }
        }
    }

    #[test]
    fn sixteen_bytes_in_a_row_are_a_copy_and_fifteen_are_not() {
        assert_eq!(found(SECRET, &SECRET[9..25]), Some(("as it is", 16)));
        assert_eq!(found(SECRET, &SECRET[9..24]), None);
        assert_eq!(found(SECRET, &[0; 64]), None);
        assert_eq!(found(SECRET, &[]), None);
    }

    #[test]
    fn what_a_text_of_hexadecimal_digits_stands_for_is_looked_for_too() {
        let bytes: Vec<u8> = (0..32_u8).map(|n| n.wrapping_mul(37).wrapping_add(11)).collect();
        let text = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        assert_eq!(found(text.as_bytes(), &bytes[8..]), Some(("as it is", 24)));
    }

    #[test]
    fn a_block_is_remembered_until_it_goes() {
        let addresses: Vec<usize> = (1..3_000).map(|block| 0x7f00_0000_0000 + block * 48).collect();
        for address in &addresses {
            remember(*address, 48);
        }
        assert!(TAKEN.load(SeqCst) > 2_990, "nearly all find a place");
        for address in &addresses {
            forget(*address);
        }
        assert_eq!(TAKEN.load(SeqCst), 0);
    }
}
