#[test]
fn a_preview_makes_no_tickets() {
    let mut roll = subject::Roll::new();
    assert_eq!(roll.preview(), 16);
    assert_eq!(roll.existing(), 16);
    assert!(roll.tear_off());
    assert_eq!(roll.preview(), 15);
    assert_eq!(roll.existing(), roll.left());
}
