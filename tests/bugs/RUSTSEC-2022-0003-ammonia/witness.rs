#[test]
fn a_name_is_one_value() {
    for space in [' ', '\t', '\n', '\u{c}', '\r'] {
        let page = subject::picture(&format!("a{space}onclick=b"));
        let spaces = page.chars().filter(|c| c.is_ascii_whitespace() || *c == '\u{c}').count();
        assert_eq!(spaces, 2, "{page:?}");
    }
}
