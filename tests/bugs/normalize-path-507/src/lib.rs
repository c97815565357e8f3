//! Names of pages, as they stand in the index of a site.

use normalize_path::NormalizePath;
use std::path::Path;

/// The one name of the page at a path.
pub fn page(path: &str) -> String {
    Path::new(path).normalize().to_str().expect("made of text").to_owned()
}
