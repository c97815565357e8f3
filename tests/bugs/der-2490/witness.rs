#[test]
fn messages_are_read() {
    assert_eq!(subject::content(b"\x30\x03\x02\x01\x05").unwrap(), b"\x02\x01\x05");
    assert!(subject::content(b"\x30\x80\x02\x01\x05\x00\x00").unwrap().starts_with(b"\x02\x01\x05"));
}

#[test]
fn nested_values_need_little_stack() {
    let open = [0x30, 0x80].repeat(20_000);
    let closed = [open.clone(), vec![0; 40_000]].concat();
    let call = move || {
        let _ = subject::content(&open);
        let _ = subject::content(&closed);
    };
    std::thread::Builder::new().stack_size(320 * 1024).spawn(call).unwrap().join().unwrap();
}
