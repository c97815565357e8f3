use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Mutex;

static SAID: Mutex<String> = Mutex::new(String::new());

struct Log;

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata) -> bool {
        true
    }

    fn log(&self, record: &log::Record) {
        SAID.lock().unwrap().push_str(&format!("{}\n", record.args()));
    }

    fn flush(&self) {}
}

#[test]
fn the_password_is_not_logged() {
    log::set_logger(&Log).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let office = listener.local_addr().unwrap();
    let served = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let head: Vec<String> = BufReader::new(&stream).lines().map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
        (&stream).write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\n3").unwrap();
        head.join("\n")
    });
    assert_eq!(subject::stock(office, 7, "north", "correct4horse8battery").unwrap(), "3");
    let account = base64::encode("north:correct4horse8battery");
    assert!(served.join().unwrap().contains(&account), "the office has to get it");
    let said = SAID.lock().unwrap();
    assert!(said.contains("/stock/7"), "{said}");
    assert!(!said.contains(&account), "{said}");
}
