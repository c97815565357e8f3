#[test]
fn a_shift_is_found_by_its_date() {
    let mut rota = subject::Rota::default();
    rota.plan(2025, 16, 6, "Anna").unwrap();
    assert_eq!(rota.dates(), [(2025, 4, 19)]);
    assert_eq!(rota.on(2025, 4, 19), Some("Anna"));
}

/// For the patched side: every day of many years.
#[test]
fn every_shift_is_found() {
    for year in 1970..=2100 {
        for week in 1..=52 {
            let mut rota = subject::Rota::default();
            for day in 1..=7 {
                rota.plan(year, week, day, "Anna").unwrap();
            }
            assert_eq!(rota.dates().len(), 7);
            for (y, m, d) in rota.dates() {
                assert_eq!(rota.on(y, m, d), Some("Anna"));
            }
        }
    }
}
