#[test]
fn a_pattern_is_answered_soon() {
    assert!(subject::search_pattern_ok("^(a|b){2}$").is_ok());
    let _ = subject::search_pattern_ok("(?:){294967295}");
}
