use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicIsize, Ordering};

struct Counting;

static LIVE: AtomicIsize = AtomicIsize::new(0);

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size() as isize, Ordering::SeqCst);
        System.alloc(layout)
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size() as isize, Ordering::SeqCst);
        System.dealloc(pointer, layout)
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

#[test]
fn nothing_stays() {
    for mail in ["From: ann\n\nAt five?\n", "To: bob\n", "x\n\n", ""] {
        drop(subject::body(mail));
        let before = LIVE.load(Ordering::SeqCst);
        for _ in 0..100 {
            drop(subject::body(mail));
        }
        assert_eq!(LIVE.load(Ordering::SeqCst) - before, 0, "{mail:?}");
    }
}
