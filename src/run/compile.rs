//! Builds the test binary, leaving out what the compiler refuses until the rest stands.

#![expect(clippy::disallowed_methods, reason = "this room starts the compiler")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use cargo_metadata::diagnostic::{Diagnostic, DiagnosticLevel};
use cargo_metadata::{CompilerMessage, Message, PackageId, Target, TargetKind};

use super::blame::{Blame, HEAP, Layout, Owner, SUPPORT};
use super::counting::Counting;
use super::optimized::{Optimized, Part};
use super::process::{Group, Interrupt};
use super::trace::Trace;
use super::{Binary, Event, Options, Refusal, RunError, Subject};
use crate::model::Id;

/// The test binary and what it needs around it.
#[derive(Debug)]
pub(super) struct Built {
    /// The binary.
    pub(super) binary: PathBuf,
    /// Which one it is.
    pub(super) which: Binary,
    /// The constraints whose tests are not in it.
    pub(super) refused: BTreeSet<Id>,
    /// Version of the package.
    pub(super) version: String,
    /// Folders with libraries that the binary may load.
    pub(super) library_paths: Vec<PathBuf>,
    /// Variables that the package's build script sets.
    pub(super) variables: Vec<(String, String)>,
    /// Whether what is under test is optimized; calls are timed then, so its tests run one after the other.
    pub(super) is_optimized: bool,
}

/// How it is built.
#[derive(Clone, Copy)]
pub(super) struct Way<'a> {
    pub(super) options: &'a Options,
    /// What is special about it.
    pub(super) build: &'a Build,
}

/// What is special about a build.
#[derive(Clone, Debug)]
pub(super) enum Build {
    Plain,
    Counting(Counting),
    Optimized(Optimized),
}

impl Build {
    /// The one that a part needs.
    pub(super) fn of(subject: Subject<'_>, part: &Part) -> Self {
        if part.is_optimized {
            return Self::Optimized(Optimized::of(subject));
        }
        Counting::for_run(subject, &part.options).map_or(Self::Plain, Self::Counting)
    }

    fn set_up(&self, command: &mut Command) {
        match self {
            Self::Plain => {}
            Self::Counting(counting) => counting.set_up(command),
            Self::Optimized(optimized) => optimized.set_up(command),
        }
    }
}

/// Compiles; every round leaves out at least one more test, so there are no more rounds than tests.
///
/// Nothing comes of it if the tests are not to be run.
pub(super) fn compile(
    subject: Subject<'_>,
    which: Binary,
    way: Way<'_>,
    interrupt: &Interrupt,
    on: &mut dyn FnMut(Event),
) -> Result<Option<Built>, RunError> {
    let layout = Layout::of(subject.emitted);
    let trace = Trace { subject, layout: &layout };
    let mut left_out = BTreeSet::new();
    let mut refused = BTreeSet::new();
    loop {
        let round = Round::start(subject, which, way, &left_out)?.finish(interrupt, on)?;
        if way.options.compile_only && round.is_sound {
            return Ok(None);
        }
        if let Some(binary) = round.binary {
            return Ok(Some(Built {
                binary,
                which,
                refused,
                version: round.version,
                library_paths: [round.library_paths, of_compiler(subject)].concat(),
                variables: round.variables,
                is_optimized: matches!(way.build, Build::Optimized(_)),
            }));
        }
        let blamed = blame(&round, &layout, subject)?;
        let before = left_out.len();
        for refusal in refusals(&blamed, &layout, &trace) {
            if refused.insert(refusal.id.clone()) {
                left_out.insert(refusal.id.as_str().to_owned());
                on(Event::Refused(Box::new(refusal)));
            }
        }
        left_out.extend(blamed.keys().filter_map(|owner| match owner {
            Owner::Support => Some(SUPPORT.to_owned()),
            Owner::Heap => Some(HEAP.to_owned()),
            Owner::Maker(name) => Some(name.clone()),
            Owner::Test(_) => None,
        }));
        if left_out.len() == before {
            return Err(RunError::Unattributed { rendered: round.rendered() });
        }
    }
}

/// The errors of each test, and of what tests share.
type Blamed<'r> = BTreeMap<Owner, Vec<(&'r Diagnostic, Blame)>>;

