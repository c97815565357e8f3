#[test]
fn reading_ends() {
    assert_eq!(subject::documents("a: 1"), Some(1));
    let _ = subject::documents("----");
}
