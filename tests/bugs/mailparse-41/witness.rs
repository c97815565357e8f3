#[test]
fn odd_dates() {
    assert!(subject::sent(b"Date: Mon, 5 Feb 2018 10:30:00 +0100\r\n\r\nx").is_some());
    for date in ["Mon, 5 Feb 2018 10:30:00 -2147483648", "Mon, 5 Feb 2018 10:30:00 +2147483647", "", "x", "1", "\u{fffd}\u{fffd}", "Mon, 5 Feb 2018 10:30:00 +9999999999", "Mon, 5 Feb 2018 99999999999999:30:00", "Mon, 5 Feb 99999999999999999999", "Mon, 5 Feb 9223372036854775807 1:1:1", "Mon, 9223372036854775807 Feb 2018 1:1:1 +0100", "Mon, 5 Feb 2018 9223372036854775807:1:1 +0100","Mon, 5 Feb 2018 10:30:00 +01\u{e9}", "Mon, 5 Feb 2018 10:30:00 x\u{e9}yz", "Mon, 5 Feb 2018 10:30:00 -\u{e9}\u{e9}\u{e9}"] {
        let _ = subject::sent(format!("Date: {date}\r\n\r\nx").as_bytes());
    }
}
