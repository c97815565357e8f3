//! Time stamps of received messages.

use protobuf::well_known_types::timestamp::Timestamp;
use protobuf::Message;

/// Seconds since 1970 of the time stamp in `body`.
pub fn seconds(body: &[u8]) -> Result<i64, String> {
    Timestamp::parse_from_bytes(body).map(|t| t.seconds).map_err(|e| e.to_string())
}
