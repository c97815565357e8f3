//! Takes shapes of functions with a constraint and with the same property by hand, gives what two hundred of each cost.
//!
//! Both sides are packages of their own with the same sources and a target folder of their own. They are built and run
//! by turns, and what counts is the ratio of one turn, for the machine is seldom quiet. No process of one side runs
//! beside one of the other.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use constraints_wire::{CASES_VARIABLE, Outcome, RECORDS_VARIABLE, Record};

use crate::error::{Error, at};
use crate::page;
use crate::workshop::{Workshop, binary_of, entries, run};

/// The shapes, one folder each.
const FOLDER: &str = "tests/cost";
/// The page of the book with the table.
const PAGE: &str = "book/src/cost.md";
/// What stands above this line of a shape stands once, what stands below once for each function.
const EACH: &str = " each\n";
/// Functions of each shape.
const OF_EACH: usize = 20;
/// Cases that every test runs: what proptest takes when nobody says otherwise.
const CASES: u64 = 256;

/// What something took.
#[derive(Clone, Copy)]
struct Cost {
    seconds: f64,
    /// Processor time of all processes, where the system tells it.
    work: Option<f64>,
}

impl Cost {
    /// The cost of running this command.
    fn of(command: &mut Command) -> Result<(Self, String), Error> {
        let (began, worked) = (Instant::now(), work_of_children());
        let output = run(command, &[0])?;
        let seconds = began.elapsed().as_secs_f64();
        let work = worked.zip(work_of_children()).map(|(before, after)| after - before);
        Ok((Self { seconds, work }, output))
    }
}

/// Processor time of all processes that this one has waited for, in seconds.
fn work_of_children() -> Option<f64> {
    /// Ticks of a second, which are the same on every Linux.
    const TICKS: f64 = 100.0;
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The name stands between parentheses, and may hold spaces.
    let (_, fields) = text.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(13).map_while(|field| field.parse::<f64>().ok());
    Some((fields.next()? + fields.next()?) / TICKS)
}

/// The tests of one side, as a package.
struct Side {
    package: PathBuf,
    target: PathBuf,
    /// The name of the test target.
    suite: &'static str,
}

impl Side {
    fn cargo(&self, words: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command.args(words).current_dir(&self.package).env("CARGO_TARGET_DIR", &self.target);
        command
    }

    fn build(&self) -> Result<Cost, Error> {
        Ok(Cost::of(&mut self.cargo(&["test", "--no-run", "--quiet", "--test", self.suite]))?.0)
    }

    /// Builds with nothing there, not even what it depends on.
    fn build_from_nothing(&self) -> Result<Cost, Error> {
        if self.target.exists() {
            at(&self.target, fs::remove_dir_all(&self.target))?;
        }
        self.build()
    }

    /// Builds with nothing there but what it depends on.
    fn build_anew(&self) -> Result<Cost, Error> {
        let name = self.package.file_name().unwrap_or_default().to_string_lossy();
        run(&mut self.cargo(&["clean", "--quiet", "--package", &name]), &[0])?;
        self.build()
    }

    /// Builds after one source file of the crate under test has changed.
    fn build_again(&self, round: usize) -> Result<Cost, Error> {
        let path = self.package.join("src/page.rs");
        let text = at(&path, fs::read_to_string(&path))?;
        let text = text.split("/// Edited.").next().unwrap_or_default();
        let text = format!("{text}/// Edited.\npub fn edited() -> usize {{\n    {round}\n}}\n");
        at(&path, fs::write(&path, text))?;
        self.build()
    }

    /// Runs all tests, which have to pass.
    fn run(&self, records: &Path) -> Result<Cost, Error> {
        let words = ["test", "--no-run", "--quiet", "--message-format", "json", "--test", self.suite];
        let said = run(&mut self.cargo(&words), &[0])?;
        let binary = binary_of(&said, &self.package)?;
        let mut command = Command::new(binary);
        command.current_dir(&self.package).env("CARGO_MANIFEST_DIR", &self.package);
        command.env("PROPTEST_CASES", CASES.to_string()).env(CASES_VARIABLE, CASES.to_string());
        Ok(Cost::of(command.arg("--quiet").env(RECORDS_VARIABLE, records))?.0)
    }
}

