//! Texts in mails.

/// A text as it is sent.
pub fn mail(text: &[u8]) -> Vec<u8> {
    quoted_printable::encode(text)
}

/// A text as it is received.
pub fn received(mail: &[u8]) -> Option<Vec<u8>> {
    quoted_printable::decode(mail, quoted_printable::ParseMode::Strict).ok()
}
