#[test]
fn circular_settings_are_refused() {
    let run = |text: String| {
        std::thread::Builder::new().stack_size(8 << 20).spawn(move || subject::entries(&text)).unwrap().join().unwrap()
    };
    assert_eq!(run("a: &x 1\nb: *x\n".to_owned()), Ok(2));
    for text in ["&a [*a]", "a: &x\n  b: *x\n", "&a {b: *a}", "- &x\n  - *x\n"] {
        assert!(run(text.to_owned()).is_err());
    }
    for unit in ["[", "{a: ", "- ", "? "] {
        let _ = run(unit.repeat(500 / unit.len()));
    }
}
