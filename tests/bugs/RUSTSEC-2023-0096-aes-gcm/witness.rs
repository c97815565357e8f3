#[test]
fn a_refused_message_stays_sealed() {
    let key = [7; 32];
    let plain = *b"the launch code is 0000, tell no one";
    let mut text = plain;
    let tag = subject::seal(&key, 1, &mut text);
    let mut good = text;
    assert!(subject::open(&key, 1, &mut good, &tag));
    assert_eq!(good, plain);
    let mut wrong = tag;
    wrong[3] ^= 1;
    assert!(!subject::open(&key, 1, &mut text, &wrong));
    assert_ne!(text, plain, "refused, but decrypted");
}
