#[test]
fn tidied_alike() {
    let text = "[a]\nx=1\ny=2\nz=3\n[b]\nx=1\n[c]\nx=1\n";
    let first = subject::tidy(text);
    assert!(first.is_some());
    for _ in 0..50 {
        assert_eq!(subject::tidy(text), first);
    }
}
