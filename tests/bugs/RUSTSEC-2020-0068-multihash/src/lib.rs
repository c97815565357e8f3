//! Content hashes that peers announce.

/// The name of the algorithm of a content hash.
pub fn algorithm(hash: &[u8]) -> Result<String, String> {
    let hash = multihash::MultihashRef::from_slice(hash).map_err(|error| error.to_string())?;
    Ok(format!("{:?}", hash.algorithm()))
}
