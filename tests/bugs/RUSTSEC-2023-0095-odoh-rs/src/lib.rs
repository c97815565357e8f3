//! Resolver for oblivious DNS over HTTPS.

use bytes::Bytes;
use odoh_rs::{decrypt_query, parse, ObliviousDoHKeyPair, ObliviousDoHMessage};

/// The key pair of this resolver; for tests it is always the same.
fn key_pair() -> ObliviousDoHKeyPair {
    ObliviousDoHKeyPair::from_parameters(0x0020, 0x0001, 0x0001, b"a seed for tests, 32 bytes long.")
}

/// The DNS message in the body of a request.
pub fn query(body: &[u8]) -> Result<Vec<u8>, String> {
    let message: ObliviousDoHMessage = parse(&mut Bytes::copy_from_slice(body)).map_err(|error| error.to_string())?;
    let (query, _secret) = decrypt_query(&message, &key_pair()).map_err(|error| error.to_string())?;
    Ok(query.into_msg().to_vec())
}
