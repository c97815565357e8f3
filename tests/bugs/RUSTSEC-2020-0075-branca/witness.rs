#[test]
fn odd_tokens_do_not_panic() {
    assert!(subject::is_session("870S4BYxgHw0KnP3W9fgVUHEhT5g86vJ17etaC5Kh5uIraWHCI1psNQGv298ZmjPwoYbjDQ9chy2z"));
    for character in ["_", "\u{e9}", " ", "="] {
        assert!(!subject::is_session(&character.repeat(80)));
    }
}
