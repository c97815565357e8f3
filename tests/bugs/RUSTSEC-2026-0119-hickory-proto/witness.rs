use std::time::{Duration, Instant};

/// A message whose records have names of twenty labels, all different.
fn message(size: usize) -> Vec<u8> {
    let mut message = vec![0, 1, 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 0];
    let mut count = 0u16;
    while message.len() < size {
        for label in 0..20 {
            let number = usize::from(count) * 20 + label;
            message.extend([3, b'a' + (number % 25) as u8, b'a' + (number / 25 % 25) as u8, b'a' + (number / 625 % 25) as u8]);
        }
        message.extend([0, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 1, 2, 3, 4]);
        count += 1;
    }
    message[6..8].copy_from_slice(&count.to_be_bytes());
    message
}

fn quickest(message: &[u8]) -> Duration {
    let run = |_| {
        let start = Instant::now();
        assert!(subject::passed_on(message).is_ok());
        start.elapsed()
    };
    (0..15).map(run).min().unwrap()
}

#[test]
fn many_names_take_little_time() {
    let (short, long) = (quickest(&message(4000)), quickest(&message(16_000)));
    assert!(long < short * 9, "{short:?} for 4000 bytes and {long:?} for 16000");
}
