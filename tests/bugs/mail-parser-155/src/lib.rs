//! Shows the way that a mail took.

use mail_parser::MessageParser;

/// A server that a mail went through.
#[derive(Clone, Debug, PartialEq)]
pub struct Hop {
    /// Where it came from.
    pub from: Option<String>,
    /// The server itself.
    pub by: Option<String>,
}

/// The servers that the head of a mail names, the last one first.
pub fn way(head: &[u8]) -> Vec<Hop> {
    let Some(message) = MessageParser::default().parse_headers(head) else {
        return Vec::new();
    };
    let hops = message.received_all();
    hops.map(|hop| Hop { from: hop.from().map(|host| host.to_string()), by: hop.by().map(|host| host.to_string()) }).collect()
}
