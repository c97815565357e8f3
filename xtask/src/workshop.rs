//! What chores share that judge packages: the tool as it is built here, a folder to build in, and commands.
//!
//! Knows nothing of what a chore judges packages for.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use constraints_wire::Report;
use serde::Deserialize;

use crate::error::{Error, at};

/// What `list --kinds --message-format json` prints, as far as it matters here.
#[derive(Deserialize)]
struct Kinds {
    kinds: Vec<KindName>,
}

/// A kind, as far as it matters here.
#[derive(Deserialize)]
struct KindName {
    id: String,
}

/// Cases of a search whose time alone is bounded.
const MANY: &str = "1000000000";

/// The tool, and one folder to build in.
pub(crate) struct Workshop {
    tool: PathBuf,
    /// The kinds that the tool knows.
    pub(crate) kinds: BTreeSet<String>,
    folder: PathBuf,
    /// What packages link.
    runtime: PathBuf,
}

impl Workshop {
    pub(crate) fn new() -> Result<Self, Error> {
        let root = crate::root();
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        run(
            Command::new("cargo").args(["build", "--package", "cargo-constraints"]).current_dir(&root),
            &[0],
        )?;
        let tool = target.join("debug").join(format!("cargo-constraints{}", std::env::consts::EXE_SUFFIX));
        let kinds = run(
            Command::new(&tool).args(["list", "--kinds", "--message-format", "json"]).current_dir(&root),
            &[0],
        )?;
        let kinds: Kinds = serde_json::from_str(&kinds)
            .map_err(|error| Error::Content { path: "list --kinds".into(), message: error.to_string() })?;
        let folder = target.join("cases");
        let kinds = kinds.kinds.into_iter().map(|kind| kind.id).collect();
        Ok(Self { tool, kinds, folder, runtime: root.join("runtime") })
    }

    /// The same with another runtime, whose folder this is.
    pub(crate) fn linking(self, runtime: PathBuf) -> Self {
        Self { runtime, ..self }
    }

    /// The built tool.
    pub(crate) fn tool(&self) -> &Path {
        &self.tool
    }

    /// A folder beside that of the cases.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        self.folder.with_file_name(name)
    }

    /// Where all packages are built.
    pub(crate) fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    /// Wires a package, builds it in `target`, and judges it.
    pub(crate) fn check(&self, package: &Path, target: &Path, seed: Option<u64>) -> Result<Report, Error> {
        self.check_as(package, target, How { seed, ..How::default() })
    }

    /// The same, judged as is said.
    pub(crate) fn check_as(&self, package: &Path, target: &Path, how: How) -> Result<Report, Error> {
        let manifest = package.join("Cargo.toml");
        let command = |verb: &str| {
            let mut command = Command::new(&self.tool);
            command.arg(verb).arg("--manifest-path").arg(&manifest).env("CARGO_TARGET_DIR", target);
            command
        };
        run(command("init").arg("--runtime-path").arg(&self.runtime), &[0])?;
        let mut check = command("check");
        check.args(["--message-format", "json"]);
        if let Some(together) = how.together {
            check.args(["--threads", &together.to_string()]);
        }
        if let Some(seed) = how.seed {
            check.args(["--seed", &seed.to_string()]);
        }
        if let Some(seconds) = how.seconds {
            check.args(["--budget", &format!("{seconds} s"), "--cases", MANY]);
        }
        let output = run(&mut check, &[0, 5, 100])?;
        serde_json::from_str(&output)
            .map_err(|error| Error::Content { path: manifest, message: format!("{error} in {output}") })
    }
}

/// How a package is judged.
#[derive(Clone, Copy, Default)]
pub(crate) struct How {
    /// The seed of all tests.
    pub(crate) seed: Option<u64>,
    /// So many tests side by side.
    pub(crate) together: Option<usize>,
    /// So many seconds of search in each test, and as many cases as they hold.
    pub(crate) seconds: Option<u64>,
}

pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    at(to, fs::create_dir_all(to))?;
    for name in entries(from)? {
        let (from, to) = (from.join(&name), to.join(&name));
        if from.is_dir() {
            copy(&from, &to)?;
        } else {
            // Not `fs::copy`: it would keep the read-only mark of a shared folder.
            at(&to, fs::read(&from).and_then(|content| fs::write(&to, content)))?;
        }
    }
    Ok(())
}

pub(crate) fn entries(folder: &Path) -> Result<impl Iterator<Item = String> + use<>, Error> {
    let entries = at(folder, fs::read_dir(folder))?;
    let mut names: Vec<String> =
        entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names.into_iter())
}

pub(crate) fn read_toml<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let text = at(path, fs::read_to_string(path))?;
    toml::from_str(&text)
        .map_err(|error| Error::Content { path: path.to_path_buf(), message: error.to_string() })
}

/// What Cargo says of what it built, as far as it matters here.
#[derive(Deserialize)]
struct Built {
    executable: Option<PathBuf>,
}

/// The binary of the one test target that Cargo says it built.
pub(crate) fn binary_of(said: &str, package: &Path) -> Result<PathBuf, Error> {
    let built = said.lines().filter_map(|line| serde_json::from_str::<Built>(line).ok());
    built.filter_map(|built| built.executable).next_back().ok_or_else(|| Error::Content {
        path: package.to_path_buf(),
        message: "Cargo names no test that it built".to_owned(),
    })
}

/// Runs a command whose exit code has to be one of `expected`; gives what it printed.
pub(crate) fn run(command: &mut Command, expected: &[i32]) -> Result<String, Error> {
    let output = command.stdin(Stdio::null()).output();
    let said = format!("{command:?}");
    let output =
        output.map_err(|error| Error::Command { command: said.clone(), output: error.to_string() })?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.code().is_some_and(|code| expected.contains(&code)) {
        return Ok(text);
    }
    let output = format!("{text}{}", String::from_utf8_lossy(&output.stderr));
    Err(Error::Command { command: said, output })
}
