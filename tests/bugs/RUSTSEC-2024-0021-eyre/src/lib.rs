//! Settings that users save, as lines of `name=value`.

use eyre::{Result, WrapErr};
use std::fmt;

const REQUIRED: [&str; 3] = ["language", "timezone", "email"];

/// The settings that are not there.
#[derive(Debug)]
struct Missing(Vec<String>);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "missing: {}", self.0.join(", "))
    }
}

impl std::error::Error for Missing {}

fn check(text: &str) -> Result<(), Missing> {
    let names: Vec<&str> = text.lines().filter_map(|line| Some(line.split_once('=')?.0)).collect();
    let missing: Vec<String> = REQUIRED.iter().filter(|r| !names.contains(r)).map(|r| r.to_string()).collect();
    if missing.is_empty() { Ok(()) } else { Err(Missing(missing)) }
}

/// Checks the settings of `user`; the error is for the log.
pub fn save(user: &str, text: &str) -> Result<()> {
    check(text).wrap_err_with(|| format!("settings of {user} are not complete"))
}

/// Names of the required settings that `text` lacks, for the form of `user`.
pub fn missing(user: &str, text: &str) -> Vec<String> {
    match save(user, text) {
        Ok(()) => Vec::new(),
        Err(report) => match report.downcast::<Missing>() {
            Ok(missing) => missing.0,
            Err(_) => Vec::new(),
        },
    }
}
