//! Lays out packages with constraints, and runs the built tool on them.
//!
//! All of them share one target folder, so that what they depend on is built once, also for later runs. Cargo mixes
//! the artifacts of packages that share a name there, so each has a name and a place of its own.

#![expect(clippy::disallowed_methods, reason = "tests lay out packages and start the tool in them")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use cargo_constraints::model::Date;
use constraints_wire::{Entry, Report, Status};

/// What stays from one run to the next: it only saves time, for `check` brings it up to date.
const KEPT: [&str; 2] = ["Cargo.lock", "generated"];

const MANIFEST: &str = r#"[package]
name = "{{NAME}}"
version = "0.0.0"
edition = "2024"
publish = false

[lib]
name = "subject"

[dev-dependencies]
constraints-runtime = { path = "{{RUNTIME}}" }

[[test]]
name = "constraints"
path = "generated/mod.rs"

[workspace]
"#;

/// A package on disk.
pub(crate) struct Package {
    /// Its folder.
    pub(crate) root: PathBuf,
}

/// What `check --message-format json` gave.
pub(crate) struct Checked {
    /// How it ended.
    pub(crate) code: i32,
    /// The graph's verdict.
    pub(crate) report: Report,
}

/// The days of the fixtures are those of the middle of 2026; they move along, so that what ends has not ended.
fn moved_along(text: &str) -> String {
    let passed = Date::today().days_after(Date::new(2026, 6, 15));
    let moved = |line: &str| {
        let day = line.split_once("= 2026-").filter(|(_, day)| day.len() == 5);
        let numbers = day.and_then(|(_, day)| day.split_once('-'));
        let numbers = numbers.and_then(|(month, day)| month.parse().ok().zip(day.parse().ok()));
        numbers.zip(day).map_or_else(
            || line.to_owned(),
            |((month, day), (key, _))| format!("{key}= {}", Date::new(2026, month, day).plus(passed)),
        )
    };
    text.lines().map(|line| moved(line) + "\n").collect()
}

impl Package {
    /// A package of this name with this library and these constraints in `constraints/main.toml`.
    pub(crate) fn of(name: &str, library: &str, constraints: &str) -> Self {
        let files = [("src/lib.rs", library), ("constraints/main.toml", constraints)];
        Self::with(name, files.map(|(path, text)| (path.to_owned(), text.to_owned())).into())
    }

    /// A copy of `folder` below `tests/`; a manifest in disguise is taken out of it.
    pub(crate) fn copy(name: &str, folder: &str) -> Self {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
        let paths = files(&from).into_keys();
        let text = |path: &String| {
            let text = fs::read_to_string(from.join(path)).expect("text");
            if path.starts_with("constraints/") { moved_along(&text) } else { text }
        };
        let named = |path: &str| path.strip_suffix(".in").unwrap_or(path).to_owned();
        Self::with(name, paths.map(|path| (named(&path), text(&path))).collect())
    }

    /// A package of this name with these files.
    pub(crate) fn with(name: &str, mut wanted: BTreeMap<String, String>) -> Self {
        let root = shared().join(name);
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
        let manifest = wanted.entry("Cargo.toml".to_owned()).or_insert_with(|| MANIFEST.to_owned());
        *manifest = manifest.replace("{{NAME}}", name).replace("{{RUNTIME}}", &runtime.to_string_lossy());
        for path in files(&root).into_keys() {
            let first = path.split('/').next().unwrap_or_default();
            if !KEPT.contains(&first) && !wanted.contains_key(&path) {
                fs::remove_file(root.join(path)).expect("removed");
            }
        }
        let package = Self { root };
        for (path, text) in &wanted {
            package.put(path, text);
        }
        // With our own versions nothing has to be looked up or built in another one.
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
        if !package.root.join("Cargo.lock").exists() {
            package.put("Cargo.lock", &fs::read_to_string(ours).expect("a lock file"));
        }
        package
    }

    /// Writes a file unless it holds this text already, so that Cargo builds only what changed.
    pub(crate) fn put(&self, path: &str, text: &str) {
        if self.read(path).as_deref() != Some(text) {
            let path = self.root.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
    }

    /// The text of a file, if it is there.
    pub(crate) fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.root.join(path)).ok()
    }

    /// When each file was written last.
    pub(crate) fn written(&self) -> BTreeMap<String, SystemTime> {
        files(&self.root)
    }

    /// The line, from 1, with `part` in it, and the file below `folder` where it stands.
    pub(crate) fn line_with(&self, folder: &str, part: &str) -> Option<(String, usize)> {
        files(&self.root.join(folder)).into_keys().find_map(|path| {
            let path = format!("{folder}/{path}");
            let line = self.read(&path)?.lines().position(|line| line.contains(part))?;
            Some((path, line + 1))
        })
    }

    /// The tool, in this package.
    pub(crate) fn tool(&self, arguments: &[&str]) -> Command {
        self.command(env!("CARGO_BIN_EXE_cargo-constraints"), arguments)
    }

    /// Cargo, in this package.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        self.command(env!("CARGO"), arguments)
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.root).env("CARGO_TARGET_DIR", shared().join("target"));
        command.env("RUST_BACKTRACE", "0");
        command
    }

    /// Runs `check`, which has to get as far as a report.
    pub(crate) fn check(&self) -> Checked {
        check(&mut self.tool(&["check", "--message-format", "json"]))
    }
}

/// Runs a `check` that has to get as far as a report.
pub(crate) fn check(command: &mut Command) -> Checked {
    let output = command.output().expect("the tool runs");
    let report = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("no report, {error}: {}", said(&output)));
    Checked { code: code(&output), report }
}

/// How a process ended.
pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("no exit code: {}", said(output)))
}

/// All that a process printed.
pub(crate) fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

impl Checked {
    /// The entry of `main.NAME`.
    pub(crate) fn entry(&self, name: &str) -> &Entry {
        let id = format!("main.{name}");
        let found = self.report.constraints.iter().find(|entry| entry.id == id);
        found.unwrap_or_else(|| panic!("{id} is not in {:#?}", self.report))
    }

    /// That this one is green, with as many cases as the roll demands of a property.
    pub(crate) fn is_green(&self, name: &str) {
        let entry = self.entry(name);
        let tally = entry.record.as_ref().map(|record| record.tally).unwrap_or_default();
        assert_eq!(entry.status, Status::Green, "{entry:#?}");
        assert!(tally.executed >= 100 && tally.accepted >= 100, "{entry:#?}");
    }
}

fn shared() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages")
}

/// Paths of all files below `root`, with `/`, and when they were written last.
fn files(root: &Path) -> BTreeMap<String, SystemTime> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(root).into_iter().flatten() {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            found.extend(files(&entry.path()).into_iter().map(|(path, at)| (format!("{name}/{path}"), at)));
        } else {
            found.insert(name, entry.metadata().and_then(|it| it.modified()).expect("a time"));
        }
    }
    found
}