/// What one thing cost on both sides, turn by turn.
struct Row {
    name: &'static str,
    costs: Vec<[Cost; 2]>,
}

impl Row {
    /// The median of what `of` makes of each turn.
    fn median(&self, of: impl Fn(&[Cost; 2]) -> Option<f64>) -> Option<f64> {
        let mut all: Vec<f64> = self.costs.iter().filter_map(of).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied()
    }

    fn ratio(&self) -> Option<f64> {
        self.median(|[ours, theirs]| Some(ours.seconds / theirs.seconds))
    }

    /// The same of processor time, which other programs of the machine change less.
    fn ratio_of_work(&self) -> Option<f64> {
        self.median(|[ours, theirs]| Some(ours.work? / theirs.work?))
    }

    fn line(&self) -> String {
        let said = |number: Option<f64>, unit: &str| number.map_or("-".into(), |it| format!("{it:.2}{unit}"));
        format!(
            "| {} | {} | {} | {} | {} |",
            self.name,
            said(self.median(|[ours, _]| Some(ours.seconds)), " s"),
            said(self.median(|[_, theirs]| Some(theirs.seconds)), " s"),
            said(self.ratio(), ""),
            said(self.ratio_of_work(), "")
        )
    }
}

/// Measures both sides `rounds` times; true if the generated one costs no more. The figures go into the book.
pub(crate) fn measure(rounds: usize) -> Result<bool, Error> {
    let workshop = Workshop::new()?;
    let sides = [generated(&workshop)?, by_hand(&workshop)?];
    let both = |cost: &dyn Fn(&Side) -> Result<Cost, Error>| Ok([cost(&sides[0])?, cost(&sides[1])?]);
    let records = workshop.folder("cost").join("records");
    let mut rows = [
        "everything built, with all it depends on",
        "the package built",
        "built again, one source file changed",
        "all tests run",
    ]
    .map(|name| Row { name, costs: Vec::new() });
    rows[0].costs.push(both(&Side::build_from_nothing)?);
    for round in 0..rounds.max(1) {
        eprintln!("turn {} of {}", round + 1, rounds.max(1));
        rows[1].costs.push(both(&Side::build_anew)?);
        rows[2].costs.push(both(&|side| side.build_again(round))?);
        // What an earlier turn recorded is not counted twice.
        let _ = fs::remove_file(&records);
        rows[3].costs.push(both(&|side| side.run(&records))?);
        counted(&records)?;
    }
    let figures = told(&rows, rounds.max(1))?;
    println!("{figures}");
    page::put(PAGE, 1, &figures)?;
    Ok(rows[1..].iter().all(|row| row.ratio().is_some_and(|ratio| ratio <= 1.0)))
}

/// That every generated test held after as many cases as every test by hand runs.
fn counted(records: &Path) -> Result<(), Error> {
    let text = at(records, fs::read_to_string(records))?;
    let mut count = 0;
    for record in text.lines().filter_map(|line| serde_json::from_str::<Record>(line).ok()) {
        if record.outcome != Outcome::Holds || record.tally.executed != CASES {
            let message = format!("{}: {:?}, {} cases", record.id, record.outcome, record.tally.executed);
            return Err(Error::Content { path: records.to_path_buf(), message });
        }
        count += 1;
    }
    let expected = OF_EACH * shapes()?.len();
    if count == expected {
        return Ok(());
    }
    let message = format!("{count} of {expected} tests left a record");
    Err(Error::Content { path: records.to_path_buf(), message })
}

fn told(rows: &[Row], rounds: usize) -> Result<String, Error> {
    let tests = OF_EACH * shapes()?.len();
    let mut text = format!(
        "{tests} tests of {CASES} cases each, {rounds} turns; the first row is one turn.\n\n\
         | | generated | by hand | ratio | ratio of processor time |\n|---|---|---|---|---|\n"
    );
    for row in rows {
        let _ = writeln!(text, "{}", row.line());
    }
    Ok(text)
}

