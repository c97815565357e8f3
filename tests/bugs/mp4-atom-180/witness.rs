use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

struct Largest;
static LARGEST: AtomicUsize = AtomicUsize::new(0);

unsafe impl GlobalAlloc for Largest {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LARGEST.fetch_max(layout.size(), Ordering::Relaxed);
        System.alloc(layout)
    }
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        System.dealloc(memory, layout)
    }
}

#[global_allocator]
static ALLOCATOR: Largest = Largest;

fn atom(kind: &[u8], content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let mut atom = (8 + content.len() as u32).to_be_bytes().to_vec();
    atom.extend(kind);
    atom.extend(content);
    atom
}

#[test]
fn large_counts_need_little_memory() {
    let head = |saiz: &[u8], saio: &[u8]| {
        let track = atom(b"tfhd", &[&[0, 2, 0, 0, 0, 0, 0, 1]]);
        let traf = atom(b"traf", &[&track, &atom(b"saiz", &[saiz]), &atom(b"saio", &[saio])]);
        atom(b"moof", &[&atom(b"mfhd", &[&[0, 0, 0, 0, 0, 0, 0, 7]]), &traf])
    };
    let good = head(&[0, 0, 0, 0, 0, 0, 0, 0, 1, 8], &[0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 9]);
    assert_eq!(subject::fragment(&good), Ok((7, 1)));
    let _ = subject::fragment(&head(&[0, 0, 0, 0, 0, 0x0f, 0xff, 0xff, 0xff, 8], &[0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 9]));
    let _ = subject::fragment(&head(&[0, 0, 0, 0, 0, 0, 0, 0, 1, 8], &[0, 0, 0, 0, 0x01, 0xff, 0xff, 0xff, 0, 0, 0, 9]));
    assert!(LARGEST.load(Ordering::Relaxed) < 1 << 20);
}
