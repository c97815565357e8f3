#[test]
fn names_are_strings() {
    for name in ["O'Hara", "a\\", "a\\' OR 1=1 --", "tab\there", "\"x\"", "\u{8}", "\n\r\u{1a}", "?", "$1", "what?'' ? $1", "E''", "é"] {
        let right = format!("SELECT \"id\" FROM \"member\" WHERE \"name\" = '{}'", name.replace('\'', "''"));
        assert_eq!(subject::find(name), right);
    }
}
