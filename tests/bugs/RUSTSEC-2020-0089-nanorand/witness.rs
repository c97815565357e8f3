use std::collections::HashSet;

#[test]
fn codes_differ() {
    let codes: Vec<String> = (0..200).map(|_| subject::confirmation_code()).collect();
    assert!(codes.iter().all(|c| c.len() == 6 && c.bytes().all(|b| b.is_ascii_digit())));
    assert!(codes.iter().collect::<HashSet<_>>().len() > 190, "{codes:?}");
}

/// For the patched side: each digit is drawn evenly at each place.
#[test]
fn digits_are_drawn_evenly() {
    let mut seen = [[0u32; 10]; 6];
    for _ in 0..60_000 {
        for (place, digit) in subject::confirmation_code().bytes().enumerate() {
            seen[place][usize::from(digit - b'0')] += 1;
        }
    }
    for place in seen {
        assert!(place.iter().all(|n| (5_500..6_500).contains(n)), "{place:?}");
    }
}
