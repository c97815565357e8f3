//! When a mail was sent.

use time::format_description::well_known::Rfc2822;
use time::OffsetDateTime;

/// Seconds since 1970 for the date in the header of a mail.
pub fn sent_at(date: &str) -> Option<i64> {
    OffsetDateTime::parse(date, &Rfc2822).ok().map(|sent| sent.unix_timestamp())
}
