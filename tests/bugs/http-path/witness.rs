#[test]
fn only_paths_are_put_behind_the_host() {
    assert_eq!(subject::address("/users?page=2").as_deref(), Some("https://api.example.org/users?page=2"));
    assert_eq!(subject::address("?page=2").as_deref(), Some("https://api.example.org/?page=2"));
    for wanted in ["users", "@evil.example/", ".evil.example/", ":8080", "*", "a b", "http://evil.example/"] {
        assert_eq!(subject::address(wanted), None, "{wanted}");
    }
}
