//! Which file of the shared folder a WebDAV request means.

use dav_server::davpath::DavPath;
use std::path::{Path, PathBuf};

pub const SHARED: &str = "/srv/shared";

/// The file for the path of a request, or nothing if the path is no good.
pub fn file_of(request: &str) -> Option<PathBuf> {
    let path = DavPath::new(request).ok()?;
    Some(Path::new(SHARED).join(path.as_rel_ospath()))
}
