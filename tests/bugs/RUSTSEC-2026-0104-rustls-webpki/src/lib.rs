//! Revocation lists that are fetched from the addresses in certificates.

/// Whether a fetched list can be used for checks.
pub fn usable(list: &[u8]) -> Result<(), String> {
    webpki::OwnedCertRevocationList::from_der(list).map(drop).map_err(|error| error.to_string())
}
