#[test]
fn the_leap_day_is_a_day() {
    assert_eq!(subject::next_run("0 0 0 1 1 *", 1_600_000_000), Some(2021));
    // 29 February 2024, 10:00, 28 February 2032 and the like
    assert_eq!(subject::next_run("0 0 0 * * * 2030", 1_709_200_800), Some(2030));
    assert_eq!(subject::next_run("0 0 0 * * * 2100", 1_709_200_800), Some(2100));
}
