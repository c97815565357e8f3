#[test]
fn any_header_fits_the_stack() {
    assert_eq!(subject::sent_at("Fri, 21 Nov 1997 09:55:06 -0600"), Some(880127706));
    let text = "(".repeat(500_000);
    std::thread::Builder::new().stack_size(2 << 20).spawn(move || subject::sent_at(&text)).unwrap().join().unwrap();
}
