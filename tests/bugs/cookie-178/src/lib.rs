//! Sessions in signed cookies.

use cookie::{Cookie, CookieJar, Key};

fn key() -> Key {
    Key::from(&[7; 64])
}

/// The cookie for a session.
pub fn issue(user: &str) -> String {
    let mut jar = CookieJar::new();
    jar.signed_mut(&key()).add(Cookie::new("session", user.to_owned()));
    jar.get("session").map(|cookie| cookie.value().to_owned()).unwrap_or_default()
}

/// The user of the session whose cookie a browser sends.
pub fn session(sent: &str) -> Option<String> {
    let mut jar = CookieJar::new();
    jar.add_original(Cookie::new("session", sent.to_owned()));
    jar.signed(&key()).get("session").map(|cookie| cookie.value().to_owned())
}
