#[test]
fn no_dots() {
    let mut x = 1u32;
    let mut next = move |n: u32| { x = x.wrapping_mul(1664525).wrapping_add(1013904223); (x >> 16) % n };
    for path in ["/news/./first.html".to_owned(), "./a".into(), "a/.".into()].into_iter().chain((0..20_000).map(|_| (0..next(10)).map(|_| ['.', '/', 'a', '.', '/'][next(5) as usize]).collect())) {
        let page = subject::page(&path);
        let page = page.trim_start_matches('/');
        assert!(page.is_empty() || page.split('/').all(|part| !["", ".", ".."].contains(&part)), "{path:?} {page:?}");
    }
}
