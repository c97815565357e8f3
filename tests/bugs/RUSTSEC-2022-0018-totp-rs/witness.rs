//! Counts how often the code is given to `memcmp` or `bcmp`, which stop at the first difference.
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

static SEEN: AtomicUsize = AtomicUsize::new(0);

unsafe fn compare(a: *const u8, b: *const u8, n: usize) -> i32 {
    let guess = |p: *const u8| n == 8 && (0..n).all(|i| p.add(i).read_volatile() == b"zzzzzzzz".as_ptr().add(i).read_volatile());
    if guess(a) || guess(b) {
        SEEN.fetch_add(1, SeqCst);
    }
    for i in 0..n {
        let (x, y) = (a.add(i).read_volatile(), b.add(i).read_volatile());
        if x != y {
            return i32::from(x) - i32::from(y);
        }
    }
    0
}

#[no_mangle]
unsafe extern "C" fn memcmp(a: *const u8, b: *const u8, n: usize) -> i32 {
    compare(a, b, n)
}

#[no_mangle]
unsafe extern "C" fn bcmp(a: *const u8, b: *const u8, n: usize) -> i32 {
    compare(a, b, n)
}

#[test]
fn no_comparison_that_stops() {
    let seed = [7; 20];
    assert!(subject::is_code(&seed, 1000, &subject::code(&seed, 1000)));
    assert!(!subject::is_code(&seed, 1000, "zzzzzzzz"));
    assert_eq!(SEEN.load(SeqCst), 0);
}
