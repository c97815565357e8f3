fn recording(channels: u16, block: u16, bits: u16) -> Vec<u8> {
    let mut file = b"RIFF\x28\0\0\0WAVEfmt \x10\0\0\0\x01\0".to_vec();
    file.extend(channels.to_le_bytes());
    file.extend([0x40, 0x1f, 0, 0]);
    file.extend((8000 * u32::from(block)).to_le_bytes());
    file.extend(block.to_le_bytes());
    file.extend(bits.to_le_bytes());
    file.extend(b"data\x04\0\0\0\0\0\x05\0");
    file
}

#[test]
fn odd_headers_do_not_panic() {
    assert_eq!(subject::loudest(&recording(1, 2, 16)), Ok(5));
    for channels in [0, 1, 2, 3, u16::MAX] {
        for block in [0, 1, 2, 3, 4, u16::MAX] {
            for bits in [0, 1, 8, 9, 16, 24, 32, 33, u16::MAX] {
                let _ = subject::loudest(&recording(channels, block, bits));
            }
        }
    }
}
