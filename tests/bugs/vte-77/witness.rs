use std::sync::mpsc;
use std::time::Duration;

fn styles(output: Vec<u8>) -> Option<usize> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || send.send(subject::styles(&output)));
    receive.recv_timeout(Duration::from_secs(5)).ok()
}

#[test]
fn many_subparameters_come_to_an_end() {
    assert_eq!(styles(b"\x1b[1;31mred\x1b[0m".to_vec()), Some(2));
    let long = format!("\x1b[{}m", ":".repeat(32));
    assert!(styles(long.into_bytes()).is_some(), "the styles are counted within five seconds");
}
