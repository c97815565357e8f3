//! Addresses that visitors save.

/// An address as it is stored; files of this machine are refused.
pub fn normal(address: &str) -> Option<String> {
    let address = url::Url::parse(address).ok()?;
    (address.scheme() != "file").then(|| String::from(address))
}
