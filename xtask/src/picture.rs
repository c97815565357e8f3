//! Takes the verdict on `examples/linkshare`, gives the pictures of the README: its graph and the words of `check`.
//!
//! Each status has a mark besides its colour, and ids stand in the pictures as text, so that a test can read them.

mod graph;
mod svg;
mod terminal;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use cargo_constraints::report::human;
use constraints_wire::Report;
use serde::Deserialize;

use crate::error::{Error, at};

/// What `graph --message-format json` prints, as far as it matters here.
#[derive(Deserialize)]
struct Graph {
    constraints: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    after: Vec<String>,
}

/// Draws the pictures anew.
pub(crate) fn draw() -> Result<bool, Error> {
    let report: Report = tool("check", 100)?;
    let Graph { constraints } = tool("graph", 0)?;
    let after: BTreeMap<String, Vec<String>> =
        constraints.into_iter().map(|node| (node.id, node.after)).collect();
    let folder = crate::root().join("book/src/images");
    let pictures = [
        ("linkshare.svg", graph::picture(&report, &after)),
        ("check.svg", terminal::picture(&human(&report))),
    ];
    for (name, text) in pictures {
        let path = folder.join(name);
        at(&path, fs::create_dir_all(&folder).and_then(|()| fs::write(&path, text)))?;
        println!("wrote    book/src/images/{name}");
    }
    Ok(true)
}

/// The document that a command of the tool prints about the example.
fn tool<T: serde::de::DeserializeOwned>(verb: &str, code: i32) -> Result<T, Error> {
    let arguments = [
        "run",
        "--quiet",
        "--",
        verb,
        "--message-format",
        "json",
        "--manifest-path",
        "examples/linkshare/Cargo.toml",
    ];
    let command = format!("cargo {}", arguments.join(" "));
    let output = Command::new("cargo").args(arguments).current_dir(crate::root()).output();
    let output =
        output.map_err(|error| Error::Command { command: command.clone(), output: error.to_string() })?;
    if output.status.code() != Some(code) {
        let output = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(Error::Command { command, output });
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| Error::Content { path: command.into(), message: error.to_string() })
}
