//! Uploads of whole folders.

use std::path::Path;

/// Unpacks an upload into a folder; what was executable stays so.
pub async fn unpack(folder: &Path, upload: &[u8]) -> std::io::Result<()> {
    let mut archive = tokio_tar::ArchiveBuilder::new(upload).set_preserve_permissions(true).build();
    archive.unpack(folder).await
}
