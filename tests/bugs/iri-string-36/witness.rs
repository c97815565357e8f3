#[test]
fn kept_as_it_is() {
    assert_eq!(subject::normal("HTTP://Example.org/a/../%7eb").as_deref(), Some("http://example.org/~b"));
    let mut x = 1_u64;
    let mut next = |n: usize| { x ^= x << 13; x ^= x >> 7; x ^= x << 17; (x % n as u64) as usize };
    let parts = ["a", ":", "/", "/", ".", "..", "./", "%2e", "%41", "%c3", "%A9", "%ff", "%f0%9f", "%99", "b", "A", "?", "#", "@", "[::1]", "%25", "80", "//", ".//.", "~", "%7e", "%2f", "%00", "%e2%82", "%ed%a0%80", "%c0%80"];
    let mut seen = 0;
    for _ in 0..400_000 {
        let address = ["a:", "http://", "x://h"][next(3)].to_owned() + &(0..1 + next(9)).map(|_| parts[next(parts.len())]).collect::<String>();
        let Some(once) = subject::normal(&address) else { continue };
        seen += 1;
        assert_eq!(subject::normal(&once).as_deref(), Some(once.as_str()), "{address}");
    }
    assert!(seen > 1000);
}
