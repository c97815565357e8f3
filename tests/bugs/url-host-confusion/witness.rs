#[test]
fn stored_twice_is_stored_once() {
    for address in ["https://example.org/a/../b", "web+demo:/.//a@b/", "web+demo:/x/..//not-a-host:x/", "web+demo:/.//[/"] {
        let once = subject::normal(address).unwrap();
        assert_eq!(subject::normal(&once).as_deref(), Some(once.as_str()));
    }
}
