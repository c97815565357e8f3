/// Some bytes, then a tag, then the beginning of a frame.
fn song(before: &[u8], flags: u8) -> Vec<u8> {
    let mut song = before.to_vec();
    song.extend(b"ID3\x03\0");
    song.extend([flags, 0, 0, 0, 15]);
    song.extend(b"TIT2\0\0\0\x05\0\0\0Song");
    song.extend([0xff, 0xfb, 0x90, 0]);
    song.extend([0; 60]);
    song
}

#[test]
fn unsynchronised_tags_do_not_panic() {
    for flags in [0, 0x40, 0x80, 0xc0] {
        for before in [&[][..], &[0xff, 0], &[0, 0xff, 0], &[0xff, 0, 0xff, 0]] {
            let _ = subject::seconds(&song(before, flags));
        }
    }
}
