#[test]
fn the_password_is_not_logged() {
    assert!(!subject::log_line("ada", "correct-horse").contains("correct-horse"));
}
