//! A client that gets its address by DHCP.

use smoltcp::wire::{DhcpPacket, DhcpRepr};

/// What a server offers, each address as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Lease {
    /// The address that the client may use.
    pub address: String,
    /// The servers that know names.
    pub name_servers: Vec<String>,
    /// For how many seconds this holds.
    pub seconds: Option<u32>,
}

/// Reads the answer of a server: the payload of its datagram.
pub fn lease(answer: &[u8]) -> Result<Lease, String> {
    let packet = DhcpPacket::new_checked(answer).map_err(|error| error.to_string())?;
    let repr = DhcpRepr::parse(&packet).map_err(|error| error.to_string())?;
    let name_servers = repr.dns_servers.iter().flatten().map(|server| server.to_string()).collect();
    Ok(Lease { address: repr.your_ip.to_string(), name_servers, seconds: repr.lease_duration })
}