fn blame<'r>(round: &'r Round, layout: &Layout, subject: Subject<'_>) -> Result<Blamed<'r>, RunError> {
    let does_not_compile = |message: &CompilerMessage| RunError::CrateDoesNotCompile {
        package: message.target.name.clone(),
        rendered: round.rendered(),
    };
    if let Some(message) =
        round.errors.iter().find(|message| !round.is_ours(&message.target, &message.package_id))
    {
        return Err(does_not_compile(message));
    }
    if round.errors.is_empty() {
        return Err(RunError::Cargo { command: round.command.clone(), said: round.said.clone() });
    }
    let mut blamed = Blamed::new();
    for message in &round.errors {
        if let Some(blame) = layout.blame(&message.message, &subject.facts.root) {
            blamed.entry(blame.owner.clone()).or_default().push((&message.message, blame));
        }
    }
    match round.errors.first() {
        // Inside the crate its own errors come from the same target.
        Some(message) if blamed.is_empty() && round.which == Binary::Inside => Err(does_not_compile(message)),
        _ => Ok(blamed),
    }
}

/// One refusal a test. An error in what tests share refuses every test that mentions it.
fn refusals(blamed: &Blamed<'_>, layout: &Layout, trace: &Trace<'_>) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for (owner, errors) in blamed {
        let places: Vec<&Blame> = errors.iter().map(|(_, blame)| blame).collect();
        let refusal = |id: &Id| {
            let (first, at) = trace.location(id, &places);
            Refusal {
                id: id.clone(),
                message: errors.get(first).map(|(error, _)| error.message.clone()).unwrap_or_default(),
                rendered: errors.iter().filter_map(|(error, _)| error.rendered.as_deref()).collect(),
                at,
            }
        };
        match owner {
            Owner::Test(id) => refusals.push(refusal(id)),
            Owner::Support => refusals.extend(layout.mention_support().map(refusal)),
            // The tests stay, and say themselves that nothing was counted.
            Owner::Heap => {}
            Owner::Maker(name) => refusals.extend(layout.use_maker(name).into_iter().map(refusal)),
        }
    }
    refusals
}

/// One call of Cargo.
struct Round {
    which: Binary,
    command: String,
    /// Whether Cargo was content.
    is_sound: bool,
    /// Folder of the package under test.
    package_root: PathBuf,
    binary: Option<PathBuf>,
    errors: Vec<CompilerMessage>,
    said: String,
    version: String,
    library_paths: Vec<PathBuf>,
    variables: Vec<(String, String)>,
}

/// The search makes and mutates values for most of its time: built without optimization it tries far fewer.
/// The first level, which inlines hardly anything, tries about two thirds of what the second one does, and the third no
/// more; what only a debugger of the runtime itself would read takes half as long again to build.
const QUICK_SEARCH: [&str; 2] = [
    "profile.dev.package.constraints-runtime.opt-level=2",
    "profile.dev.package.constraints-runtime.debug=false",
];

impl Round {
    fn rendered(&self) -> String {
        self.errors.iter().filter_map(|message| message.message.rendered.as_deref()).collect()
    }

    /// Whether a target is the test binary that is built; no other package's tests are ever built along.
    fn is_ours(&self, target: &Target, package: &PackageId) -> bool {
        match self.which {
            Binary::Beside => target.name == "constraints" && target.kind.contains(&TargetKind::Test),
            Binary::Inside => is_of(package, &self.package_root),
        }
    }

    fn start(
        subject: Subject<'_>,
        which: Binary,
        way: Way<'_>,
        left_out: &BTreeSet<String>,
    ) -> Result<Running, RunError> {
        let options = way.options;
        let mut command = Command::new(&options.cargo);
        command.args(QUICK_SEARCH.iter().flat_map(|setting| ["--config", setting]));
        way.build.set_up(&mut command);
        // Unlike RUSTFLAGS `cargo rustc` reaches the one target only, so nothing else is built again.
        command.args(match (left_out.is_empty(), options.compile_only) {
            (true, false) => &["test", "--no-run"][..],
            (true, true) => &["check", "--profile", "test"],
            (false, false) => &["rustc", "--profile", "test"],
            (false, true) => &["rustc", "--profile", "check"],
        });
        command.args(which.target(subject.facts)).args(["--message-format=json", "--manifest-path"]);
        command.arg(&subject.facts.manifest).arg("--target-dir").arg(&subject.facts.target_directory);
        command.args(subject.facts.build.arguments());
        if !left_out.is_empty() {
            command.arg("--");
            for id in left_out {
                command.arg("--cfg").arg(format!("without={id:?}"));
            }
        }
        command.current_dir(&subject.facts.root);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let shown = shown(&command);
        let group = Group::spawn(&mut command)
            .map_err(|source| RunError::Process { command: shown.clone(), source })?;
        Ok(Running { which, group, command: shown, package_root: subject.facts.root.clone() })
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::CompilerMessage(message) if is_error(&message.message) => self.errors.push(message),
            Message::CompilerArtifact(artifact)
                if artifact.profile.test && self.is_ours(&artifact.target, &artifact.package_id) =>
            {
                self.version = version(&artifact.package_id);
                self.binary = artifact.executable.map(Into::into);
            }
            Message::BuildScriptExecuted(script) => {
                let paths = script.linked_paths.iter().map(|path| path.as_str());
                let paths = paths.map(|path| path.split_once('=').map_or(path, |(_, path)| path));
                self.library_paths.extend(paths.map(PathBuf::from));
                if is_of(&script.package_id, &self.package_root) {
                    self.variables.extend(script.env);
                }
            }
            _ => {}
        }
    }
}

