//! Mails that lie in memory of somebody else, such as a mapped file.

use bytes::Bytes;

/// Memory that is given back when nobody looks at it any more.
struct Mapped(Box<[u8]>);

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// What of a mapped mail stands behind the empty line, to be changed; `None` if there is no such line.
pub fn body(mail: &str) -> Option<Vec<u8>> {
    let mapped = Bytes::from_owner(Mapped(mail.as_bytes().into()));
    let head = mapped.windows(2).position(|two| two == b"\n\n")?;
    Some(Vec::from(mapped.slice(head + 2..)))
}
