#[test]
fn odd_patterns_do_not_panic() {
    assert_eq!(subject::columns("(?<n>a)"), Ok(vec!["n".to_owned()]));
    for pattern in ["(?<n>a){0}", "(?<n>a){0}(?<m>b)", "(?<a>x)(?:(?<n>a)){0}"] {
        let _ = subject::columns(pattern);
    }
}
