//! Names as they arrive in DER.

use asn1_der::FromDerObject;

/// The name in a DER-encoded UTF8String.
pub fn read_name(message: &[u8]) -> Result<String, String> {
    String::deserialize(message.iter()).map_err(|e| e.to_string())
}
