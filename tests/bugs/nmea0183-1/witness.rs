#[test]
fn odd_lines_do_not_panic() {
    let _ = subject::messages(b"$GPGGA,145659.00,5956.695396,N,03022.454999,E,2,07,0.6,9.0,M,18.0,M,,*62\r\n");
    for length in 60..100 {
        for filler in [b'a', b',', b'1', 3] {
            let mut line = b"$GPGGA,".to_vec();
            line.extend(vec![filler; length]);
            line.extend(b"*51\r\n");
            let _ = subject::messages(&line);
        }
    }
}