/// An error itself, and not the line that only counts the errors before it.
fn is_error(diagnostic: &Diagnostic) -> bool {
    let counts = diagnostic.spans.is_empty() && diagnostic.message.starts_with("aborting due to");
    matches!(diagnostic.level, DiagnosticLevel::Error | DiagnosticLevel::Ice) && !counts
}

/// Whether an id is that of the package in `folder`.
fn is_of(id: &PackageId, folder: &Path) -> bool {
    id.repr.contains(&format!("{}#", folder.to_string_lossy()))
}

/// The part of a package id after `#`, without the name that may stand before an `@`.
fn version(id: &PackageId) -> String {
    let after = id.repr.rsplit_once('#').map_or("", |(_, after)| after);
    after.rsplit_once('@').map_or(after, |(_, version)| version).to_owned()
}

/// Where the compiler keeps its own libraries. Few tests load any of them, so not to know is no error.
fn of_compiler(subject: Subject<'_>) -> Vec<PathBuf> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut command = Command::new(rustc);
    command.args(["--print", "target-libdir", "--print", "sysroot"]).current_dir(&subject.facts.root);
    let Ok(output) = command.stdin(Stdio::null()).stderr(Stdio::null()).output() else { return Vec::new() };
    let lines = String::from_utf8_lossy(&output.stdout);
    let mut paths: Vec<_> = lines.lines().map(PathBuf::from).collect();
    if let Some(sysroot) = paths.get_mut(1) {
        sysroot.push("lib");
    }
    paths
}

/// A command as a person would type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// A call of Cargo that has not ended.
struct Running {
    which: Binary,
    group: Group,
    command: String,
    package_root: PathBuf,
}

/// What comes out of Cargo.
enum Line {
    Message(Box<Message>),
    Said(String),
}

impl Running {
    fn finish(mut self, interrupt: &Interrupt, on: &mut dyn FnMut(Event)) -> Result<Round, RunError> {
        let lines = self.listen();
        let mut round = Round {
            which: self.which,
            package_root: self.package_root.clone(),
            command: self.command.clone(),
            is_sound: false,
            binary: None,
            errors: Vec::new(),
            said: String::new(),
            version: String::new(),
            library_paths: Vec::new(),
            variables: Vec::new(),
        };
        loop {
            match lines.recv_timeout(Duration::from_millis(100)) {
                Ok(Line::Message(message)) => round.take(*message),
                Ok(Line::Said(line)) => {
                    round.said.push_str(&line);
                    round.said.push('\n');
                    on(Event::Cargo(line));
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
            }
            if interrupt.asked() {
                return Err(RunError::Interrupted);
            }
        }
        let failed = |source| RunError::Process { command: self.command.clone(), source };
        let status = self.group.child().wait().map_err(failed)?;
        if interrupt.asked() {
            return Err(RunError::Interrupted);
        }
        round.is_sound = status.success();
        if !round.is_sound {
            round.binary = None;
        }
        Ok(round)
    }

    /// Reads both pipes at once, so that neither can fill up and stop Cargo.
    fn listen(&mut self) -> mpsc::Receiver<Line> {
        let (sender, receiver) = mpsc::channel();
        let child = self.group.child();
        if let Some(stdout) = child.stdout.take() {
            let sender = sender.clone();
            thread::spawn(move || {
                let messages = Message::parse_stream(BufReader::new(stdout));
                forward(
                    messages.map(|message| message.map(|message| Line::Message(Box::new(message)))),
                    &sender,
                );
            });
        }
        if let Some(stderr) = child.stderr.take() {
            thread::spawn(move || {
                let lines = BufReader::new(stderr).split(b'\n');
                let text = |line: Vec<u8>| Line::Said(String::from_utf8_lossy(&line).into_owned());
                forward(lines.map(|line| line.map(text)), &sender);
            });
        }
        receiver
    }
}

/// Until the pipe closes or nobody listens.
fn forward(lines: impl Iterator<Item = io::Result<Line>>, to: &mpsc::Sender<Line>) {
    for line in lines.map_while(Result::ok) {
        if to.send(line).is_err() {
            return;
        }
    }
}
