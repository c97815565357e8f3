#[test]
fn parts_of_any_length() {
    for parts in [&[136][..], &[136, 136, 5], &[1, 2], &[200, 200], &[255, 1, 100]] {
        let length = parts.iter().map(|part| u16::from(*part)).sum();
        assert_eq!(subject::mask_in_parts(b"seed", parts), subject::mask(b"seed", length));
    }
}
