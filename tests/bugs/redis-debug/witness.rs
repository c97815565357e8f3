#[test]
fn a_cache_keeps_its_password() {
    let cache = subject::cache("shop", "cache.example.org", 6379, "ada", "correct4horse8battery").unwrap();
    let shown = format!("{cache:?}");
    assert!(shown.contains("cache.example.org"));
    assert!(!shown.contains("correct4horse8battery"), "{shown}");
}
