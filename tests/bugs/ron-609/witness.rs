use std::time::Instant;

#[test]
fn a_long_note_is_read_in_time() {
    assert_eq!(subject::read_notes(r#"["a\nb"]"#), Ok(vec!["a\nb".to_string()]));
    let time = |n: usize| {
        let text = format!("[\"{}\"]", "\\n".repeat(n));
        let start = Instant::now();
        assert_eq!(subject::read_notes(&text).unwrap()[0].len(), n);
        start.elapsed().as_secs_f64()
    };
    let (small, large) = (time(10_000), time(80_000));
    assert!(large < 0.05 || large < 24.0 * small, "8 times the length took {} times as long", large / small);
}
