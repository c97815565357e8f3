#[test]
fn an_account_keeps_its_password() {
    let account = subject::account("mail.example.org", 587, "ada", "correct4horse8battery").unwrap();
    let shown = format!("{account:?}");
    assert!(shown.contains("mail.example.org"));
    assert!(!shown.contains("correct4horse8battery"), "{shown}");
}
