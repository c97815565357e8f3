use subject::{to_send, to_send_plain};

#[test]
fn the_ninth_article_is_sent() {
    let articles: Vec<u8> = (0..17).collect();
    assert_eq!(to_send(&articles, &[(8, 5)]), [8]);
}

/// For the patched side: many lists and counts.
#[test]
fn exactly_the_changed_ones_are_sent() {
    let mut x = 1u32;
    let mut next = move |n: u32| { x = x.wrapping_mul(1664525).wrapping_add(1013904223); (x >> 8) % n };
    for round in 0..60_000 {
        let most = 1 + next(256);
        let articles: Vec<u8> = (0..next(300)).map(|_| next(most) as u8).collect();
        let counts: Vec<(u8, u32)> = (0..next([2, 8, 40, 300][round % 4])).map(|_| (next(most) as u8, next(3))).collect();
        assert_eq!(to_send(&articles, &counts), to_send_plain(&articles, &counts), "{articles:?} {counts:?}");
    }
}
