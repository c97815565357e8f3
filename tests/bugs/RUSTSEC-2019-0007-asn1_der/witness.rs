use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

struct Largest;
static LARGEST: AtomicUsize = AtomicUsize::new(0);

unsafe impl GlobalAlloc for Largest {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LARGEST.fetch_max(layout.size(), Relaxed);
        System.alloc(layout)
    }
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        LARGEST.fetch_max(layout.size(), Relaxed);
        System.alloc_zeroed(layout)
    }
    unsafe fn dealloc(&self, p: *mut u8, layout: Layout) {
        System.dealloc(p, layout)
    }
}

#[global_allocator]
static ALLOCATOR: Largest = Largest;

#[test]
fn a_long_name_is_not_believed() {
    assert_eq!(subject::read_name(b"\x0c\x04Anna"), Ok("Anna".to_string()));
    assert!(subject::read_name(b"\x0c\x84\x7f\xff\xff\xff").is_err());
    assert!(LARGEST.load(Relaxed) < 10 << 20, "one allocation of {} bytes", LARGEST.load(Relaxed));
}
