#[test]
fn groups_in_groups_are_no_problem() {
    assert_eq!(subject::seconds(&[0x08, 0x05]), Ok(5));
    let _ = subject::seconds(&[0x1b; 1 << 20]);
}
