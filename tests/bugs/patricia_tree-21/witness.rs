#[path = "../constraints/support.rs"]
mod support;
#[test]
fn like_plain() {
    let mut x = 1u32;
    let mut next = move |n: u32| { x = x.wrapping_mul(1664525).wrapping_add(1013904223); (x >> 16) % n };
    for round in 0..20_000 {
        let (mut words, mut plain) = (subject::Words::new(), support::Plain::new());
        for step in 0..20 {
            let mut word: String = (0..next(4)).map(|_| ['a', 'b', 'ä', 'ö'][next(4) as usize]).collect();
            if round % 20 == 0 && next(4) == 0 {
                word = word.repeat(1 + next(400) as usize);
            }
            if next(3) == 0 {
                assert_eq!(words.forget(&word), plain.forget(&word), "round {round} step {step}");
            } else {
                assert_eq!(words.learn(&word), plain.learn(&word), "round {round} step {step}");
            }
            assert_eq!(words.all(), plain.all(), "round {round} step {step}");
            assert_eq!(words.count(), plain.count());
        }
    }
}