/// The package whose tests are generated.
fn generated(workshop: &Workshop) -> Result<Side, Error> {
    let side = lay_out(workshop, "cost-generated", "constraints")?;
    let folder = side.package.join("constraints");
    at(&folder, fs::create_dir_all(&folder))?;
    for shape in shapes()? {
        let text = repeated(&shape, "constraints.toml.in")?;
        let path = folder.join(format!("{shape}.toml"));
        at(&path, fs::write(&path, text))?;
    }
    let tool = |verb: &str| {
        let mut command = Command::new(workshop.tool());
        command.arg(verb).arg("--manifest-path").arg(side.package.join("Cargo.toml"));
        command
    };
    run(tool("init").arg("--runtime-path").arg(crate::root().join("runtime")), &[0])?;
    run(&mut tool("gen"), &[0])?;
    Ok(side)
}

/// The package whose tests somebody wrote.
fn by_hand(workshop: &Workshop) -> Result<Side, Error> {
    let side = lay_out(workshop, "cost-by-hand", "by_hand")?;
    let folder = side.package.join("tests/by_hand");
    at(&folder, fs::create_dir_all(&folder))?;
    let mut main = String::new();
    for shape in shapes()? {
        let path = folder.join(format!("{shape}.rs"));
        at(&path, fs::write(&path, repeated(&shape, "by_hand.rs.in")?))?;
        let _ = writeln!(main, "mod {shape};");
    }
    at(&folder, fs::write(folder.join("main.rs"), main))?;
    let manifest = side.package.join("Cargo.toml");
    let text = at(&manifest, fs::read_to_string(&manifest))?;
    at(&manifest, fs::write(&manifest, text + "\n[dev-dependencies]\nproptest = \"1\"\n"))?;
    Ok(side)
}

/// Writes a package of this name with the functions of all shapes.
fn lay_out(workshop: &Workshop, name: &str, suite: &'static str) -> Result<Side, Error> {
    let package = workshop.folder("cost").join(name);
    if package.exists() {
        at(&package, fs::remove_dir_all(&package))?;
    }
    let source = package.join("src");
    at(&source, fs::create_dir_all(&source))?;
    let mut lib = "//! Functions of a few shapes.\n\n".to_owned();
    for shape in shapes()? {
        let path = source.join(format!("{shape}.rs"));
        let text = format!("//! Functions of one shape.\n\n{}", repeated(&shape, "source.rs.in")?);
        at(&path, fs::write(&path, text))?;
        let _ = writeln!(lib, "pub mod {shape};");
    }
    at(&source, fs::write(source.join("lib.rs"), lib))?;
    let manifest = crate::root().join(FOLDER).join("Cargo.toml.in");
    let text = at(&manifest, fs::read_to_string(&manifest))?.replace("{{NAME}}", name);
    at(&package, fs::write(package.join("Cargo.toml"), text))?;
    Ok(Side { target: workshop.folder("cost").join(format!("{name}-target")), package, suite })
}

/// The names of all shapes.
fn shapes() -> Result<Vec<String>, Error> {
    let folder = crate::root().join(FOLDER);
    Ok(entries(&folder)?.filter(|name| folder.join(name).is_dir()).collect())
}

/// A part of a shape, as often as there are functions of it.
fn repeated(shape: &str, part: &str) -> Result<String, Error> {
    let path = crate::root().join(FOLDER).join(shape).join(part);
    let text = at(&path, fs::read_to_string(&path))?;
    let (once, each) = text.split_once(EACH).ok_or_else(|| Error::Content {
        path: path.clone(),
        message: "no line tells what stands for each function".to_owned(),
    })?;
    // The mark of the comment stands before the word.
    let once = once.rsplit_once('\n').map_or("", |(once, _)| once);
    let each = (1..=OF_EACH).map(|number| each.replace("{{N}}", &number.to_string()));
    Ok(format!("{once}\n{}", each.collect::<Vec<_>>().join("\n")))
}
