#[test]
fn filters_select() {
    assert!(!subject::selects("*1?", "121"));
    assert!(!subject::selects("*12", "122"));
    assert!(subject::selects("*121", "12121"));
    assert!(subject::selects("*113", "1113"));
}
