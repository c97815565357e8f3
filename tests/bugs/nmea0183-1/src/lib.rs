//! Positions from a receiver on a serial line.

/// How many messages were read, and how many could not be.
pub fn messages(line: &[u8]) -> (usize, usize) {
    let mut parser = nmea0183::Parser::new();
    let (mut good, mut bad) = (0, 0);
    for message in parser.parse_from_bytes(line) {
        match message {
            Ok(_) => good += 1,
            Err(_) => bad += 1,
        }
    }
    (good, bad)
}
