#[test]
fn many_shifts_are_booked_in_time() {
    let time = |n: u32| {
        let shifts: Vec<_> = (0..n).map(|i| (i * 300, 200u8, i as u16)).collect();
        let start = std::time::Instant::now();
        assert_eq!(subject::pieces(&shifts), n as usize);
        start.elapsed().as_secs_f64()
    };
    time(500);
    let (small, large) = (time(1000), time(8000));
    assert!(large < small * 20.0, "{small} s for 1000, {large} s for 8000");
}
