//! Archives that visitors upload.

use std::path::Path;

/// Unpacks an archive into a folder.
pub fn unpack(folder: &Path, archive: &[u8]) -> Result<(), String> {
    tar::Archive::new(archive).unpack(folder).map_err(|error| error.to_string())
}
