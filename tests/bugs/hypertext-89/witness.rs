#[test]
fn words_stay_in_their_field() {
    let form = subject::search_form("rust");
    assert!(form.contains(r#"value="rust""#), "{form}");
    let form = subject::search_form(r#"" onfocus="alert(1)" autofocus=""#);
    assert_eq!(form.matches('"').count(), subject::search_form("rust").matches('"').count(), "{form}");
    let form = subject::search_form("<b>'&");
    assert!(!form.contains("<b>"), "{form}");
}
