#[test]
fn short_queries_do_not_panic() {
    let hex = "01002088c9eb4e2e47e6a7a531fa4d84f473ff30a33238ef95283be307b5e36c994f3c00543147634827d82c6a98a7005c7ddb63b0ee933560ae663443428c3a8ba1506e6fad51cf1e5bc988416a44619dd0ff10b4cea52b898c3c6762fb5b39ed57880ad5389aa52b407eb7d7ff3de28b33ba92b073790820";
    let body: Vec<u8> = (0..hex.len() / 2).map(|place| u8::from_str_radix(&hex[2 * place..2 * place + 2], 16).unwrap()).collect();
    assert!(subject::query(&body).unwrap().ends_with(b"\x03org\0\0\x01\0\x01"));
    for length in 0..80 {
        let mut cut = body[..35].to_vec();
        cut.extend([0, length]);
        cut.extend(vec![7; usize::from(length)]);
        assert!(subject::query(&cut).is_err());
    }
}
