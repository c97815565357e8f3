use subject::{find, find_plain};

#[test]
fn the_hit_that_begins_first_is_found() {
    let terms = ["?bb".to_string(), "b".to_string()];
    assert_eq!(find_plain(&terms, "zabb"), Some((1, 4)));
    assert_eq!(find(&terms, "zabb"), Some((1, 4)));
}

/// For the patched side: many terms and texts.
#[test]
fn both_find_the_same() {
    let mut x = 1u64;
    let mut next = move |n: u64| { x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); ((x >> 33) % n) as usize };
    let letters: Vec<char> = "ab?chouseingr yl\n\u{e9}\u{4e2d}\0".chars().collect();
    for round in 0..15_000 {
        let few = [3, 4, 6, letters.len() as u64][round % 4];
        let start = if few < 10 { [0, 0, 7][next(3)] } else { 0 };
        let mut text = |most: u64| -> String {
            (0..next(most)).map(|_| if next(6) == 0 { '?' } else { letters[(start + next(few)) % letters.len()] }).collect()
        };
        let terms: Vec<String> = (0..round % 7).map(|_| text([4, 8, 30][round % 3])).collect();
        let text = text([8, 40, 200][round % 3]);
        assert_eq!(find(&terms, &text), find_plain(&terms, &text), "{terms:?} {text:?}");
    }
}
