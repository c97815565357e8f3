#[test]
fn a_long_pause() {
    let readings = [(0, 5), (60, 7), (60, 7), (7200, 9), (60, 12)];
    assert_eq!(subject::unpack(&subject::pack(&readings)).as_deref(), Some(&readings[..]));
}

/// Many readings, for the patched side.
#[test]
fn years() {
    let mut x = 1u64;
    let mut next = move || {
        x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        x >> 32
    };
    for _ in 0..20_000 {
        let readings: Vec<(u16, i32)> = (0..next() % 12)
            .map(|_| {
                let (s, l) = (next(), next());
                (((s & 0xffff) >> (s >> 16 & 15)) as u16, (l as u32 as i32) >> (s >> 20 & 31))
            })
            .collect();
        assert_eq!(subject::unpack(&subject::pack(&readings)), Some(readings));
    }
    let ends = [0, 1, 63, 64, 65, 255, 256, 257, 2047, 2048, 2049, 32768, 65535];
    for a in ends {
        for b in ends {
            for c in ends {
                let readings = [(a, i32::MIN), (b, 0), (c, i32::MAX), (a, -1)];
                assert_eq!(subject::unpack(&subject::pack(&readings)).as_deref(), Some(&readings[..]));
            }
        }
    }
}
