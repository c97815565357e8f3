#[test]
fn lengths_have_one_form() {
    for n in [0, 1, 127, 128, 300, u64::MAX >> 1] {
        assert_eq!(subject::read_length(&subject::write_length(n)), Some(n));
    }
    for bad in [&[0x81, 0x00][..], &[0x80, 0x00], &[0xac, 0x82, 0x00]] {
        assert_eq!(subject::read_length(bad), None, "{bad:?}");
    }
}
