#[test]
fn who_leaves_is_gone() {
    let mut circle = subject::Circle::new();
    circle.follow(1, 2);
    circle.follow(2, 1);
    circle.follow(1, 1);
    circle.follow(3, 1);
    circle.follow(4, 1);
    assert!(circle.leave(1));
    assert_eq!(circle.pairs(), []);
    assert!(!circle.leave(1));
}
