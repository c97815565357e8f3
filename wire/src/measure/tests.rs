use super::{AtMost, Counted, Dimension, Size, amount, seconds, time};

fn bound(text: &str) -> AtMost {
    AtMost::parse(text, Dimension::Bytes).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"))
}

fn wrong(text: &str, dimension: Dimension) -> String {
    let wrong = AtMost::parse(text, dimension).expect_err(text);
    format!("{}|{}|{}", &text[wrong.at.clone()], wrong.message, wrong.help)
}

#[test]
#[expect(clippy::float_cmp, reason = "all of these are exact")]
fn bounds_are_sums_over_size_and_n() {
    assert_eq!(bound("64 * size + 64 KiB").at(0, 5), 320.0 + 65_536.0);
    assert_eq!(bound("64*size+64KiB").at(0, 5), 320.0 + 65_536.0);
    assert_eq!(bound("1 MiB").at(9, 9), 1_048_576.0);
    assert_eq!(bound("4096").at(9, 9), 4096.0);
    assert_eq!(bound("2n + 3 size").at(10, 100), 320.0);
    assert_eq!(bound("(n + 1) * 8 bytes").at(10, 0), 88.0);
    assert_eq!(bound("n^2").at(10, 0), 100.0);
    assert_eq!(bound("n²").at(10, 0), 100.0);
    assert_eq!(bound("n * n").at(10, 0), 100.0);
    assert_eq!(bound("size / 2").at(0, 10), 5.0);
    assert_eq!(bound("1_000 B").at(0, 0), 1000.0);
    assert_eq!(bound("16 bytes * n").at(3, 0), 48.0);
}

#[test]
fn growth_has_names_and_logarithms() {
    for text in ["n log n", "n * log(n)", "O(n log n)", "linearithmic", "n log2 n"] {
        let terms = bound(text).terms;
        assert_eq!((terms[0].powers, terms[0].logs), ([1.0, 0.0], [1, 0]), "{text}");
    }
    assert_eq!(bound("constant").terms, bound("1").terms);
    assert_eq!(bound("sqrt(n)").terms, bound("n^0.5").terms);
    assert_eq!(bound("log n").terms[0].logs, [1, 0]);
    assert!(bound("64 * size").is_over_size() && !bound("64 * size").is_over_n());
    assert!(bound("1 MiB").has_unit() && !bound("n").has_unit());
}

#[test]
fn of_two_bounds_one_is_weaker_or_none() {
    let weaker = |one: &str, other: &str| bound(one).is_weaker_than(&bound(other));
    assert_eq!(weaker("2 MiB", "1 MiB"), Some(true));
    assert_eq!(weaker("n", "n log n"), Some(false));
    assert_eq!(weaker("n^2", "n"), Some(true));
    assert_eq!(weaker("64 * size", "1 MiB"), None);
}

#[test]
fn what_cannot_be_read_is_named_with_its_place() {
    assert_eq!(
        wrong("1 MeB", Dimension::Bytes),
        "MeB|`MeB` is neither a unit nor `n` or `size`|did you mean `MiB`?"
    );
    assert_eq!(
        wrong("1 mib", Dimension::Bytes),
        "mib|`mib` is neither a unit nor `n` or `size`|did you mean `MiB`?"
    );
    let other = "s|`s` is no unit of memory|write it like `1 MiB` or `64 * size + 64 KiB`";
    assert_eq!(wrong("2 s", Dimension::Bytes), other);
    assert_eq!(
        wrong("64 * length", Dimension::Bytes),
        "length|`length` is neither a unit nor `n` or `size`|write it like `1 MiB` or `64 * size + 64 KiB`"
    );
    assert_eq!(wrong("64 *", Dimension::Bytes).split('|').nth(1), Some("an amount is missing at the end"));
    assert_eq!(wrong("n - 1", Dimension::Bytes).split('|').nth(1), Some("the end is missing before `-`"));
    assert_eq!(
        wrong("1 KiB * 2 KiB", Dimension::Bytes).split('|').nth(1),
        Some("two amounts are multiplied")
    );
    assert_eq!(wrong("(n", Dimension::Count).split('|').nth(1), Some("`)` is missing at the end"));
    assert_eq!(wrong("", Dimension::Count).split('|').nth(1), Some("an amount is missing at the end"));
    assert_eq!(wrong("1.2.3", Dimension::Bytes).split('|').nth(1), Some("`1.2.3` is not a number"));
}

#[test]
fn sizes_count_bytes_characters_or_items() {
    let size = |text: &str| Size::parse(text).map(|size| (size.amount, size.of));
    assert_eq!(size("1 MiB"), Ok((1 << 20, Counted::Bytes)));
    assert_eq!(size("4096"), Ok((4096, Counted::Bytes)));
    assert_eq!(size("200 chars"), Ok((200, Counted::Chars)));
    assert_eq!(size("500 items"), Ok((500, Counted::Items)));
    assert!(
        size("0").is_err() && size("lots").is_err() && size("2 s").is_err() && size("1 MiB + 1").is_err()
    );
}

#[test]
fn times_need_a_unit() {
    assert_eq!(seconds("2 s"), Ok(2.0));
    assert_eq!(seconds("500ms"), Ok(0.5));
    let wrong = seconds("2").expect_err("it has no unit");
    assert_eq!(
        (wrong.message.as_str(), wrong.help.as_str()),
        ("this time has no unit", "write `2 s` or `2 ms`")
    );
    assert!(seconds("0 s").is_err() && seconds("2 KiB").is_err());
}

#[test]
fn amounts_are_written_with_their_unit() {
    assert_eq!(amount(65_536, Dimension::Bytes), "64 KiB (65536 bytes)");
    assert_eq!(amount(3_465_216, Dimension::Bytes), "3.3 MiB (3465216 bytes)");
    assert_eq!(amount(12, Dimension::Bytes), "12 bytes");
    assert_eq!(amount(12, Dimension::Count), "12");
    for size in ["1 MiB", "1000 bytes", "200 chars", "500 items"] {
        assert_eq!(Size::parse(size).expect("a size").to_string(), size);
    }
    assert_eq!([time(2.0), time(0.25), time(1.5e-5)], ["2 s", "250 ms", "15 µs"]);
}
