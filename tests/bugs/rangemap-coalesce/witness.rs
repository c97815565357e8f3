#[test]
fn pieces_are_whole() {
    let mut x = 1u32;
    let mut next = move |n: u32| { x = x.wrapping_mul(1664525).wrapping_add(1013904223); (x >> 16) % n };
    for _ in 0..200_000 {
        let shifts: Vec<(u8, u8, char)> = (0..next(6)).map(|_| (next(6) as u8, next(5) as u8, if next(2) == 0 { 'a' } else { 'b' })).collect();
        let plan = subject::plan(&shifts);
        assert!(plan.windows(2).all(|two| two[0].1 < two[1].0 || two[0].2 != two[1].2), "{shifts:?} {plan:?}");
    }
}
