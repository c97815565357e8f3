//! Accounts.

/// The address of a new account, or what is wrong with it.
pub fn register(address: &str) -> Result<String, String> {
    fast_chemail::parse_email(address).map_err(|error| error.to_string())?;
    Ok(address.to_lowercase())
}
