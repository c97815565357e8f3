//! Numbers of things (object identifiers), packed for the wire.

use const_oid::ObjectIdentifier;

/// The bytes for a number such as `1.3.6.1`.
pub fn pack(number: &str) -> Option<Vec<u8>> {
    Some(ObjectIdentifier::new(number).ok()?.as_bytes().to_vec())
}

/// The number, from its bytes.
pub fn unpack(bytes: &[u8]) -> Option<String> {
    Some(ObjectIdentifier::from_bytes(bytes).ok()?.to_string())
}
