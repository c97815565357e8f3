use std::collections::BTreeSet;

#[test]
fn a_whole_group_is_served() {
    let mut queue = subject::Queue::new();
    queue.hand_out_group(0, 2);
    queue.hand_out(4);
    queue.serve(3);
    assert_eq!(queue.list(), [4]);
    assert_eq!(queue.waiting(), 1);
}

/// A long random walk against a set, for the patched side.
#[test]
fn a_long_day() {
    let mut queue = subject::Queue::new();
    let mut set = BTreeSet::new();
    let mut x = 1u32;
    for _ in 0..40_000 {
        x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let (a, b) = ((x >> 16) as u8, (x >> 8) as u8);
        match x >> 29 {
            0 | 1 | 2 => {
                queue.hand_out(a);
                set.insert(u32::from(a));
            }
            3 | 4 => {
                queue.hand_out_group(a, b);
                set.extend(u32::from(a)..=u32::from(b));
            }
            5 => {
                queue.serve(b % 16);
                (0..b % 16).for_each(|_| drop(set.pop_first()));
            }
            _ => {
                queue.send_home(b % 32);
                (0..b % 32).for_each(|_| drop(set.pop_last()));
            }
        }
        assert_eq!(queue.waiting(), set.len() as u64);
        assert!(queue.list().into_iter().eq(set.iter().copied()));
    }
}
