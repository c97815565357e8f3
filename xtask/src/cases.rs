//! Takes a folder of cases, gives a table: red on the vulnerable version, green on the patched one?
//!
//! Sides that come out otherwise are listed in `tests/cases.toml`, each with the reason; whatever is not listed there
//! has to be as it should be.
//!
//! Each side becomes a package of its own name, so that all of them can share one target folder: Cargo takes two
//! packages of one name and version at different places for the same and mixes what it built for them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use constraints_wire::{Outcome, RedReason, Report, Status};
use serde::Deserialize;

use crate::error::{Error, at};

/// `case.toml`, as far as it matters here.
#[derive(Deserialize)]
pub(crate) struct About {
    class: String,
    pub(crate) vulnerable: String,
    patched: String,
}

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

/// `tests/cases.toml`.
#[derive(Default, Deserialize)]
struct Exceptions {
    #[serde(default)]
    exception: Vec<Exception>,
}

/// A side that does not come out as it should.
#[derive(Deserialize)]
struct Exception {
    case: String,
    side: String,
    why: String,
}

impl Exceptions {
    /// Why the side `name` of `case` may come out otherwise.
    fn why(&self, case: &str, side: &str) -> Option<&str> {
        let listed = self.exception.iter().find(|exception| exception.case == case && exception.side == side);
        listed.map(|exception| exception.why.as_str())
    }
}

/// One side of a case, judged.
struct Side {
    status: String,
    right: bool,
    to_red: Option<u64>,
    millis: u64,
}

/// Cases of a search whose time alone is bounded.
const MANY: &str = "1000000000";

