#[test]
fn a_line_that_ends_with_r() {
    let text = "ink\npaper\nand water\n";
    assert_eq!(subject::screen(text, 25), subject::plain_screen(text, 25));
}

/// Many texts, for the patched side.
#[test]
fn many_texts() {
    let parts = ["r", "\r", "\n", "\r\n", "a", "ü", "er", "🦀", " ", "long words follow here", "\u{85}", "\u{2028}", "\0", "\u{b}"];
    let mut x = 1u32;
    let mut next = move |n: u32| {
        x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (x >> 16) % n
    };
    for round in 0..60_000 {
        let most = if round % 50 == 0 { 900 } else { 9 };
        let text: String = (0..next(most)).map(|_| parts[next(parts.len() as u32) as usize]).collect();
        let height = [25, 0, 1, 255, 3][next(5) as usize];
        assert_eq!(subject::screen(&text, height), subject::plain_screen(&text, height), "{text:?} {height}");
    }
}
