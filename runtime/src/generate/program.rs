//! A program that does nothing but remember how it was started.
//!
//! A script of the shell stands in its place; where there is none, no case can be made.

#![expect(clippy::disallowed_methods, reason = "a program is a file")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{Generator, with};
use crate::sandbox::Sandbox;
use crate::source::Source;
use crate::stop::Stop;

/// One start of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its arguments, without its own name; what is not UTF-8 has the replacement character.
    pub args: Vec<String>,
    /// The same as bytes.
    pub raw_args: Vec<Vec<u8>>,
    /// Its variables.
    pub env: BTreeMap<String, String>,
    /// All that was written to its input.
    pub stdin: Vec<u8>,
}

/// The calls are numbered by the folders that each of them makes, for only one can make it.
const SCRIPT: &str = r#"#!/bin/sh
if [ -r "/proc/$$/environ" ]; then env=; else env=$(/usr/bin/env -0 2>/dev/null | od -An -v -tx1); fi
PATH="${PATH:+$PATH:}/usr/bin:/bin"
calls='CALLS'
at=0
while ! mkdir "$calls/$at" 2>/dev/null; do
  [ -d "$calls" ] || exit 0
  at=$((at+1))
done
if [ $# -gt 0 ]; then printf '%s\0' "$@"; fi > "$calls/$at/args"
if [ -r "/proc/$$/environ" ]; then cat "/proc/$$/environ" > "$calls/$at/env"; else printf '%s' "$env" > "$calls/$at/hex"; fi
cat > "$calls/$at/stdin"
: > "$calls/$at/ended"
"#;

/// Makes programs.
#[derive(Clone, Copy, Debug)]
pub struct Program(());

/// The path of a program that records its arguments, variables and input, and succeeds.
pub fn program() -> Program {
    Program(())
}

impl Program {
    /// Its path as a text.
    pub fn text(self) -> impl Generator<Value = String> {
        with(move |source| Ok(self.make(source)?.to_string_lossy().into_owned()))
    }
}

impl Generator for Program {
    type Value = PathBuf;

    fn make(&self, source: &mut Source<'_>) -> Result<PathBuf, Stop> {
        let sandbox = Sandbox::new().map_err(|_| Stop::rejected())?;
        let path = install(&sandbox).map_err(|_| Stop::rejected())?;
        source.keep_sandbox(sandbox);
        source.show(|| "a program that records how it is called".to_string());
        Ok(path)
    }
}

fn install(sandbox: &Sandbox) -> std::io::Result<PathBuf> {
    let path = sandbox.root().join(NAME);
    let calls = calls_of(&path);
    fs::create_dir_all(&calls)?;
    let quoted = calls.to_string_lossy().replace('\'', "'\\''");
    fs::write(&path, SCRIPT.replace("CALLS", &quoted))?;
    executable(&path)?;
    Ok(path)
}

const NAME: &str = "program";

/// The folder of its calls.
fn calls_of(program: &Path) -> PathBuf {
    program.with_extension("calls")
}

#[cfg(unix)]
fn executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn executable(_: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// What the path of a recorded program tells.
pub trait Recorded {
    /// Its starts in order; those that have not ended are waited for, up to a second, also where nothing but the target
    /// started them and did not wait itself.
    fn calls(&self) -> Vec<Run>;

    /// The arguments of all starts since it was last asked, one after the other, in place of what the target gave.
    fn received<R>(&self, answer: R) -> Vec<String>;
}

impl<P: AsRef<std::ffi::OsStr> + ?Sized> Recorded for P {
    fn calls(&self) -> Vec<Run> {
        let (program, begun) = (Path::new(self.as_ref()), Instant::now());
        let folder = calls_of(program);
        let calls = || (0..).map(|at: u32| folder.join(at.to_string())).take_while(|call| call.is_dir());
        // Each that runs has a folder sooner or later.
        while running(program) > calls().filter(|call| !has_ended(call)).count() && begun.elapsed() < PATIENCE
        {
            std::thread::sleep(TICK);
        }
        calls().map(|call| run(&call)).collect()
    }

    fn received<R>(&self, answer: R) -> Vec<String> {
        drop(answer);
        let folder = calls_of(Path::new(self.as_ref()));
        let asked = folder.join("asked");
        let before = fs::read_to_string(&asked).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
        let calls = self.calls();
        let _ = fs::write(&asked, calls.len().to_string());
        calls.into_iter().skip(before).flat_map(|call| call.args).collect()
    }
}

/// How long a start may still be under way when somebody asks for it.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often it is looked for.
const TICK: Duration = Duration::from_millis(2);

fn has_ended(call: &Path) -> bool {
    call.join("ended").is_file()
}

/// How many children of this process run the program, as far as the system tells.
fn running(program: &Path) -> usize {
    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let children = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    let children = children.collect::<String>();
    let path = program.as_os_str().as_encoded_bytes();
    let runs_it = |child: &&str| {
        let read = |name: &str| fs::read(Path::new("/proc").join(child).join(name)).unwrap_or_default();
        let (started, state) = (read("cmdline"), read("stat"));
        let is_gone = state.is_empty() || state.windows(3).any(|part| part == b") Z");
        // For a moment a process is there that has no arguments yet.
        let runs_it = started.is_empty() || started.split(|byte| *byte == 0).any(|argument| argument == path);
        runs_it && !is_gone
    };
    children.split_whitespace().filter(runs_it).count()
}

fn run(call: &Path) -> Run {
    let begun = Instant::now();
    while !has_ended(call) && begun.elapsed() < PATIENCE {
        std::thread::sleep(TICK);
    }
    let read = |name: &str| fs::read(call.join(name)).unwrap_or_default();
    let raw_args = parted(&read("args"));
    let env = match fs::read_to_string(call.join("hex")) {
        Ok(hex) => hex.split_whitespace().filter_map(|byte| u8::from_str_radix(byte, 16).ok()).collect(),
        Err(_) => read("env"),
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let variable = |bytes: Vec<u8>| {
        let whole = text(&bytes);
        whole.split_once('=').map(|(name, value)| (name.to_string(), value.to_string()))
    };
    Run {
        args: raw_args.iter().map(|arg| text(arg)).collect(),
        raw_args,
        env: parted(&env).into_iter().filter_map(variable).collect(),
        stdin: read("stdin"),
    }
}

/// What stands before each zero.
fn parted(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut parts: Vec<Vec<u8>> = bytes.split(|byte| *byte == 0).map(<[u8]>::to_vec).collect();
    parts.pop();
    parts
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    use super::*;
    use crate::dictionary::Dictionary;

    fn with_program(look: impl Fn(&str)) {
        let dictionary = Dictionary::default();
        let mut source = Source::replaying(Vec::new(), &dictionary);
        look(&program().text().make(&mut source).expect("made"));
    }

    #[test]
    fn what_a_program_was_started_with_is_known_to_the_byte() {
        with_program(|path| {
            assert!(path.calls().is_empty());
            let hostile = ["", "a b", "$(id)", "'\"", "a\nb", "-n", "%s\\"];
            let status =
                Command::new(path).args(hostile).env_clear().env("A", "b\nc=").stdin(Stdio::null()).status();
            assert!(status.expect("started").success());
            let mut child = Command::new(path).stdin(Stdio::piped()).spawn().expect("started");
            child.stdin.take().expect("an input").write_all(b"in\0put").expect("written");
            assert!(child.wait().expect("ended").success());
            let calls = path.calls();
            assert_eq!(calls.len(), 2);
            assert_eq!(calls[0].args, hostile);
            assert_eq!(calls[0].env.get("A").map(String::as_str), Some("b\nc="));
            assert!(calls[0].stdin.is_empty() && calls[1].args.is_empty());
            assert_eq!(calls[1].stdin, b"in\0put");
        });
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_start_that_nobody_waits_for_is_waited_for() {
        for _ in 0..20 {
            with_program(|path| {
                let child = Command::new(path).arg("a").stdin(Stdio::null()).spawn();
                assert_eq!(path.calls().len(), 1);
                child.expect("started").wait().expect("ended");
            });
        }
    }

    #[test]
    fn arguments_are_received_once() {
        with_program(|path| {
            for word in ["a", "b"] {
                Command::new(path).arg(word).stdin(Stdio::null()).status().expect("started");
            }
            assert_eq!(path.received(()), ["a", "b"]);
            assert!(path.received(()).is_empty());
            Command::new(path).arg("c").stdin(Stdio::null()).status().expect("started");
            assert_eq!(path.received(()), ["c"]);
        });
    }
}
