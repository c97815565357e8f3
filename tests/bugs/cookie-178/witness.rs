#[test]
fn odd_cookies_are_refused() {
    assert_eq!(subject::session(&subject::issue("ada")).as_deref(), Some("ada"));
    assert_eq!(subject::session(&format!("{}\u{a3}", "y".repeat(43))), None);
}
