#[test]
fn two_lines() {
    for end in ["\r\n", "\n", "\r"] {
        let head = subject::head(&format!("/a{end}Set-Cookie: b=c"));
        assert_eq!(head.split(['\r', '\n']).filter(|line| !line.is_empty()).count(), 2, "{head:?}");
    }
}
