//! What the graphs are about; nothing of it is ever run.

pub use text::parse;

pub mod text {
    pub mod inner {}

    pub fn parse(text: &str) -> Option<u8> {
        text.parse().ok()
    }
}

pub mod other {
    pub fn parse(text: &str) -> Option<u8> {
        text.parse().ok()
    }
}

pub fn size(text: &str) -> usize {
    text.len()
}

pub fn balance(cents: i64) -> f64 {
    cents as f64 / 100.0
}

pub fn before(page: u32, size: u32) -> u64 {
    u64::from(page) * u64::from(size)
}

pub fn render(text: &str) -> String {
    text.to_owned()
}

pub fn is_safe(text: &str) -> bool {
    text.is_ascii()
}

pub fn check(text: &str) -> Result<u8, String> {
    text.parse().map_err(|_| text.to_owned())
}

pub fn pair(text: &str) -> (usize, usize) {
    (text.len(), 0)
}

pub fn both(text: &str) -> (Option<u8>, Option<u8>) {
    (text.bytes().next(), None)
}

pub fn add(left: u32, right: u32) -> u32 {
    left.wrapping_add(right)
}

pub fn read(bytes: &[u8]) -> Option<u8> {
    bytes.first().copied()
}
