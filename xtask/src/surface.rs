//! Takes published crates, gives a table: of all their public functions, how many get a test that compiles?
//!
//! Each crate is wired as a user would do it, with one constraint over everything. Functions that need a way out are
//! put into `except` after they were counted, so that the others are seen too. Nothing is run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use constraints_wire::{Fault, RedReason, Report};
use serde::Deserialize;
use toml::{Table, Value};

use crate::error::{Error, at};
use crate::published::{alone, source};
use crate::workshop::{Workshop, copy, entries, read_toml, run};

/// Which crates.
const LIST: &str = "tests/surface.toml";

/// The page of the book with the tables.
const PAGE: &str = "book/src/surface.md";

/// Parts of a published package that its library has no use for.
const UNUSED: [&str; 5] = ["tests", "benches", "examples", "Cargo.lock", ".cargo_vcs_info.json"];

/// What makes an argument one that the tool leaves to the user, as it shows in the fault; and in words.
const OF_USER: [(&str, &str); 6] = [
    (
        "no public function makes one",
        "a type that no public function makes, such as an iterator that a method gives",
    ),
    ("nothing decides the type parameter", "a type parameter that only the caller can choose"),
    ("is unsafe to call", "an unsafe function, whose conditions only the caller knows"),
    ("dyn ", "a trait object"),
    ("*const ", "a raw pointer"),
    ("*mut ", "a raw pointer"),
];

#[derive(Deserialize)]
struct List {
    #[serde(rename = "crate")]
    crates: Vec<Subject>,
}

/// A crate, or the members of a workspace.
#[derive(Deserialize)]
struct Subject {
    /// Names and versions.
    packages: Vec<String>,
    style: String,
}

impl Subject {
    fn name(&self) -> &str {
        self.packages[0].split(' ').next().unwrap_or_default()
    }
}

/// What `gen --message-format json` prints, as far as it matters here.
#[derive(Deserialize)]
struct Generated {
    tests: Option<usize>,
    #[serde(default)]
    faults: Vec<Fault>,
}

/// What was counted of one package.
#[derive(Default)]
struct Counts {
    functions: usize,
    bound: usize,
    wrong: usize,
    /// Why a way out is needed, whether that is for the user to say, and how often.
    ways_out: BTreeMap<(String, bool), usize>,
    seconds: f64,
}

impl Counts {
    fn compile(&self) -> usize {
        self.bound - self.wrong
    }

    fn ways_out(&self) -> usize {
        self.ways_out.values().sum()
    }

    /// Functions whose arguments are of no kind that the tool makes by itself.
    fn of_user(&self) -> usize {
        self.ways_out.iter().filter(|((_, of_user), _)| *of_user).map(|(_, count)| count).sum()
    }

    /// Functions that the tool is expected to take as they are.
    fn expected(&self) -> usize {
        self.functions - self.of_user()
    }

    fn add(&mut self, other: Self) {
        self.functions += other.functions;
        self.bound += other.bound;
        self.wrong += other.wrong;
        self.seconds += other.seconds;
        for (reason, count) in other.ways_out {
            *self.ways_out.entry(reason).or_default() += count;
        }
    }
}

/// Measures each crate; true if nine of ten functions that are expected to do so compile.
pub(crate) fn measure(only: Option<&str>) -> Result<bool, Error> {
    let workshop = Workshop::new()?;
    let list: List = read_toml(&crate::root().join(LIST))?;
    let mut page = String::from(HEAD);
    let (mut all, mut is_whole) = (Counts::default(), true);
    for subject in list.crates.iter().filter(|subject| only.is_none_or(|only| only == subject.name())) {
        let name = subject.packages.join(", ");
        // One that cannot be measured says why and does not stop the others.
        let counts = subject_counts(&workshop, subject);
        let row = match &counts {
            Ok(counts) => row(&name, &subject.style, counts),
            Err(error) => {
                eprintln!("{name}: {error}");
                is_whole = false;
                format!("| {name} | {} | not measured | | | | | |", subject.style)
            }
        };
        println!("{row}");
        let _ = writeln!(page, "{row}");
        all.add(counts.unwrap_or_default());
    }
    let _ = writeln!(page, "{}", row("**all**", "", &all));
    page.push_str(REASONS);
    let mut reasons: Vec<(&(String, bool), &usize)> = all.ways_out.iter().collect();
    reasons.sort_by_key(|(reason, count)| (std::cmp::Reverse(**count), *reason));
    for ((reason, of_user), count) in reasons {
        let whose = if *of_user { "the user" } else { "the tool" };
        let _ = writeln!(page, "| {count} | {reason} | {whose} |");
    }
    if only.is_none() {
        let path = crate::root().join(PAGE);
        at(&path, fs::write(&path, &page))?;
    }
    println!(
        "{}",
        page.lines().skip_while(|line| !line.starts_with("| **all**")).collect::<Vec<_>>().join("\n")
    );
    Ok(is_whole && all.compile() * 10 >= all.expected() * 9 && all.functions > 0)
}

