#[test]
fn the_key_is_not_in_the_log() {
    let secret = "correct horse battery staple 123";
    let line = subject::ready_line("www.example.org", secret).unwrap();
    assert!(line.contains("www.example.org"));
    let list = format!("{:?}", secret.as_bytes());
    let hex: String = secret.bytes().map(|b| format!("{b:02x}")).collect();
    for form in [secret, list.trim_matches(['[', ']']), &hex] {
        assert!(!line.to_lowercase().contains(form), "{line}");
    }
}
