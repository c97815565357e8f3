use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

const MARK: u8 = 0xa7;
static FOUND: AtomicUsize = AtomicUsize::new(0);

/// Looks at every block that is given back.
struct Looking;

unsafe impl GlobalAlloc for Looking {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        System.alloc_zeroed(layout)
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let bytes = std::slice::from_raw_parts(block, layout.size());
        if bytes.windows(16).any(|w| w == [MARK; 16]) {
            FOUND.fetch_add(1, SeqCst);
        }
        System.dealloc(block, layout);
    }
}

#[global_allocator]
static LOOKING: Looking = Looking;

#[test]
fn a_closed_wallet_is_gone() {
    drop(vec![MARK; 32]);
    assert_eq!(FOUND.swap(0, SeqCst), 1, "a plain vector is found");
    let wallet = subject::Wallet::restore(&[MARK; 32]).unwrap();
    assert_eq!(wallet.count(), 24);
    drop(wallet);
    assert_eq!(FOUND.load(SeqCst), 0, "the secret was given back unwiped");
}
