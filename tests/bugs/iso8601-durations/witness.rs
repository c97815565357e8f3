#[test]
fn long_durations_do_not_panic() {
    assert_eq!(subject::days_and_hours("P3DT4H"), Ok((3, 4)));
    for text in ["P99999999999Y", "P4294967296D", "PT99999999999H", "P99999999999W"] {
        let _ = subject::days_and_hours(text);
    }
}
