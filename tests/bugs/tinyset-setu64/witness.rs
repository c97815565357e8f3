#[path = "../constraints/support.rs"]
mod support;

#[test]
fn like_plain() {
    let mut x = 1u64;
    let mut next = move |n: u64| { x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); (x ^ (x >> 29)) % n };
    for round in 0..20_000 {
        let (mut seen, mut plain) = (subject::Seen::new(), support::Plain::new());
        let range = [8, 64, 300, 5000, 1 << 31, 1 << 40, 1 << 61, u64::MAX][next(8) as usize];
        for step in 0..next(90) {
            let mut message = next(range);
            if next(8) == 0 { message = [0, 1, u64::MAX, u64::MAX - 1, 1 << 63, 1 << 32, u32::MAX as u64][next(7) as usize]; }
            if next(4) == 0 { message = message.wrapping_shl(next(64) as u32); }
            if next(3) == 0 {
                assert_eq!(seen.forget(message), plain.forget(message), "round {round} step {step}");
            } else {
                assert_eq!(seen.see(message), plain.see(message), "round {round} step {step}");
            }
            assert_eq!((seen.count(), seen.all()), (plain.count(), plain.all()), "round {round} step {step}");
            assert_eq!(seen.has_seen(message), plain.has_seen(message));
        }
    }
}
