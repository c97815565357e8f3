#[test]
fn odd_filters_do_not_panic() {
    assert_eq!(subject::passes("price < 9.5 and stock >= 10", 1.5, 12), Ok(true));
    for filter in ["1.0 < 9007199254740993", "price < 9007199254740993", "stock > 0.5", "170141183460469231731687303715884105728 < 1"] {
        let _ = subject::passes(filter, 1.5, u64::MAX);
    }
}
