#[test]
fn parts_make_the_whole() {
    for length in (0..2100).chain([4095, 4096, 4097, 5000, 9999]) {
        let file: Vec<u8> = (0..length).map(|n: usize| (n * n / 7) as u8).collect();
        for size in [1, 7, 63, 64, 65, 240, 256, 257, 1000, 1024, 1025, 9999] {
            let parts: Vec<Vec<u8>> = file.chunks(size).map(<[u8]>::to_vec).collect();
            assert_eq!(subject::parts(&parts), subject::whole(&file), "{length} bytes in parts of {size}");
        }
    }
}
