#[test]
fn both_add_the_same() {
    assert_eq!(subject::merged("a\nb\n", "a\nb\nc\n", "a\nb\n").unwrap(), "a\nb\nc\n");
    let before = "a\nb\nc\n";
    for (ours, theirs) in [
        ("x\ny\nz\na\nb\nq\n", "a\nb\nq\n"),
        ("new\nnew\nnew\na\nc\n", "a\nc\n"),
        ("a\nc\n", "1\n2\n3\na\nc\n"),
        ("1\n2\na\nb\nc\nd\n", "a\nb\nc\nd\n"),
        ("a\nb\nc\nd\n", "1\n2\na\nb\nc\nd\n"),
    ] {
        assert!(subject::merged(before, ours, theirs).is_ok_and(|page| page.len() >= ours.len().max(theirs.len())));
    }
}
