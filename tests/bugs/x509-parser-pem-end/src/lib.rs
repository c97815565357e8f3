//! Certificates that users paste into a form.

use std::io::Cursor;

/// The serial number of the first certificate in a text.
pub fn serial(text: &str) -> Result<String, String> {
    let (pem, _) = x509_parser::pem::Pem::read(Cursor::new(text.as_bytes())).map_err(|_| "no PEM")?;
    let (_, certificate) = x509_parser::parse_x509_der(&pem.contents).map_err(|_| "no certificate")?;
    Ok(certificate.tbs_certificate.serial.to_string())
}
