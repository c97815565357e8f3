use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

static WATCH: AtomicBool = AtomicBool::new(false);
static FOUND: AtomicUsize = AtomicUsize::new(0);
const SECRET: &[u8] = b"correct4horse8battery2staple";

struct Watch;

unsafe impl GlobalAlloc for Watch {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        System.alloc_zeroed(layout)
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if WATCH.load(Ordering::SeqCst) {
            let bytes = std::slice::from_raw_parts(block, layout.size());
            if bytes.windows(SECRET.len()).any(|window| window == SECRET) {
                FOUND.fetch_add(1, Ordering::SeqCst);
            }
        }
        System.dealloc(block, layout);
    }
}

#[global_allocator]
static ALLOCATOR: Watch = Watch;

#[test]
fn nothing_is_left() {
    let line = format!("ada:{}", std::str::from_utf8(SECRET).unwrap());
    WATCH.store(true, Ordering::SeqCst);
    let answer = subject::sign_in(line);
    WATCH.store(false, Ordering::SeqCst);
    assert_eq!(answer, Some(3));
    assert_eq!(FOUND.load(Ordering::SeqCst), 0);
}
