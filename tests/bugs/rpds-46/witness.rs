#[test]
fn a_long_text_needs_no_more_stack() {
    assert_eq!(subject::longest_run("oh no no no"), 3);
    assert_eq!(subject::longest_run(&"no ".repeat(200_000)), 200_000);
}
