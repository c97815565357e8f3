#[test]
fn many_tables_are_read_in_time() {
    let time = |n: usize| {
        let text: String = (0..n).map(|i| format!("[header_no_{i}]\n")).collect();
        let start = std::time::Instant::now();
        assert_eq!(subject::entries(&text), Ok(n));
        start.elapsed().as_secs_f64()
    };
    time(500);
    let (small, large) = (time(1000), time(8000));
    assert!(large < small * 20.0, "{small} s for 1000, {large} s for 8000");
}
