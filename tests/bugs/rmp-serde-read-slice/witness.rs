use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The largest piece of memory that was asked for.
static LARGEST: AtomicUsize = AtomicUsize::new(0);

struct Watch;

unsafe impl GlobalAlloc for Watch {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LARGEST.fetch_max(layout.size(), Ordering::Relaxed);
        System.alloc(layout)
    }
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        System.dealloc(memory, layout)
    }
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        LARGEST.fetch_max(size, Ordering::Relaxed);
        System.realloc(memory, layout, size)
    }
}

#[global_allocator]
static WATCH: Watch = Watch;

#[test]
fn what_is_announced_is_not_set_aside() {
    let upload = subject::upload(b"\x92\xa5a.png\xc4\x04\x89PNG").unwrap();
    assert_eq!((upload.name.as_str(), &upload.content[..]), ("a.png", &b"\x89PNG"[..]));
    // 16 MiB of content, and a name of 16 MiB.
    assert!(subject::upload(b"\x92\xa5a.png\xc6\x01\0\0\0\x89PNG").is_none());
    assert!(subject::upload(b"\x92\xdb\x01\0\0\0a.png").is_none());
    let largest = LARGEST.load(Ordering::Relaxed);
    assert!(largest < 1 << 20, "{largest} bytes at once");
}
