#[test]
fn unknown_algorithms_do_not_panic() {
    assert_eq!(subject::algorithm(&[0x00, 1, 7]), Ok("Identity".to_owned()));
    for hash in [&[0x7f, 1, 7][..], &[0x01, 0], &[0xff, 0x7f, 0]] {
        assert!(subject::algorithm(hash).is_err());
    }
}
