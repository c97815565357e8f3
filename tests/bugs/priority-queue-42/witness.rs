#[path = "../constraints/support.rs"]
mod support;
#[test]
fn like_plain() {
    let mut x = 1u32;
    let mut next = move |n: u32| { x = x.wrapping_mul(1664525).wrapping_add(1013904223); (x >> 16) % n };
    for round in 0..20_000 {
        let (mut board, mut plain) = (subject::Board::new(), support::Plain::new());
        for step in 0..30 {
            let (who, points) = (next(8) as u8, next(20) as i16);
            if next(5) == 0 { assert_eq!(board.leave(who), plain.leave(who)); } else { board.set(who, points); plain.set(who, points); }
            assert_eq!((board.lowest(), board.highest()), (plain.lowest(), plain.highest()), "round {round} step {step}");
        }
    }
}
