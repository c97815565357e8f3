//! Runs a command, and reads what it prints as findings.

#![expect(clippy::disallowed_methods, reason = "a tool is a process, and what it prints goes into a file")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Process, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use constraints_wire::{Outcome, Place, RedReason, Shown, Witness};

use crate::findings::{Finding, Look, witness};

/// A command.
#[derive(Clone, Copy, Debug, Default)]
pub struct Command<'a> {
    /// The program and its arguments.
    pub run: &'a [&'a str],
    /// Where it runs, from the root of the package; empty for there.
    pub folder: &'a str,
    /// How long it may take.
    pub seconds: f64,
}

/// How often it is asked whether the command has ended.
const BEAT: Duration = Duration::from_millis(20);

/// So many of the last lines are shown where no place is found.
const LINES: usize = 12;

/// Holds when the command ends with code 0.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn tool(id: &str, _module: &[&str], command: Command<'_>) {
    let look = Look { id, kind: "tool", started: Instant::now(), expected: "the command succeeds" };
    let root = look.root();
    let ended = run(&root, command);
    let shown = command.run.join(" ");
    let Some(why) = ended.why(&shown, command.seconds) else {
        let note = format!("`{shown}` succeeded after {} s", look.started.elapsed().as_secs());
        return look.leave(Outcome::Holds, 1, None, vec![note]);
    };
    let found = findings(&ended.printed, &root, &root.join(command.folder));
    let witness = told(look.expected, &found, why, &ended.printed);
    look.leave(Outcome::Violated(RedReason::Violated), 1.max(found.len() as u64), witness, Vec::new());
}

/// The findings, else why it is red and the last lines that were printed.
fn told(expected: &str, found: &[Finding], why: String, printed: &str) -> Option<Witness> {
    let itself = [Finding { what: why.clone(), place: None }];
    let mut witness = witness(expected, if found.is_empty() { &itself } else { found })?;
    if found.is_empty() {
        let lines: Vec<&str> = printed.lines().filter(|line| !line.trim().is_empty()).collect();
        let last = lines[lines.len().saturating_sub(LINES)..].join("\n");
        witness.details.extend((!last.is_empty()).then(|| Shown { name: "printed".to_string(), text: last }));
    } else {
        witness.details.push(Shown { name: "command".to_string(), text: why });
    }
    Some(witness)
}

/// How the command ended.
struct Ended {
    /// Nothing if it was stopped for taking too long.
    status: Result<Option<ExitStatus>, std::io::Error>,
    /// What it printed, without colors.
    printed: String,
}

impl Ended {
    /// Why it does not count as a success, if it does not.
    fn why(&self, shown: &str, seconds: f64) -> Option<String> {
        match &self.status {
            Ok(Some(status)) if status.success() => None,
            Ok(Some(status)) => Some(match status.code() {
                Some(code) => format!("`{shown}` ended with code {code}"),
                None => format!("`{shown}` was ended by a signal"),
            }),
            Ok(None) => Some(format!("`{shown}` took longer than {seconds} s")),
            Err(error) => Some(format!("`{shown}` could not be started: {error}")),
        }
    }
}

fn run(root: &Path, command: Command<'_>) -> Ended {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("constraints-tool-{}-{number}", std::process::id()));
    let status = File::create(&path).and_then(|output| {
        let mut process = surrounded(root, command, &output)?;
        let deadline =
            Instant::now() + Duration::try_from_secs_f64(command.seconds).unwrap_or(Duration::MAX / 4);
        let mut child = process.spawn()?;
        loop {
            match child.try_wait()? {
                None if Instant::now() < deadline => std::thread::sleep(BEAT),
                None => {
                    stop(&mut child);
                    return Ok(None);
                }
                ended => return Ok(ended),
            }
        }
    });
    let printed = fs::read(&path).map(|bytes| plain(&String::from_utf8_lossy(&bytes))).unwrap_or_default();
    // What is left of it in the folder for such files hurts nobody.
    let _ = fs::remove_file(&path);
    Ended { status, printed }
}

