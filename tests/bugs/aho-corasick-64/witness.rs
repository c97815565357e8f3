#[test]
fn cut_once() {
    let message = b"Dear Ann, the password of the shop is tulip, the token is 4711. Bob";
    for at in 0..=message.len() {
        let (a, b) = message.split_at(at);
        assert_eq!(subject::found_in_packets(&[a, b]), subject::found(message), "cut at {at}");
    }
}

/// Many messages, for the patched side.
#[test]
fn cut_anywhere() {
    let parts: [&[u8]; 15] = [
        b"password", b"private key", b"token", b"pass", b"word", b"to", b"ken", b"private ", b"key", b" ", b"k", b"w",
        b"\xff\0", b"toktoken", b"a longer text without any such word",
    ];
    let mut x = 1u32;
    let mut next = move |n: usize| {
        x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (x >> 16) as usize % n
    };
    for round in 0..60_000 {
        let most = if round % 200 == 0 { 3000 } else { 9 };
        let message: Vec<u8> = (0..next(most)).flat_map(|_| parts[next(parts.len())].to_vec()).collect();
        let mut packets = Vec::new();
        let mut rest = &message[..];
        while !rest.is_empty() {
            let (packet, more) = rest.split_at(next(rest.len() + 1).min(1 + next(if most > 9 { 20_000 } else { 12 })));
            packets.push(packet);
            rest = more;
        }
        assert_eq!(subject::found_in_packets(&packets), subject::found(&message), "{packets:?}");
    }
}
