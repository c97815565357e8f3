#[test]
fn odd_routes_do_not_panic() {
    assert_eq!(subject::points("_p~iF~ps|U_ulLnnqC_mqNvxq`@"), Ok(3));
    for route in ["_p~iF~ps|U_", "_", "~~~~~~~~~~~~~~~~~~~~~~~", "\u{1F5FA}", " ", "!"] {
        let _ = subject::points(route);
    }
}
