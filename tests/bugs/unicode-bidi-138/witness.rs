#[test]
fn a_line_may_begin_with_the_end_of_an_embedding() {
    assert_eq!(subject::set("tea אב", 10), [["tea ", "אב"]]);
    let caption = "\u{202a}A\u{202c}\u{202a}A\u{202c}";
    for width in 1..=6 {
        assert!(!subject::set(caption, width).is_empty());
    }
}
