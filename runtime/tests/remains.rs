//! The oracles about what stays in memory, against subjects that are known to be good or bad.

use std::sync::Mutex;

use constraints_runtime::v1 as rt;

use self::support::{red, says};

mod support;

#[global_allocator]
static HEAP: rt::Heap = rt::Heap;

fn wipe(bytes: &mut [u8]) {
    for byte in bytes {
        // SAFETY: it is a reference.
        unsafe { std::ptr::write_volatile(byte, 0) };
    }
}

/// Bytes that are wiped as far as is said.
#[derive(Debug)]
struct Key {
    bytes: Vec<u8>,
    to: usize,
}

impl Key {
    fn new(text: &str, to: usize) -> Self {
        let mut bytes = Vec::with_capacity(text.len());
        bytes.extend_from_slice(text.as_bytes());
        Self { bytes, to }
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        let to = self.to.min(self.bytes.len());
        wipe(&mut self.bytes[..to]);
    }
}

/// The same in place.
struct Inline([u8; 64]);

impl Drop for Inline {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

/// The test of a function of a secret text.
macro_rules! of_secret {
    ($name:literal, |$text:ident| $call:expr) => {
        rt::wiped($name, |case| {
            case.plants(&["text"])?;
            let $text = case.draw("text", rt::text())?;
            let result = case.watched(|| $call)?;
            case.drops_answer(result)?;
            case.keeps_no_copy()
        })
    };
}

#[test]
fn a_key_that_wipes_itself_is_green() {
    of_secret!("a_key_that_wipes_itself_is_green", |text| Key::new(&text, usize::MAX));
}

#[test]
fn a_key_that_wipes_itself_in_place_is_green_where_it_is_refused_too() {
    of_secret!("a_key_that_wipes_itself_in_place_is_green_where_it_is_refused_too", |text| {
        let mut key = Inline([0; 64]);
        key.0[..text.len().min(64)].copy_from_slice(&text.as_bytes()[..text.len().min(64)]);
        if text.len() == 24 { Ok(key) } else { Err(text.len()) }
    });
}

#[test]
fn a_key_that_is_wiped_in_part_is_red() {
    let message = red(|| {
        of_secret!("a_key_that_is_wiped_in_part_is_red", |text| Key::new(&text, 4));
    });
    says(
        &message,
        &[
            "no copy of the secret stays in memory",
            "as it is in a block of",
            "the answer, when it was dropped, gave back",
        ],
    );
}

#[test]
fn a_key_of_plain_bytes_is_red_in_its_place() {
    let message = red(|| {
        of_secret!("a_key_of_plain_bytes_is_red_in_its_place", |text| {
            let mut key = [0_u8; 64];
            key[..text.len().min(64)].copy_from_slice(&text.as_bytes()[..text.len().min(64)]);
            key
        });
    });
    says(&message, &["in the place of the answer, which was dropped"]);
}

#[test]
fn a_buffer_that_grows_leaves_its_content_behind_and_is_red() {
    let message = red(|| {
        of_secret!("a_buffer_that_grows_leaves_its_content_behind_and_is_red", |text| {
            let mut key = Key { bytes: Vec::new(), to: usize::MAX };
            text.bytes().for_each(|byte| key.bytes.push(byte));
            key
        });
    });
    says(&message, &["that the call left behind on the heap for a larger one"]);
}

#[test]
fn a_copy_in_another_form_is_red_where_the_call_refuses() {
    let message = red(|| {
        of_secret!("a_copy_in_another_form_is_red_where_the_call_refuses", |text| {
            let hex = text.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
            let is_zero = hex.len() == 1;
            drop(hex);
            is_zero.then_some(())
        });
    });
    says(&message, &["in hexadecimal in a block of"]);
}

#[test]
fn a_call_that_panics_is_looked_at_while_it_unwinds() {
    let message = red(|| {
        of_secret!("a_call_that_panics_is_looked_at_while_it_unwinds", |text| {
            let copy = text.clone();
            assert!(copy.is_empty(), "no");
        });
    });
    says(&message, &["that the call gave back to the heap"]);
}

#[test]
fn a_secret_that_a_cache_keeps_is_red() {
    static CACHE: Mutex<Vec<Key>> = Mutex::new(Vec::new());
    let message = red(|| {
        of_secret!("a_secret_that_a_cache_keeps_is_red", |text| {
            let key = Key::new(&text, usize::MAX);
            if let Ok(mut cache) = CACHE.lock() {
                cache.push(key);
            }
        });
    });
    says(&message, &["took from the heap and that is still there"]);
}

/// The test of a password that is lent to be emptied, and wiped before if that is so.
fn emptied(name: &'static str, wiped: bool) {
    rt::wiped(name, |case| {
        case.plants(&["password"])?;
        let mut password = case.draw("password", rt::text())?;
        let result = case.watched(|| {
            if wiped {
                // SAFETY: zeros are text.
                wipe(unsafe { password.as_bytes_mut() });
            }
            password.clear();
        })?;
        case.drops_answer(result)?;
        case.drops("password", password)
    });
}

#[test]
fn a_lent_buffer_that_is_wiped_is_green() {
    emptied("a_lent_buffer_that_is_wiped_is_green", true);
}

#[test]
fn a_lent_buffer_is_looked_at_beyond_its_length() {
    let message = red(|| emptied("a_lent_buffer_is_looked_at_beyond_its_length", false));
    says(&message, &["`password`, when it was dropped, gave back"]);
}

/// The test of a function of a text that may panic.
macro_rules! of_text {
    ($name:literal, |$text:ident| $call:expr) => {
        rt::leak_free($name, |case| {
            let $text = case.draw("text", rt::text())?;
            case.tolerate(|| $call)?;
            Ok(())
        })
    };
}

#[test]
fn caches_and_threads_that_end_leave_nothing() {
    static CACHE: Mutex<Vec<String>> = Mutex::new(Vec::new());
    of_text!("caches_and_threads_that_end_leave_nothing", |text| {
        let mut cache = CACHE.lock().map_err(|_| "poisoned")?;
        if !cache.contains(&text) {
            cache.push(text.clone());
        }
        drop(std::thread::spawn(move || drop(text)));
        Ok::<(), &str>(())
    });
}

#[test]
fn elements_that_a_panic_leaves_undropped_are_a_leak() {
    let message = red(|| {
        of_text!("elements_that_a_panic_leaves_undropped_are_a_leak", |text| {
            let word = std::mem::ManuallyDrop::new(text.clone());
            assert!(!text.contains('%'), "a percent sign");
            drop(std::mem::ManuallyDrop::into_inner(word));
        });
    });
    says(
        &message,
        &["leaves nothing behind", "calls with the same values left", "blocks on the heap", "text = \"%\""],
    );
}

#[test]
fn a_panic_that_drops_everything_is_no_leak() {
    of_text!("a_panic_that_drops_everything_is_no_leak", |text| {
        let copy = text.clone();
        assert!(!copy.contains('%'), "a percent sign");
        copy
    });
}

#[test]
fn a_list_that_grows_with_every_call_is_a_leak() {
    static LOG: Mutex<Vec<u64>> = Mutex::new(Vec::new());
    let message = red(|| {
        of_text!("a_list_that_grows_with_every_call_is_a_leak", |text| {
            if let Ok(mut log) = LOG.lock() {
                log.push(text.len() as u64);
            }
        });
    });
    says(&message, &["calls with the same values left"]);
}

#[cfg(target_os = "linux")]
#[test]
fn files_that_stay_open_are_a_leak() {
    let message = red(|| {
        of_text!("files_that_stay_open_are_a_leak", |text| {
            let file = std::fs::File::open("/dev/null");
            if text.len() > 3 {
                std::mem::forget(file);
            }
        });
    });
    says(&message, &["128 calls with the same values left 128 files open"]);
}

#[cfg(target_os = "linux")]
#[test]
fn threads_that_never_end_are_a_leak() {
    let message = red(|| {
        of_text!("threads_that_never_end_are_a_leak", |text| {
            if text.len() > 3 {
                drop(std::thread::spawn(|| {
                    loop {
                        std::thread::park();
                    }
                }));
            }
        });
    });
    says(&message, &["threads running"]);
}

/// The last byte of a block of which nobody wrote the end; the next call gets the same block.
#[expect(clippy::uninit_vec, reason = "that is the mistake")]
fn padded(byte: u8) -> u8 {
    let mut block: Vec<u8> = Vec::with_capacity(48);
    // SAFETY: there is none; what was not written may be anything.
    unsafe { block.set_len(48) };
    block[..40].fill(byte);
    block[47]
}

#[test]
fn what_was_read_without_having_been_written_is_another_each_time() {
    let message = red(|| {
        rt::deterministic("what_was_read_without_having_been_written_is_another_each_time", |case| {
            let byte = case.draw("byte", rt::integer::<u8>())?;
            let result = case.call(|| padded(byte))?;
            let again = case.check("second call", || padded(byte))?;
            case.agree(&[], rt::answers_of!(result, again))
        });
    });
    says(&message, &["a second call gives the same"]);
}
