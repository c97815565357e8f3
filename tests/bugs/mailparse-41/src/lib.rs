//! When received mails were sent.

use mailparse::MailHeaderMap;

/// Seconds since 1970, by the date in the head of a mail.
pub fn sent(mail: &[u8]) -> Option<i64> {
    let mail = mailparse::parse_mail(mail).ok()?;
    let date = mail.headers.get_first_value("Date").into_text()?;
    mailparse::dateparse(date.trim()).ok()
}

/// Versions differ in whether a value may fail.
trait IntoText {
    fn into_text(self) -> Option<String>;
}

impl IntoText for Option<String> {
    fn into_text(self) -> Option<String> {
        self
    }
}

impl<E> IntoText for Result<Option<String>, E> {
    fn into_text(self) -> Option<String> {
        self.ok().flatten()
    }
}
