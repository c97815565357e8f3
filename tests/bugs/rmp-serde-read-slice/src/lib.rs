//! Uploads in MessagePack.

use serde::Deserialize;

/// A file that somebody uploads.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Upload {
    /// Its name.
    pub name: String,
    /// What is in it.
    #[serde(with = "serde_bytes")]
    pub content: Vec<u8>,
}

/// Reads the body of a request, if it is an upload.
pub fn upload(body: &[u8]) -> Option<Upload> {
    rmp_serde::from_read(body).ok()
}
