#[test]
fn cut_packets_do_not_panic() {
    let mut packet = vec![0, 1, 0x81, 0x80, 0, 0, 0, 1, 0, 0, 0, 0, 1, b'a', 0, 0, 16, 0, 1, 0, 0, 0, 60, 0, 4];
    packet.extend([3, b'a', b'b', b'c']);
    assert_eq!(subject::records(&packet), Ok(1));
    for kind in 1..=65u8 {
        for value in [0, 1, 64, 0xc0, 255] {
            packet[16] = kind;
            packet[25] = value;
            for end in 0..=packet.len() {
                let _ = subject::records(&packet[..end]);
            }
        }
    }
}
