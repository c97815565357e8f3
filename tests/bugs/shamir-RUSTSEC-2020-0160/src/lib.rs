//! Keys that are given to several people in shares.

use shamir::SecretData;

/// A share, or why there is none.
pub trait Share {
    fn share(self) -> Option<Vec<u8>>;
}

impl Share for Vec<u8> {
    fn share(self) -> Option<Vec<u8>> {
        Some(self)
    }
}

impl<E> Share for Result<Vec<u8>, E> {
    fn share(self) -> Option<Vec<u8>> {
        self.ok()
    }
}

/// What the first `people` holders find when they put their shares together,
/// of a secret for which `threshold` are needed.
pub fn conspiracy(secret: &str, threshold: u8, people: u8) -> Option<String> {
    if threshold < 2 || people < 1 {
        return None;
    }
    let data = SecretData::with_secret(secret, threshold);
    let shares: Option<Vec<Vec<u8>>> = (1..=people).map(|id| data.get_share(id).share()).collect();
    SecretData::recover_secret(people, shares?)
}
