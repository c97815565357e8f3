//! Messages of devices that write BER.

use der::{asn1::AnyRef, Decode};

/// The content of a message: what stands behind its tag and length.
pub fn content(message: &[u8]) -> Result<Vec<u8>, String> {
    let value = AnyRef::from_ber(message).map_err(|error| error.to_string())?;
    Ok(value.value().to_vec())
}
