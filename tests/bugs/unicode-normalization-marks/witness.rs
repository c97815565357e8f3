use std::time::{Duration, Instant};

fn quickest(marks: usize) -> Duration {
    let name = format!("e{}", "\u{301}\u{323}".repeat(marks / 2));
    let run = |_| {
        let start = Instant::now();
        assert_eq!(subject::normal(&name).chars().count(), marks);
        start.elapsed()
    };
    (0..2).map(run).min().unwrap()
}

#[test]
fn names_are_normal() {
    assert_eq!(subject::normal("Zoe\u{308}"), "Zoë");
    assert_eq!(subject::normal("Nguye\u{302}\u{303}n"), "Nguyễn");
}

#[test]
fn many_marks_take_little_time() {
    let (short, long) = (quickest(20_000), quickest(160_000));
    assert!(long < short * 20, "{short:?} for 20000 marks and {long:?} for 160000");
}
