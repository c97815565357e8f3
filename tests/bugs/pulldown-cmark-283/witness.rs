#[test]
fn any_comment() {
    let _ = subject::render("\u{1BC9F}<td:^\u{1BC9F}");
}
