#[test]
fn four_of_five_are_too_few() {
    assert_eq!(subject::conspiracy("a secret of many letters", 3, 3).as_deref(), Some("a secret of many letters"));
    assert_ne!(subject::conspiracy("a secret of many letters", 5, 4).as_deref(), Some("a secret of many letters"));
}
