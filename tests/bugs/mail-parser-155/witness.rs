const HEAD: &[u8] = b"Received: from mail.example.org (mail.example.org [192.0.2.7])\r\n\
    \tby mx.example.net with ESMTPS id 4Xy;\r\n\tTue, 3 Mar 2026 10:15:00 +0100\r\nSubject: Notes\r\n\r\n";

#[test]
fn the_way_is_shown() {
    let way = subject::way(HEAD);
    assert_eq!(way.len(), 1);
    assert_eq!(way[0].by.as_deref(), Some("mx.example.net"));
}

#[test]
fn cut_heads_are_no_panic() {
    for end in 0..HEAD.len() {
        let _ = subject::way(&HEAD[..end]);
    }
    for head in ["Received: x\r\n ", "Received:\n\t", "Received: from x (y)\r\n\t", "To: a@b\r\nReceived: x\r\n  "] {
        let _ = subject::way(head.as_bytes());
    }
}
