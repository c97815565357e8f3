//! Sign-ins by the header of a request.

use http_auth_basic::Credentials;

/// What the log says about a sign-in, given what the header holds.
pub fn log_line(user: &str, password: &str) -> String {
    format!("sign-in {:?}", Credentials::new(user, password))
}
