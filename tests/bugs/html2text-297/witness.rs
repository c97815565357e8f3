#[test]
fn odd_styles_end() {
    let mail = |style: &str| format!("<html><head><style>{style}</style></head><body><p>x</p></body></html>");
    assert_eq!(subject::as_text(&mail("p{color: #fff}")).unwrap().trim(), "x");
    assert_eq!(subject::as_text(&mail("@media all{p{color: #}}")).unwrap().trim(), "x");
}
