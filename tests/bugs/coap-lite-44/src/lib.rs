//! A server for sensors that speak CoAP.

use coap_lite::{CoapOption, Packet};

/// What a sensor asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The parts of the path, as they were sent.
    pub path: Vec<Vec<u8>>,
    /// What comes with the request.
    pub payload: Vec<u8>,
}

/// Reads a datagram as it came from the network.
pub fn request(datagram: &[u8]) -> Result<Request, String> {
    let packet = Packet::from_bytes(datagram).map_err(|error| format!("{error:?}"))?;
    let path = packet.get_option(CoapOption::UriPath).into_iter().flatten().cloned().collect();
    Ok(Request { path, payload: packet.payload })
}