const HEAD: &str = "\
# Twenty published crates

One `no_panic` with `targets = {}` takes in every public function of a crate.
`cargo xtask surface` puts it over published crates, wired by `init` as they are, and counts; nothing is adapted to a crate.

- Public functions: free functions and functions of types that can be named from outside.
- Bound: a value can be made for each argument.
- Compile: the generated test compiles at the first try.
- Wrong: bound, and the test does not compile.
- Way out: the tool says which argument it cannot make and how to help; in brackets those where only the user can decide.
- Of expected: the share that compiles of all but those in brackets.

| crates | style | public functions | bound | compile | wrong | way out | of expected |
|---|---|---|---|---|---|---|---|
";

const REASONS: &str = "
## Why a way out is needed

What the user decides is of no kind that the tool makes by itself: a type parameter that stands for whatever the caller chooses, a value that no public constructor gives, a function that is safe to call only under conditions that stand nowhere.

| functions | what is in the way | to decide by |
|---|---|---|
";

fn row(name: &str, style: &str, counts: &Counts) -> String {
    format!(
        "| {name} | {style} | {} | {} | {} | {} | {} ({}) | {} % |",
        counts.functions,
        counts.bound,
        counts.compile(),
        counts.wrong,
        counts.ways_out(),
        counts.of_user(),
        counts.compile() * 100 / counts.expected().max(1)
    )
}

fn subject_counts(workshop: &Workshop, subject: &Subject) -> Result<Counts, Error> {
    let folder = workshop.folder("surface");
    let packages = lay_out(workshop, subject, &folder.join(subject.name()))?;
    // What all of them depend on is built once; the packages themselves have names of their own.
    let target = folder.join("target");
    let mut all = Counts::default();
    for package in packages {
        all.add(Wired { workshop, package: &package, target: &target }.counts()?);
    }
    Ok(all)
}

/// A package with one constraint over everything.
struct Wired<'w> {
    workshop: &'w Workshop,
    package: &'w Path,
    target: &'w Path,
}

impl Wired<'_> {
    fn counts(&self) -> Result<Counts, Error> {
        let started = std::time::Instant::now();
        let mut counts = Counts::default();
        let mut except = Vec::new();
        self.declare(&except)?;
        self.tool(
            &["init", "--runtime-path", &crate::root().join("runtime").to_string_lossy()],
            &[0, 4, 96],
        )?;
        // What is refused is counted and left out, until the rest stands.
        loop {
            let generated = self.generate()?;
            if let Some(tests) = generated.tests {
                counts.bound = tests;
                break;
            }
            // When everything needs a way out, nothing is left to select.
            let is_empty = generated.faults.iter().any(|fault| fault.code == "nothing-selected");
            if is_empty && !except.is_empty() {
                break;
            }
            let before = except.len();
            for fault in &generated.faults {
                let Some(item) = item(fault).filter(|item| !except.contains(item)) else { continue };
                except.push(item);
                *counts.ways_out.entry(reason(fault)).or_default() += 1;
            }
            if except.len() == before {
                let said: Vec<&str> = generated.faults.iter().map(|fault| fault.message.as_str()).collect();
                let message = said.join("; ");
                return Err(Error::Content { path: self.package.to_owned(), message });
            }
            self.declare(&except)?;
        }
        counts.functions = counts.bound + except.len();
        if counts.bound > 0 {
            counts.wrong = self.wrong()?;
        }
        counts.seconds = started.elapsed().as_secs_f64();
        Ok(counts)
    }

    fn declare(&self, except: &[String]) -> Result<(), Error> {
        let listed: Vec<String> = except.iter().map(|path| format!("    {path:?},\n")).collect();
        let text = format!(
            "[constraint.total]\nsays = \"No public function panics\"\nkind = \"no_panic\"\n\n[constraint.total.targets]\nexcept = [\n{}]\n",
            listed.concat()
        );
        let path = self.package.join("constraints/main.toml");
        at(&path, fs::create_dir_all(self.package.join("constraints")))?;
        at(&path, fs::write(&path, text))
    }

    fn generate(&self) -> Result<Generated, Error> {
        let output = self.tool(&["gen", "--message-format", "json"], &[0, 4, 96])?;
        serde_json::from_str(&output).map_err(|error| self.content(&error, &output))
    }

    /// How many tests do not compile; which and why is printed.
    fn wrong(&self) -> Result<usize, Error> {
        let output = self.tool(&["check", "--no-run", "--message-format", "json"], &[0, 5, 100])?;
        let report: Report = serde_json::from_str(&output).map_err(|error| self.content(&error, &output))?;
        let wrong: Vec<_> = report
            .constraints
            .iter()
            .filter(|entry| entry.reason == Some(RedReason::DoesNotCompile))
            .collect();
        for entry in &wrong {
            println!("  {}: {}", entry.id, entry.message.as_deref().unwrap_or_default());
        }
        Ok(wrong.len())
    }

    fn tool(&self, arguments: &[&str], expected: &[i32]) -> Result<String, Error> {
        let mut command = Command::new(self.workshop.tool());
        command.args(arguments).arg("--manifest-path").arg(self.package.join("Cargo.toml"));
        run(command.env("CARGO_TARGET_DIR", self.target), expected)
    }

    fn content(&self, error: &serde_json::Error, output: &str) -> Error {
        Error::Content { path: self.package.to_owned(), message: format!("{error} in {output}") }
    }
}

