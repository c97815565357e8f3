#[test]
fn a_definition_in_a_list_is_shown() {
    assert_eq!(subject::show("- a *b*"), "<ul>\n<li>a <em>b</em></li>\n</ul>\n");
    for comment in ["- [n]:Z\r\n\t\t", "- [n]: z\n      "] {
        let _ = subject::show(comment);
    }
}
