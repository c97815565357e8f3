#[test]
fn a_chosen_seat_is_not_given_away() {
    let mut table = subject::Table::new();
    for _ in 0..5 {
        table.sit_down();
    }
    for seat in [1, 2, 3] {
        assert!(table.leave(seat).is_some());
    }
    assert!(table.sit_at(2));
    assert_eq!(table.taken(), table.guests().len());
    for _ in 0..20 {
        table.sit_down();
        assert_eq!(table.taken(), table.guests().len());
    }
    assert_eq!(table.taken(), 12);
}

/// A long random walk, for the patched side.
#[test]
fn a_long_evening() {
    let mut table = subject::Table::new();
    let mut x = 1u32;
    for _ in 0..200_000 {
        x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        match x >> 30 {
            0 => drop(table.sit_down()),
            1 => drop(table.sit_at((x >> 16) as u8)),
            _ => drop(table.leave((x >> 16) as u8)),
        }
        assert_eq!(table.taken(), table.guests().len());
        assert!(table.taken() <= 12);
    }
}
