fn dated(seconds: f64) -> Vec<u8> {
    let mut list = b"bplist00".to_vec();
    list.push(0x33);
    list.extend(seconds.to_be_bytes());
    list.push(8);
    list.extend([0, 0, 0, 0, 0, 0, 1, 1]);
    for number in [1u64, 0, 17] {
        list.extend(number.to_be_bytes());
    }
    list
}

#[test]
fn far_dates_do_not_panic() {
    assert!(subject::to_xml(&dated(641_000_000.0)).unwrap().contains("<date>2021-"));
    for seconds in [1e12, -1e12, 1e18, -1e18, f64::MAX, f64::NAN] {
        let _ = subject::to_xml(&dated(seconds));
    }
}
