/// Where a server sees the end of the message.
fn end(sent: &[u8]) -> Option<usize> {
    sent.windows(5).position(|w| w == b"\r\n.\r\n").map(|at| at + 5)
}

#[test]
fn only_the_end_ends_the_message() {
    for text in ["hello", "a\r\n.\r\nb", "a\r\n\r\n.\r\nRSET\r\nMAIL FROM:<boss@example.org>\r\n"] {
        let sent = subject::transmission(text);
        assert_eq!(end(&sent), Some(sent.len()), "{:?}", String::from_utf8_lossy(&sent));
    }
}
