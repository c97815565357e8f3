#[test]
fn stays() {
    assert_eq!(subject::moved("/docs?page=2").as_deref(), Some("/docs/?page=2"));
    let mut x = 1u32;
    let mut next = move |n: u32| { x = x.wrapping_mul(1664525).wrapping_add(1013904223); (x >> 16) % n };
    for address in ["//example.org".to_owned(), "//example.org/%2e%2e".into()].into_iter().chain((0..20_000).map(|_| format!("/{}", (0..next(8)).map(|_| ["/", ".", "..", "a", "?", "//", "%2e", "%2f", "#", "b.c"][next(10) as usize]).collect::<String>()))) {
        let Some(to) = subject::moved(&address) else { continue };
        assert!(to.starts_with('/') && !to.starts_with("//"), "{address} {to}");
    }
}
