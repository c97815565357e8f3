//! When a mail was sent, from its Date line.

use chrono::DateTime;

/// Seconds since 1970.
pub fn sent_at(date: &str) -> Result<i64, String> {
    DateTime::parse_from_rfc2822(date.trim()).map(|d| d.timestamp()).map_err(|e| e.to_string())
}
