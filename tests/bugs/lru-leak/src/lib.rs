//! The pages that were looked at last.

use lru::LruCache;

/// The last pages of a visit, the latest first.
pub fn last(pages: &[String], limit: usize) -> Vec<String> {
    let mut cache = LruCache::new(limit);
    for (number, page) in pages.iter().enumerate() {
        cache.put(page.clone(), number);
    }
    cache.iter().map(|(page, _)| page.clone()).collect()
}
