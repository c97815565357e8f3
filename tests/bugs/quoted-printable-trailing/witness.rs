#[test]
fn texts_arrive() {
    for text in [&b"a = b"[..], b"one\ntwo\n", b"a \r\n", b"a ", b"a\t", b"\xff\0"] {
        assert_eq!(subject::received(&subject::mail(text)).as_deref(), Some(text));
    }
    for length in 60..90 {
        let text = [vec![b'x'; length], b" y z".to_vec()].concat();
        assert_eq!(subject::received(&subject::mail(&text)), Some(text));
        let text = [vec![b' '; length], b"y".to_vec()].concat();
        assert_eq!(subject::received(&subject::mail(&text)), Some(text));
    }
}
