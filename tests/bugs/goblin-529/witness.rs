fn program(name: u32) -> Vec<u8> {
    let mut file = b"\x7fELF\x02\x01\x01".to_vec();
    file.resize(16, 0);
    file.extend([3, 0, 62, 0, 1, 0, 0, 0]);
    file.extend([0, 64, 0].map(u64::to_le_bytes).concat());
    file.extend([0, 0, 0, 0, 64, 0, 56, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
    file.extend([4, 0, 0, 0, 4, 0, 0, 0]);
    file.extend([120, 120, 120, 20, 20, 4].map(u64::to_le_bytes).concat());
    file.extend([name, 4, 3].map(u32::to_le_bytes).concat());
    file.extend(b"GNU\0abcd");
    file
}

#[test]
fn cut_notes_end() {
    assert_eq!(subject::notes(&program(4)), Ok(1));
    for name in [5, 9, 0xffff, u32::MAX] {
        let _ = subject::notes(&program(name));
    }
}
