#[test]
fn odd_origins_do_not_panic() {
    assert!(subject::origin("left 10px").is_ok());
    for value in [" ", "-", "x", "px", ")", "\u{e9}", "50 - 2"] {
        assert!(subject::origin(value).is_err());
    }
}
