use std::{sync::mpsc, thread, time::Duration};

/// A scan of two pages, and a place for the page that follows them.
fn scan(next: u32) -> Vec<u8> {
    let mut file = b"II*\0\x08\0\0\0".to_vec();
    for follows in [126, next] {
        let start = file.len() as u32;
        file.extend(9u16.to_le_bytes());
        let entries =
            [(254, 0), (256, 2), (257, 2), (258, 8), (259, 1), (262, 1), (273, start + 114), (278, 2), (279, 4)];
        for (tag, value) in entries {
            file.extend([tag as u8, (tag >> 8) as u8, 4, 0, 1, 0, 0, 0]);
            file.extend(u32::to_le_bytes(value));
        }
        file.extend(follows.to_le_bytes());
        file.extend([0, 64, 128, 255]);
    }
    file
}

fn ends(next: u32) -> Result<usize, String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(subject::pages(&scan(next))));
    receiver.recv_timeout(Duration::from_secs(5)).expect("the pages are counted within five seconds")
}

#[test]
fn pages_are_counted() {
    assert_eq!(ends(0), Ok(2));
}

#[test]
fn pages_in_a_circle_end() {
    let _ = ends(126);
    let _ = ends(8);
}
