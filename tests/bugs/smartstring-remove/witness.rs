#[test]
fn the_last_character_is_removed() {
    let mut field = subject::Field::new();
    field.paste("abc");
    assert_eq!(field.remove(1), Some('b'));
    assert_eq!(field.text(), "ac");
    let mut full = subject::Field::new();
    full.paste("abcdefghijklmnopqrstuvw");
    assert_eq!(full.remove(22), Some('w'));
    assert_eq!(full.text(), "abcdefghijklmnopqrstuv");
}
