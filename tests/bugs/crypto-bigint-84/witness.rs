#[test]
fn rests() {
    let mut x = 1u128;
    let mut next = move || { x = x.wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645).wrapping_add(0x5851_f42d_4c95_7f2d_1405_7b7e_f767_814f); x ^ (x >> 61) };
    for _ in 0..100_000 {
        let (a, b) = (next() >> (next() % 128), next() >> (next() % 128));
        assert_eq!(subject::rest(a, b), a.checked_rem(b), "{a:x} {b:x}");
    }
    for a in [0, 1, 2, 9, u128::MAX, u128::MAX - 1, 1 << 127, 1 << 64, u64::MAX as u128] {
        for b in [0, 1, 2, 9, u128::MAX, u128::MAX - 1, 1 << 127, 1 << 64, u64::MAX as u128] {
            assert_eq!(subject::rest(a, b), a.checked_rem(b), "{a:x} {b:x}");
        }
    }
}
