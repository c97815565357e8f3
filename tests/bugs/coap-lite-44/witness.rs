#[test]
fn requests_are_read() {
    let request = subject::request(b"\x40\x01\x00\x07\xb4temp\xffon").unwrap();
    assert_eq!(request.path, [b"temp"]);
    assert_eq!(request.payload, b"on");
}

#[test]
fn large_option_numbers_are_no_panic() {
    // An option number that one byte extends by 13 + 250.
    let _ = subject::request(b"\x40\x01\x00\x07\xd0\xfa");
    // Two bytes that say 0xffff, to which 269 is added.
    let _ = subject::request(b"\x40\x01\x00\x07\xe0\xff\xff");
    // Two options whose numbers add up to more than 0xffff.
    let _ = subject::request(b"\x40\x01\x00\x07\xe0\xfe\xf2\x10");
}
