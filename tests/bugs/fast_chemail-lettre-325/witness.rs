#[test]
fn may_register() {
    for address in ["ada@example.org", "ada.lovelace@mail.example.com", "a-1@b-2.de", "test@123example.com", "ada@mail.1and1.de", "7@7.de"] {
        assert_eq!(subject::register(address).as_deref(), Ok(address));
    }
    assert!(subject::register("ada@example").is_err());
}
