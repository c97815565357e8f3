//! Scans of documents.

use std::io::Cursor;
use tiff::decoder::Decoder;

/// How many pages a scan has.
pub fn pages(scan: &[u8]) -> Result<usize, String> {
    let mut decoder = Decoder::new(Cursor::new(scan)).map_err(|error| error.to_string())?;
    let mut pages = 1;
    while decoder.more_images() {
        decoder.next_image().map_err(|error| error.to_string())?;
        pages += 1;
    }
    Ok(pages)
}
