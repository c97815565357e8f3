#[test]
fn lone_surrogates_do_not_panic() {
    let plain: Vec<u8> = "Gr\u{fc}\u{1f600}".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(subject::to_utf8(&[plain], true, 16), "Gr\u{fc}\u{1f600}");
    for room in 4..20 {
        for before in 0..20 {
            for tail in [&[0xd9, 0x63][..], &[0xd9, 0x63, 0xd9, 0x63], &[0xd9], &[0xd9, 0x63, 0xd9]] {
                for cut in 0..=tail.len() {
                    let mut head: Vec<u8> = [0, b'a'].repeat(before);
                    head.extend(&tail[..cut]);
                    let _ = subject::to_utf8(&[head, tail[cut..].to_vec()], true, room);
                }
            }
        }
    }
}
