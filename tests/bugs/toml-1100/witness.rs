#[test]
fn settings_with_mistakes_are_refused() {
    assert_eq!(subject::keys("a = 1\n[b.c]\n"), Ok(vec!["a".to_owned(), "b".to_owned()]));
    assert!(subject::keys("==\n[._[._").is_err());
}
