//! Everything that has to pass before a change lands, in the order in which it fails fastest.

use std::process::Command;

use crate::cases::Error;

/// Runs all checks; false at the first that fails.
pub(crate) fn all() -> Result<bool, Error> {
    let steps: [&[&str]; 5] = [
        &["fmt", "--all", "--check"],
        &["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"],
        &["run", "--quiet", "--", "gen", "--check"],
        &["run", "--quiet", "--", "gen", "--check", "--manifest-path", "examples/linkshare/Cargo.toml"],
        &["test", "--workspace"],
    ];
    for step in steps {
        println!("$ cargo {}", step.join(" "));
        let status = Command::new("cargo").args(step).current_dir(crate::root()).status();
        let status =
            status.map_err(|error| Error::Command { command: step.join(" "), output: error.to_string() })?;
        if !status.success() {
            return Ok(false);
        }
    }
    Ok(true)
}
