//! Answers of name servers in the local network.

/// How many records a packet has.
pub fn records(packet: &[u8]) -> Result<usize, String> {
    let packet = simple_dns::Packet::parse(packet).map_err(|error| error.to_string())?;
    Ok(packet.answers.len() + packet.name_servers.len() + packet.additional_records.len())
}
