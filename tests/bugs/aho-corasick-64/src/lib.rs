//! Finds out whether a secret leaves the house.

use std::io::Read;

use aho_corasick::AhoCorasick;

/// What nobody outside has to read.
const WORDS: [&str; 3] = ["password", "private key", "token"];

/// Where (from, to) such words stand in a message.
pub fn found(message: &[u8]) -> Vec<(usize, usize)> {
    searcher().find_iter(message).map(|found| (found.start(), found.end())).collect()
}

/// The same in a message that arrives in packets.
pub fn found_in_packets(packets: &[&[u8]]) -> Vec<(usize, usize)> {
    let connection = Connection(packets.iter().copied().filter(|packet| !packet.is_empty()).collect());
    let searcher = searcher();
    let found = searcher.stream_find_iter(connection).map(|found| found.expect("nothing to fail"));
    found.map(|found| (found.start(), found.end())).collect()
}

fn searcher() -> AhoCorasick {
    AhoCorasick::new(WORDS)
}

/// Gives one packet after the other.
struct Connection<'p>(std::collections::VecDeque<&'p [u8]>);

impl Read for Connection<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let Some(packet) = self.0.front_mut() else {
            return Ok(0);
        };
        let length = packet.read(buffer)?;
        if packet.is_empty() {
            self.0.pop_front();
        }
        Ok(length)
    }
}
