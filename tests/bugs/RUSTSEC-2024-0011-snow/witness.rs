#[test]
fn a_forged_packet_does_not_break_the_line() {
    let mut link = subject::Link::open();
    let first = link.send(b"one").unwrap();
    assert_eq!(link.receive(&first).unwrap(), b"one");
    assert!(link.receive(&[]).is_err());
    assert!(link.receive(&[0; 16]).is_err());
    let second = link.send(b"two").unwrap();
    assert_eq!(link.receive(&second), Ok(b"two".to_vec()));
}
