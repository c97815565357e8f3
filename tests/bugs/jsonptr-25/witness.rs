#[test]
fn empty_keys_are_keys() {
    let mut place = subject::Place::new();
    place.enter("a");
    place.enter("b");
    assert_eq!(place.leave().as_deref(), Some("b"));
    place.enter("");
    assert_eq!(place.leave().as_deref(), Some(""));
    assert_eq!(place.unwrap().as_deref(), Some("a"));
    assert_eq!(place.leave(), None);
}
