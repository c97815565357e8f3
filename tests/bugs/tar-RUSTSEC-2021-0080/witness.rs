#[test]
fn folders_are_made_inside() {
    fn header(name: &str, kind: u8, link: &str) -> Vec<u8> {
        let mut block = vec![0u8; 512];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[100..108].copy_from_slice(b"0000755\0");
        block[108..116].copy_from_slice(b"0000000\0");
        block[116..124].copy_from_slice(b"0000000\0");
        block[124..136].copy_from_slice(b"00000000000\0");
        block[136..148].copy_from_slice(b"00000000000\0");
        block[148..156].fill(b' ');
        block[156] = kind;
        block[157..157 + link.len()].copy_from_slice(link.as_bytes());
        block[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
        block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        block
    }
    let base = std::env::temp_dir().join(format!("tar-0080-{}", std::process::id()));
    let folder = base.join("in");
    std::fs::create_dir_all(&folder).unwrap();
    let plain = [header("a/b.txt", b'0', ""), vec![0; 1024]].concat();
    assert!(subject::unpack(&folder, &plain).is_ok() && folder.join("a/b.txt").is_file());
    let bad = [header("up", b'2', ".."), header("up/made/deep/file", b'0', ""), vec![0; 1024]].concat();
    let _ = subject::unpack(&folder, &bad);
    let made = base.join("made").exists();
    std::fs::remove_dir_all(&base).unwrap();
    assert!(!made);
}