/// The process with its surroundings: not those that Cargo gives to a test, and without colors.
fn surrounded(root: &Path, command: Command<'_>, output: &File) -> std::io::Result<Process> {
    let (program, arguments) = command.run.split_first().unwrap_or((&"", &[]));
    let mut process = Process::new(program);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let is_of_test = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CONSTRAINTS_"];
        if is_of_test.iter().any(|start| text.starts_with(start)) {
            process.env_remove(&name);
        }
    }
    process
        .args(arguments)
        .current_dir(root.join(command.folder))
        .env("NO_COLOR", "1")
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output.try_clone()?);
    // What it starts is stopped with it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut process, 0);
    Ok(process)
}

fn stop(child: &mut Child) {
    #[cfg(unix)]
    if let Ok(group) = libc::pid_t::try_from(child.id()) {
        // SAFETY: the child was not waited for, so its number, which is that of its group, is still its own.
        unsafe { libc::kill(-group, libc::SIGKILL) };
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// The places of the package that were printed, each with its message; errors before warnings.
fn findings(printed: &str, root: &Path, folder: &Path) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let mut message = "";
    for line in printed.lines() {
        let starts = line.starts_with(|letter: char| !letter.is_whitespace());
        if let Some((place, before, behind)) = place_in(line, root, folder) {
            let own = [behind, before].into_iter().find(|text| text.contains(char::is_alphabetic));
            let what = own.unwrap_or(message).trim().to_string();
            let says_more = ["note:", "help:"].iter().any(|start| what.starts_with(start));
            let known = found.iter().any(|it| it.place.as_ref() == Some(&place) && it.what == what);
            if !says_more && !known {
                found.push(Finding { what, place: Some(place) });
            }
        } else if starts {
            message = line;
        }
    }
    found.sort_by_key(|finding| !finding.what.to_lowercase().starts_with("error"));
    found
}

/// The first `path:line` or `path:line:column` of a line whose path is a file of the package, and what stands around it.
fn place_in<'l>(line: &'l str, root: &Path, folder: &Path) -> Option<(Place, &'l str, &'l str)> {
    let is_end =
        |letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | '[' | ']' | '"' | '\'' | ',');
    let mut start = 0;
    for word in line.split_inclusive(is_end) {
        let begins = start;
        start += word.len();
        let word = word.trim_end_matches(is_end);
        let mut parts = word.split(':');
        let Some((path, number)) = parts.next().zip(parts.next()) else { continue };
        let Some(number) = number.parse::<u32>().ok().filter(|number| *number > 0) else { continue };
        let column = parts.next().and_then(|part| part.parse::<u32>().ok());
        let Some(file) = file_of(path, root, folder) else { continue };
        let length = [path.len() + 1, number.to_string().len()].iter().sum::<usize>()
            + column.map_or(0, |column| column.to_string().len() + 1);
        let behind = line[begins + length..].trim_start_matches([':', ')', ']', ',', ' ']);
        let place = Place { file, line: number, column: column.unwrap_or(1) };
        return Some((place, &line[..begins], behind));
    }
    None
}

/// The path from the root of the package, if it is a file of the package.
fn file_of(path: &str, root: &Path, folder: &Path) -> Option<String> {
    let candidates = [folder.join(path), root.join(path), PathBuf::from(path)];
    let file = candidates.into_iter().find(|path| path.is_file())?;
    let (file, root) = (file.canonicalize().ok()?, root.canonicalize().ok()?);
    let below = file.strip_prefix(root).ok()?;
    Some(below.to_string_lossy().replace('\\', "/"))
}

/// A text without what changes colors.
fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut whole = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let end = part.find(|letter: char| letter.is_ascii_alphabetic()).map_or(part.len(), |at| at + 1);
        whole.push_str(&part[end..]);
    }
    whole
}

#[cfg(all(test, unix, feature = "source"))]
mod tests {
    use super::{Command, findings, plain, run};
    use crate::sources::laid_out::with_files;

    const FILES: [(&str, &str); 2] = [("src/lib.rs", "a\nb\n"), ("deep/b.txt", "")];

