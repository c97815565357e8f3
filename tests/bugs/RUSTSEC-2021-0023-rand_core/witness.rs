#[test]
fn too_few_bytes_are_no_seed() {
    assert_eq!(subject::words(&[1, 0, 0, 0, 2, 0, 0, 0], 2), [1, 2]);
    assert!(std::panic::catch_unwind(|| subject::words(&[1, 0, 0, 0], 2)).is_err());
}
