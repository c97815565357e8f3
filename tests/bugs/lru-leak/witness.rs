use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicIsize, Ordering::SeqCst};

static HELD: AtomicIsize = AtomicIsize::new(0);

struct Counting;

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        HELD.fetch_add(layout.size() as isize, SeqCst);
        System.alloc(layout)
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size() as isize, SeqCst);
        System.dealloc(block, layout);
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

#[test]
fn nothing_stays() {
    let pages: Vec<String> = (0..5).map(|n| format!("page {n}")).collect();
    drop(subject::last(&pages, 3));
    for limit in [1, 3, 5, 8] {
        let before = HELD.load(SeqCst);
        for _ in 0..100 {
            drop(subject::last(&pages, limit));
        }
        assert!(HELD.load(SeqCst) - before < 1000, "limit {limit}: {} bytes", HELD.load(SeqCst) - before);
    }
}
