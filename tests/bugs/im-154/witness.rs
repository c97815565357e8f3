use subject::{Calendar, Plain};

#[test]
fn the_next_one_behind_a_gap_is_found() {
    let mut calendar = Calendar::new();
    calendar.take_series(0, 10, 100);
    for minute in 0..=990 {
        assert_eq!(calendar.next(minute), Some((minute + 9) / 10 * 10));
    }
}

/// For the patched side: many sequences, small and large.
#[test]
fn a_calendar_is_like_a_set() {
    let mut x = 1u64;
    let mut next = move |n: u64| { x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); ((x >> 33) % n) as u32 };
    for round in 0..360 {
        let (mut a, mut b) = (Calendar::new(), Plain::new());
        let most = [300, 3000, 40_000, 1 << 30][round % 4];
        let mut known: Vec<u32> = vec![0];
        for _ in 0..[30, 300, 2000][round % 3] {
            let minute = if next(2) == 0 { known[next(known.len() as u64) as usize].wrapping_add(next(3)) } else { next(most) };
            match next(7) {
                0 => { a.take(minute); b.take(minute); known.push(minute); }
                1 => {
                    let (every, times) = (next(if round % 2 == 0 { 4 } else { 256 }), next(256));
                    a.take_series(minute, every as u8, times as u8);
                    b.take_series(minute, every as u8, times as u8);
                    known.extend((0..times).map(|at| minute.saturating_add(at * every)));
                }
                2 | 3 | 4 => {
                    if next(20) == 0 {
                        for minute in minute..minute.saturating_add(300) { assert_eq!(a.free(minute), b.free(minute)); }
                    }
                    assert_eq!(a.free(minute), b.free(minute));
                }
                5 => assert_eq!(a.is_taken(minute), b.is_taken(minute)),
                _ => assert_eq!(a.next(minute), b.next(minute)),
            }
            assert_eq!(a.len(), b.len());
        }
        for minute in &known {
            assert_eq!(a.is_taken(*minute), b.is_taken(*minute));
            assert_eq!(a.next(minute.wrapping_add(1)), b.next(minute.wrapping_add(1)));
        }
    }
}
