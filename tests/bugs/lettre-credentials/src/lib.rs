//! The account with which mails are sent.

use lettre::transport::smtp::authentication::Credentials;

/// An account on a server of mails.
#[derive(Debug)]
pub struct Account {
    pub server: String,
    pub port: u16,
    pub credentials: Credentials,
}

/// An account as the settings have it.
pub fn account(server: &str, port: u16, user: &str, password: &str) -> Option<Account> {
    let server = server.trim();
    if server.is_empty() || port == 0 {
        return None;
    }
    let credentials = Credentials::new(user.to_owned(), password.to_owned());
    Some(Account { server: server.to_owned(), port, credentials })
}
