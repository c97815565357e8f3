//! Notes of all users, kept in RON.

/// The notes in a list such as `["one", "two"]`.
pub fn read_notes(text: &str) -> Result<Vec<String>, String> {
    ron::from_str(text).map_err(|e| e.to_string())
}
