//! Installers as they come from a vendor.

use lzxd::{Lzxd, WindowSize};

/// What a chunk of an installer holds.
pub fn unpack(chunk: &[u8]) -> Result<Vec<u8>, String> {
    let mut decoder = Lzxd::new(WindowSize::KB32);
    let content = decoder.decompress_next(chunk).map_err(|error| error.to_string())?;
    Ok(content.to_vec())
}
