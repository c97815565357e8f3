#[test]
fn an_empty_name_is_a_word() {
    assert_eq!(subject::rename("a b", "c"), "mv -T -- 'a b' c");
    assert_eq!(subject::rename("a", ""), "mv -T -- a ''");
}
