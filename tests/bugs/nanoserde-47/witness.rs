#[test]
fn saves_are_json() {
    assert_eq!(subject::save("a\"\\\n\t", 3), r#"{"name":"a\"\\\n\t","level":3}"#);
    for c in (0..=0x1f_u8).map(char::from) {
        let save = subject::save(&format!("a{c}b"), 3);
        let inner = save.strip_prefix(r#"{"name":"a"#).unwrap().strip_suffix(r#"b","level":3}"#).unwrap();
        let short = ["\\b", "\\f", "\\n", "\\r", "\\t"].contains(&inner);
        assert!(short || inner.to_lowercase() == format!("\\u{:04x}", c as u32), "{save:?}");
    }
}
