#[test]
fn names_stay_names() {
    assert!(subject::marker("Old mill").unwrap().contains("\"Old mill\""));
    assert!(!subject::marker("<b>").unwrap().contains("<b>"));
    assert!(subject::marker("Tea & Cake").unwrap().contains("Tea &amp; Cake"));
    assert!(subject::marker("O'Neill's \"Bar\"").unwrap().contains("Neill"));
}
