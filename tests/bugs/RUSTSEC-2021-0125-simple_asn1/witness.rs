#[test]
fn odd_dates_do_not_panic() {
    assert_eq!(subject::blocks(b"\x17\x0d210101000000Z"), Ok(1));
    for text in ["\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}Z", "2\u{e9}0101000000", "", "Z", "2"] {
        for tag in [0x17u8, 0x18] {
            let mut der = vec![tag, text.len() as u8];
            der.extend(text.as_bytes());
            let _ = subject::blocks(&der);
        }
    }
}
