#[test]
fn the_secret_key_is_not_logged() {
    let line = subject::signing_log("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1");
    assert!(line.contains("us-east-1"), "{line}");
    assert!(!line.contains("wJalrXUtnFEMI"), "{line}");
}
