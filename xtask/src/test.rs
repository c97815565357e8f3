//! Everything that has to pass before a change lands, in the order in which it fails fastest.

use std::fs;
use std::process::Command;

use crate::error::{Error, at};

/// Runs all checks; false at the first that fails.
pub(crate) fn all() -> Result<bool, Error> {
    let unseen = unseen_by_cargo_fmt()?;
    let rustfmt: Vec<&str> =
        ["--check", "--edition", "2024"].into_iter().chain(unseen.iter().map(String::as_str)).collect();
    let steps: [(&str, &[&str]); 8] = [
        ("cargo", &["fmt", "--all", "--check"]),
        ("rustfmt", &rustfmt),
        ("cargo", &["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]),
        // The workspace has all features of the runtime switched on, and whoever links it has few.
        ("cargo", &["clippy", "--quiet", "--package", RUNTIME, "--", "--deny", "warnings"]),
        (
            "cargo",
            &["clippy", "--quiet", "--package", RUNTIME, "--no-default-features", "--", "--deny", "warnings"],
        ),
        ("cargo", &["run", "--quiet", "--", "gen", "--check"]),
        (
            "cargo",
            &["run", "--quiet", "--", "gen", "--check", "--manifest-path", "examples/linkshare/Cargo.toml"],
        ),
        ("cargo", &["test", "--workspace"]),
    ];
    for (program, arguments) in steps {
        let said = format!("{program} {}", arguments.join(" "));
        println!("$ {said}");
        let mut command = Command::new(program);
        command.args(arguments).current_dir(crate::root()).env(SECONDS, "60");
        let status = command.status();
        let status = status.map_err(|error| Error::Command { command: said, output: error.to_string() })?;
        if !status.success() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What users link.
const RUNTIME: &str = "constraints-runtime";

/// Says how long to try made-up input.
const SECONDS: &str = "CONSTRAINTS_FUZZ_SECONDS";

/// Tries made-up input for so many minutes; false if something was found.
pub(crate) fn fuzz(minutes: u64) -> Result<bool, Error> {
    let arguments = ["test", "--release", "--test", "fuzz", "--", "--nocapture"];
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(crate::root()).env(SECONDS, (minutes * 60).to_string());
    let status = command.status().map_err(|error| Error::Command {
        command: format!("cargo {}", arguments.join(" ")),
        output: error.to_string(),
    })?;
    Ok(status.success())
}

/// The files that a macro makes modules of.
fn unseen_by_cargo_fmt() -> Result<Vec<String>, Error> {
    let mut files = Vec::new();
    for folder in ["src/kinds", "runtime/src/oracles"] {
        let path = crate::root().join(folder);
        for entry in at(&path, fs::read_dir(&path))?.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.ends_with(".rs") && name != "mod.rs" {
                files.push(format!("{folder}/{name}"));
            }
        }
    }
    files.sort();
    Ok(files)
}
