#[test]
fn the_listing_ends() {
    assert_eq!(subject::addresses("10.0.0.1/32").unwrap(), ["10.0.0.1"]);
    let (done, wait) = std::sync::mpsc::channel();
    std::thread::spawn(move || done.send(subject::addresses("0.0.0.0/32").unwrap().len()));
    match wait.recv_timeout(std::time::Duration::from_millis(300)) {
        Ok(length) => assert_eq!(length, 1),
        Err(_) => {
            eprintln!("still listing");
            std::process::exit(1)
        }
    }
}
