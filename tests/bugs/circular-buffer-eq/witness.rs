#[test]
fn histories_that_wrapped_elsewhere() {
    assert!(subject::same_history(&[1, 2], &[1, 2]));
    for start in 0..16u8 {
        for skip in 0..16u8 {
            let left: Vec<u8> = (skip..start + 24).collect();
            let right: Vec<u8> = (start..start + 24).collect();
            let expected = subject::last_commands(&left) == subject::last_commands(&right);
            assert_eq!(subject::same_history(&left, &right), expected);
            assert_eq!(subject::same_history(&right, &left), expected);
        }
    }
}
