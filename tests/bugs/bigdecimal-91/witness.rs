#[test]
fn a_short_text_gives_a_short_text() {
    assert_eq!(subject::usual_form("12.50").as_deref(), Some("12.50"));
    for text in ["1e-40000000", "7e40000000"] {
        let form = subject::usual_form(text).unwrap_or_default();
        assert!(form.len() < 10_000, "{text} became {} bytes", form.len());
    }
}
