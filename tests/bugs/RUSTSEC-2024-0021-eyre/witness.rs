#[test]
fn missing_settings_are_listed() {
    assert!(subject::missing("anna", "language=de\ntimezone=x\nemail=y").is_empty());
    for _ in 0..10 {
        assert_eq!(subject::missing("anna", "language=de\n"), ["timezone", "email"]);
    }
}
