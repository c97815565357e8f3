#[test]
fn long_names_that_begin_alike() {
    assert_eq!(subject::likeness("Ada", "Ada"), 1.0);
    assert!(subject::likeness("Ada", "Adam") < 1.0);
    assert!(subject::likeness("Marianne Weber", "Marianne Weberin") < 1.0);
}