    fn shown(printed: &str, folder: &str) -> Vec<String> {
        let found = with_files(&FILES, |root| findings(printed, root, &root.join(folder)));
        let shown = found.into_iter().map(|it| {
            let place = it.place.expect("a place");
            format!("{}:{}:{} {}", place.file, place.line, place.column, it.what)
        });
        shown.collect()
    }

    #[test]
    fn places_are_found_as_compilers_and_others_print_them() {
        let rustc = "warning: unused\n --> src/lib.rs:2:1\n  |\nerror[E1]: wrong\n  --> src/lib.rs:1:5\n   |\nnote: defined here\n --> src/lib.rs:2:2\n";
        assert_eq!(shown(rustc, ""), ["src/lib.rs:1:5 error[E1]: wrong", "src/lib.rs:2:1 warning: unused"]);
        assert_eq!(shown("src/lib.rs:2:1: error: wrong\n", ""), ["src/lib.rs:2:1 error: wrong"]);
        assert_eq!(shown("src/lib.rs:2: missing\nsrc/lib.rs:2: missing\n", ""), ["src/lib.rs:2:1 missing"]);
        assert_eq!(shown("bad (b.txt:7)\n", "deep"), ["deep/b.txt:7:1 bad ("]);
        assert_eq!(
            shown("thread 'a' panicked at src/lib.rs:1:2:\nodd\n", ""),
            ["src/lib.rs:1:2 thread 'a' panicked at"]
        );
        assert_eq!(
            shown("12:30 o'clock\nhttp://a:80/\n/etc/hosts:1:1: no\nsrc/gone.rs:1:1: no\n", ""),
            Vec::<String>::new()
        );
    }

    #[test]
    fn colors_are_taken_out() {
        assert_eq!(plain("\u{1b}[1m\u{1b}[31merror\u{1b}[0m: a[0]"), "error: a[0]");
    }

    fn why(script: &str, seconds: f64) -> (Option<String>, String) {
        with_files(&FILES, |root| {
            let ended = run(root, Command { run: &["sh", "-c", script], folder: "deep", seconds });
            (ended.why("it", seconds), ended.printed)
        })
    }

    #[test]
    fn a_command_succeeds_with_code_0_alone() {
        assert_eq!(why("ls; echo two >&2", 20.0), (None, "b.txt\ntwo\n".to_string()));
        assert_eq!(why("exit 3", 20.0).0.as_deref(), Some("`it` ended with code 3"));
        assert_eq!(why("kill -9 $$", 20.0).0.as_deref(), Some("`it` was ended by a signal"));
        assert_eq!(why("echo \"[$CARGO_MANIFEST_DIR]\"; cat", 20.0), (None, "[]\n".to_string()));
    }

    #[test]
    fn what_takes_too_long_is_stopped_with_all_that_it_started() {
        let (why, printed) = why("sleep 60 & echo $!; wait", 0.3);
        assert_eq!(why.as_deref(), Some("`it` took longer than 0.3 s"));
        let started: i32 = printed.trim().parse().expect("a number");
        // SAFETY: signal 0 only asks whether the process is there.
        let is_gone = || unsafe { libc::kill(started, 0) } != 0 || is_dead(started);
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while !is_gone() {
            assert!(std::time::Instant::now() < deadline, "it still runs");
            std::thread::sleep(super::BEAT);
        }
    }

    /// Ended, with nobody who has asked how yet.
    fn is_dead(process: i32) -> bool {
        let state = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        state.rsplit(") ").next().is_some_and(|rest| rest.starts_with('Z'))
    }

    #[test]
    fn a_program_that_is_not_there_is_no_success() {
        let ended = with_files(&FILES, |root| {
            run(root, Command { run: &["no-such-program-anywhere"], folder: "", seconds: 9.0 })
        });
        let why = ended.why("no-such-program-anywhere", 9.0).expect("no success");
        assert!(why.starts_with("`no-such-program-anywhere` could not be started: "), "{why}");
    }
}
