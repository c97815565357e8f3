//! Which values of a case are secret, and the secrets that went into them.

use crate::stop::Stop;

/// Which values are secret, and what was planted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Planting {
    /// Paths of values that are secret as a whole, such as `account.password`.
    paths: Vec<Vec<String>>,
    /// Where the value that is being made stands.
    at: Vec<String>,
    /// The secrets so far.
    secrets: Vec<Vec<u8>>,
}

impl Planting {
    pub(crate) fn new(paths: &[&str]) -> Self {
        let split = |path: &&str| path.split('.').map(str::to_owned).collect();
        Self { paths: paths.iter().map(split).collect(), ..Self::default() }
    }

    pub(crate) fn enter(&mut self, name: &str) {
        self.at.push(name.to_owned());
    }

    pub(crate) fn leave(&mut self) {
        self.at.pop();
    }

    /// Whether all of the value that is being made is secret.
    pub(crate) fn is_secret(&self) -> bool {
        self.paths.iter().any(|path| self.at.starts_with(path))
    }

    pub(crate) fn secrets(&self) -> &[Vec<u8>] {
        &self.secrets
    }

    /// Keeps a secret; gives the case up if it could turn up by chance.
    pub(crate) fn keep(&mut self, secret: &[u8]) -> Result<(), Stop> {
        if !is_strong(secret) {
            return Err(Stop::rejected());
        }
        if !self.secrets.iter().any(|kept| kept == secret) {
            self.secrets.push(secret.to_vec());
        }
        Ok(())
    }
}

/// Secrets have at least so many bytes, or they would be found by chance.
pub(crate) const SHORTEST: usize = 8;

/// Fewer different bytes than this are no secret.
const VARIED: usize = 4;

/// Whether the bytes are so long and varied that they do not turn up by chance.
pub(crate) fn is_strong(bytes: &[u8]) -> bool {
    let mut seen = [false; 256];
    for byte in bytes {
        seen[usize::from(*byte)] = true;
    }
    bytes.len() >= SHORTEST && seen.iter().filter(|seen| **seen).count() >= VARIED
}