/// Judges every case; true if all that could be judged are right.
pub(crate) fn judge_all(folder: &Path, only: Option<&str>, seeds: &[u64]) -> Result<bool, Error> {
    let workshop = Workshop::new()?;
    let exceptions: Exceptions = read_toml(&crate::root().join("tests/cases.toml"))?;
    let mut names: Vec<String> =
        entries(folder)?.filter(|name| folder.join(name).join("case.toml").is_file()).collect();
    names.retain(|name| only.is_none_or(|part| name.contains(part)));
    names.sort();
    println!("| case | class | kind | seed | vulnerable | patched | time to red | test time |");
    println!("|---|---|---|---|---|---|---|---|");
    let runs: Vec<Option<u64>> =
        if seeds.is_empty() { vec![None] } else { seeds.iter().copied().map(Some).collect() };
    let (mut right, mut judged, mut waiting) = (0, 0, 0);
    let (mut wrong, mut known) = (0, BTreeSet::new());
    for name in &names {
        let case = folder.join(name);
        let kinds = kinds_of(&case)?;
        let about: About = read_toml(&case.join("case.toml"))?;
        let listed = kinds.iter().cloned().collect::<Vec<_>>().join(", ");
        if !kinds.is_subset(&workshop.kinds) {
            println!("| {name} | {} | {listed} | | kind not built yet | | | |", about.class);
            waiting += 1;
            continue;
        }
        for seed in &runs {
            let row = workshop.judge(&case, name, &about, *seed)?;
            judged += 1;
            right += usize::from(row.iter().all(|side| side.right));
            for (side, said) in row.iter().zip(["vulnerable", "patched"]).filter(|(side, _)| !side.right) {
                match exceptions.why(name, said) {
                    Some(why) => _ = known.insert(format!("{name}, {said}: {}; {why}", side.status)),
                    None => wrong += 1,
                }
            }
            let to_red = row[0].to_red.map_or("-".to_string(), |millis| format!("{:.2} s", seconds(millis)));
            let most = row.iter().map(|side| side.millis).max().unwrap_or(0);
            let seed = seed.map_or("own".to_string(), |seed| seed.to_string());
            println!(
                "| {name} | {} | {listed} | {seed} | {} | {} | {to_red} | {:.1} s |",
                about.class,
                row[0].status,
                row[1].status,
                seconds(most)
            );
        }
    }
    println!("\n{right} of {judged} judged as they should be; {waiting} wait for their kind");
    for known in &known {
        println!("- {known}");
    }
    Ok(wrong == 0 && judged > 0)
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of a test are far below 2^52")]
fn seconds(millis: u64) -> f64 {
    millis as f64 / 1000.0
}

/// What all cases share: the tool, the kinds it knows, one folder to build in.
pub(crate) struct Workshop {
    tool: PathBuf,
    kinds: BTreeSet<String>,
    folder: PathBuf,
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
        Ok(Self { tool, kinds: kinds.kinds.into_iter().map(|kind| kind.id).collect(), folder })
    }

    fn judge(&self, case: &Path, name: &str, about: &About, seed: Option<u64>) -> Result<[Side; 2], Error> {
        Ok([
            self.side(case, name, "vulnerable", &about.vulnerable, seed)?,
            self.side(case, name, "patched", &about.patched, seed)?,
        ])
    }

    fn side(
        &self,
        case: &Path,
        name: &str,
        side: &str,
        version: &str,
        seed: Option<u64>,
    ) -> Result<Side, Error> {
        let package = self.folder.join(name).join(side);
        lay_out(case, &package, &format!("subject-{}-{side}", name.to_lowercase()), side, version)?;
        let report = self.check(&package, &self.target(), seed)?;
        Ok(summary(&report, side == "vulnerable"))
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
        run(command("init").arg("--runtime-path").arg(crate::root().join("runtime")), &[0])?;
        let mut check = command("check");
        check.args(["--message-format", "json"]);
        if let Some(together) = how.together {
            check.env("RUST_TEST_THREADS", together.to_string());
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

fn summary(report: &Report, vulnerable: bool) -> Side {
    let mut words = Vec::new();
    for entry in &report.constraints {
        let word = match (entry.status, entry.reason) {
            (Status::Green, _) => "green".to_string(),
            (Status::Red, reason) => {
                format!("red ({})", reason_word(reason.unwrap_or(RedReason::NoRecord)))
            }
            (status, _) => format!("{status:?}").to_lowercase(),
        };
        words.push(word);
    }
    words.dedup();
    let records = || report.constraints.iter().filter_map(|entry| entry.record.as_ref());
    let found = is_found(report);
    let green = report.totals.green == report.constraints.len() && !report.constraints.is_empty();
    Side {
        status: words.join(", "),
        right: if vulnerable { found } else { green },
        to_red: to_red(report),
        millis: records().map(|record| record.millis).sum(),
    }
}

/// Whether anything speaks against a constraint; that one does not compile or does not exist is no finding.
pub(crate) fn is_found(report: &Report) -> bool {
    report.constraints.iter().filter_map(|entry| entry.record.as_ref()).any(|record| {
        matches!(
            record.outcome,
            Outcome::Violated(RedReason::Violated | RedReason::Crashed | RedReason::TimedOut)
        )
    })
}

/// Milliseconds from the start of a test to the first case that speaks against its constraint.
pub(crate) fn to_red(report: &Report) -> Option<u64> {
    let records = report.constraints.iter().filter_map(|entry| entry.record.as_ref());
    records.filter_map(|record| record.millis_to_red).min()
}

fn reason_word(reason: RedReason) -> &'static str {
    match reason {
        RedReason::Violated => "violated",
        RedReason::Crashed => "crashed",
        RedReason::TimedOut => "timed out",
        RedReason::MissingTarget => "missing target",
        RedReason::DoesNotCompile => "does not compile",
        RedReason::Vacuous => "vacuous",
        RedReason::NoRecord => "no record",
    }
}

/// Writes one side as a package called `own`; an earlier one is replaced, with what was found for it.
pub(crate) fn lay_out(
    case: &Path,
    package: &Path,
    own: &str,
    side: &str,
    version: &str,
) -> Result<(), Error> {
    if package.exists() {
        at(package, fs::remove_dir_all(package))?;
    }
    for part in ["src", "constraints", "fixtures", "templates", "assets"] {
        if case.join(part).is_dir() {
            copy(&case.join(part), &package.join(part))?;
        }
    }
    let manifest = case.join("Cargo.toml.in");
    let text = at(&manifest, fs::read_to_string(&manifest))?.replace("{{VERSION}}", version);
    let text = text.replacen("name = \"subject\"", &format!("name = \"{own}\""), 1);
    let text = format!("{text}\n[lib]\nname = \"subject\"\n");
    at(package, fs::write(package.join("Cargo.toml"), text))?;
    let lock = case.join(format!("Cargo.lock.{side}"));
    let text =
        at(&lock, fs::read_to_string(&lock))?.replacen("name = \"subject\"", &format!("name = \"{own}\""), 1);
    at(package, fs::write(package.join("Cargo.lock"), text))
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

fn kinds_of(case: &Path) -> Result<BTreeSet<String>, Error> {
    let folder = case.join("constraints");
    let mut kinds = BTreeSet::new();
    for name in entries(&folder)?.filter(|name| Path::new(name).extension().is_some_and(|it| it == "toml")) {
        let file: toml::Table = read_toml(&folder.join(name))?;
        let constraints = file.get("constraint").and_then(toml::Value::as_table);
        let declared = constraints.into_iter().flat_map(toml::Table::values);
        kinds.extend(declared.filter_map(|declared| declared.get("kind")?.as_str()).map(str::to_string));
    }
    Ok(kinds)
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
