#[test]
fn cut_in_letters() {
    let output = "\u{1b}[31mü✓\u{1b}[0m😀".as_bytes();
    assert_eq!(subject::screen_of_pieces(&[output.to_vec()]), "ü✓😀");
    let output = [0xe2, 0x9c, 0x93, 0xff, 0xc3, 0xbc, 0xff, b'a', 0xf0, 0x9f, 0x98, 0x80, 0xff, b'b'];
    for cut in 0..=output.len() {
        let (first, second) = output.split_at(cut);
        subject::screen_of_pieces(&[first.to_vec(), second.to_vec()]);
    }
}
