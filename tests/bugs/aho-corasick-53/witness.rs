use subject::left_out;

#[test]
fn a_part_with_two_slashes_is_found() {
    let parts = ["ab/j/".to_string(), "x/".to_string()];
    assert!(left_out(&parts, "ab/j/"));
}

/// For the patched side: many parts and paths.
#[test]
fn parts_are_found() {
    let mut x = 1u64;
    let mut next = move |n: u64| { x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); ((x >> 33) % n) as usize };
    let letters: Vec<char> = "abcjxz/._~ZQ0 \u{e9}\u{4e2d}\n\0".chars().collect();
    for round in 0..300_000 {
        let few = [3, 5, 8, letters.len() as u64][round % 4];
        let start = next(letters.len() as u64);
        let mut text = |most: u64| -> String { (0..next(most)).map(|_| letters[(start + next(few)) % letters.len()]).collect() };
        let mut parts: Vec<String> = (0..round % 9).map(|_| text(7)).collect();
        if round % 7 != 0 { parts.retain(|part| !part.is_empty()); }
        let path = text([8, 40, 90][round % 3]);
        assert_eq!(left_out(&parts, &path), parts.iter().any(|part| path.contains(part.as_str())), "{parts:?} {path:?}");
    }
}
