/// An answer with these addresses of name servers.
fn answer(name_servers: &[u8]) -> Vec<u8> {
    let mut answer = vec![0; 240];
    answer[..8].copy_from_slice(&[2, 1, 6, 0, 1, 2, 3, 4]);
    answer[16..20].copy_from_slice(&[192, 168, 0, 10]);
    answer[28..34].copy_from_slice(&[0, 11, 130, 1, 252, 66]);
    answer[236..240].copy_from_slice(&[99, 130, 83, 99]);
    answer.extend([53, 1, 5, 51, 4, 0, 0, 14, 16, 6, name_servers.len() as u8]);
    answer.extend(name_servers);
    answer.push(255);
    answer
}

#[test]
fn answers_are_read() {
    let lease = subject::lease(&answer(&[9, 9, 9, 9, 1, 1, 1, 1])).unwrap();
    assert_eq!(lease.address, "192.168.0.10");
    assert_eq!(lease.name_servers, ["9.9.9.9", "1.1.1.1"]);
    assert_eq!(lease.seconds, Some(3600));
}

#[test]
fn odd_name_servers_are_no_panic() {
    for length in 0..20 {
        let _ = subject::lease(&answer(&vec![7; length]));
    }
}
