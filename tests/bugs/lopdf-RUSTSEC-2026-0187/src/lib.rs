//! Documents that visitors upload.

/// How many pages a document has.
pub fn pages(document: &[u8]) -> Option<usize> {
    lopdf::Document::load_mem(document).ok().map(|document| document.get_pages().len())
}
