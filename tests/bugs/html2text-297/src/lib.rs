//! Mails in HTML, as text.

/// The text of a mail, 72 columns wide; hidden parts are left out.
pub fn as_text(mail: &str) -> Result<String, String> {
    let config = html2text::config::plain().use_doc_css();
    config.string_from_read(mail.as_bytes(), 72).map_err(|error| error.to_string())
}
