//! Sessions of visitors, kept in tokens.

const KEY: &[u8; 32] = b"supersecretkeyyoushouldnotcommit";

/// Whether a token is one of ours, however old.
pub fn is_session(token: &str) -> bool {
    branca::decode(token, KEY, 0).is_ok()
}
