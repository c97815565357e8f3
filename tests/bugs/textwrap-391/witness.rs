#[test]
fn text_after_an_escape() {
    assert_eq!(subject::wrapped("one two", 4), "one\ntwo");
    subject::wrapped("\u{1b}!\u{3ff}", 10);
    subject::wrapped("\u{1b}[1m\u{fc}\u{1b}[0m\u{3ff} und \u{1b}!\u{3ff}", 10);
}
