//! Fingerprints of files.

use xxhash_rust::xxh3::{xxh3_64, Xxh3};

/// The fingerprint of a file that is in memory.
pub fn whole(file: &[u8]) -> u64 {
    xxh3_64(file)
}

/// The fingerprint of a file that comes in parts.
pub fn parts(parts: &[Vec<u8>]) -> u64 {
    let mut state = Xxh3::new();
    for part in parts {
        state.update(part);
    }
    state.digest()
}