/// The function that a fault is about, which its message begins with.
fn item(fault: &Fault) -> Option<String> {
    let mut quoted = fault.message.split('`').skip(1).step_by(2);
    quoted.find(|word| word.starts_with("crate::")).map(str::to_owned)
}

/// Why a function needs a way out, without names, and whether that is for the user to say.
fn reason(fault: &Fault) -> (String, bool) {
    let why = fault.labels.first().map_or("", |label| label.text.as_str());
    let all = [fault.message.as_str(), fault.at.text.as_str(), why];
    if let Some((_, words)) = OF_USER.iter().find(|(sign, _)| all.iter().any(|text| text.contains(sign))) {
        return (format!("`{}`: {words}", fault.code), true);
    }
    let why = if why.is_empty() || why == "defined here" { fault.message.as_str() } else { why };
    let words: Vec<&str> =
        why.split('`').enumerate().map(|(at, part)| if at % 2 == 0 { part } else { "…" }).collect();
    (format!("`{}`: {}", fault.code, words.concat()), false)
}

/// Copies the packages; gives their folders.
fn lay_out(workshop: &Workshop, subject: &Subject, folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let single = subject.packages.len() == 1;
    let mut packages = Vec::new();
    for package in &subject.packages {
        let (name, version) = package.split_once(' ').unwrap_or((package, "*"));
        let source = if let Some(source) = downloaded(name, version) {
            source
        } else {
            let scratch = workshop.folder("surface").join("scratch").join(name);
            source(&scratch, name, version).or_else(|error| downloaded(name, version).ok_or(error))?
        };
        let to = folder.join(name);
        for part in ["src", "constraints", "generated"] {
            if to.join(part).exists() {
                at(&to, fs::remove_dir_all(to.join(part)))?;
            }
        }
        at(&to, fs::create_dir_all(&to))?;
        for part in entries(&source)?.filter(|part| !UNUSED.contains(&part.as_str())) {
            let (from, to) = (source.join(&part), to.join(&part));
            if from.is_dir() {
                copy(&from, &to)?;
            } else {
                at(&to, fs::read(&from).and_then(|content| fs::write(&to, content)))?;
            }
        }
        let mut manifest = alone(read_toml(&to.join("Cargo.toml"))?, single);
        if !single {
            manifest.remove("workspace");
        }
        write_toml(&to.join("Cargo.toml"), &manifest)?;
        packages.push(to);
    }
    if !single {
        write_toml(&folder.join("Cargo.toml"), &workspace(subject))?;
    }
    Ok(packages)
}

/// Where Cargo keeps the source, if it has been asked for it before.
///
/// A crate without a library is downloaded for whoever depends on it, but is no part of what Cargo tells about them.
fn downloaded(name: &str, version: &str) -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")))?;
    let registries = home.join("registry/src");
    let folders = entries(&registries)
        .ok()?
        .map(|registry| registries.join(registry).join(format!("{name}-{version}")));
    folders.into_iter().find(|folder| folder.is_dir())
}

/// The manifest of a workspace, in which the members depend on each other and not on what is published.
fn workspace(subject: &Subject) -> Table {
    let names = subject.packages.iter().filter_map(|package| package.split(' ').next());
    let patched = names.clone().map(|name| {
        let path = Table::from_iter([("path".to_owned(), Value::String(name.to_owned()))]);
        (name.to_owned(), Value::Table(path))
    });
    let patch = Table::from_iter([("crates-io".to_owned(), Value::Table(patched.collect()))]);
    let members = names.map(|name| Value::String(name.to_owned())).collect();
    let workspace = Table::from_iter([
        ("members".to_owned(), Value::Array(members)),
        ("resolver".to_owned(), Value::String("2".to_owned())),
    ]);
    Table::from_iter([
        ("workspace".to_owned(), Value::Table(workspace)),
        ("patch".to_owned(), Value::Table(patch)),
    ])
}

fn write_toml(path: &Path, table: &Table) -> Result<(), Error> {
    let text = toml::to_string(table)
        .map_err(|error| Error::Content { path: path.to_owned(), message: error.to_string() })?;
    at(path, fs::write(path, text))
}
