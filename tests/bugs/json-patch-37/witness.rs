#[test]
fn an_object_becomes_a_list() {
    assert_eq!(subject::sync_text(r#"{"a": 1, "b": [1, 2, 3]}"#, r#"{"a": 2, "b": [3]}"#), Some(true));
    let old = r#"{"style": {"ref": "name"}}"#;
    let new = r#"{"style": [{"ref": "hello"}]}"#;
    assert_eq!(subject::sync_text(old, new), Some(true));
}
