#[test]
fn a_letter_is_moved() {
    assert!(subject::is_saved("short", "short"));
    for letter in ["ü", "語", "😀"] {
        let text = letter.repeat(2000);
        assert!(subject::is_saved(&text, &text));
        assert!(!subject::is_saved(&format!("a{text}"), &format!("{text}a")));
        assert!(!subject::is_saved(&format!("{text}a"), &format!("a{text}")));
        assert!(!subject::is_saved(&format!("x{text}a"), &format!("xa{text}")));
    }
}
