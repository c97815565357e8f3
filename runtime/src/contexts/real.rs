//! The words that a real shell makes of a line.
//!
//! Only lines in which our own reader sees words and nothing else get here, and nothing can be started:
//! the shell is told to pass the words to a function, has no path, and, where it can be, is restricted.

#![expect(clippy::disallowed_methods, reason = "a shell is asked what it makes of a line")]

use std::cell::RefCell;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Reads lines from its input, each ended by a NUL, and writes the number of words and the words; `!` for what is no line.
const LOOP: &str = r#"words() { printf '%s\0' "$#" "$@"; }; while IFS= read -r -d '' line; do eval "words $line" || printf '!\0'; done"#;

/// A shell that waits for lines.
struct Waiting {
    name: String,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

thread_local! {
    static SHELL: RefCell<Option<Waiting>> = const { RefCell::new(None) };
}

/// The words that the shell of this name makes of a line; none if it is not installed.
pub(crate) fn words(shell: &str, line: &str) -> Option<Vec<Vec<u8>>> {
    match shell {
        "bash" | "zsh" => SHELL.with_borrow_mut(|waiting| {
            if waiting.as_ref().is_none_or(|known| known.name != shell) {
                *waiting = Waiting::start(shell);
            }
            let words = waiting.as_mut()?.ask(line);
            if words.is_none() {
                // It may be gone for good, or in the middle of something; a new one knows nothing of that.
                drop(waiting.take());
            }
            words
        }),
        "sh" | "dash" | "ksh" => {
            once(shell, &["-c", &format!("words() {{ printf '%s\\0' \"$#\" \"$@\"; }}; words {line}")])
        }
        "fish" => {
            let script = format!("function words; printf '%s\\0' (count $argv) $argv; end; words {line}");
            once(shell, &["--no-config", "-c", &script])
        }
        _ => None,
    }
}

impl Waiting {
    fn start(shell: &str) -> Option<Self> {
        let options: &[&str] =
            if shell == "bash" { &["--noprofile", "--norc", "-r", "-c", LOOP] } else { &["-f", "-c", LOOP] };
        let mut child = command(shell)?.args(options).stdin(Stdio::piped()).spawn().ok()?;
        let (input, output) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        Some(Self { name: shell.to_string(), child, input, output })
    }

    fn ask(&mut self, line: &str) -> Option<Vec<Vec<u8>>> {
        self.input.write_all(&[line.as_bytes(), b"\0"].concat()).ok()?;
        self.input.flush().ok()?;
        let count = std::str::from_utf8(&self.word()?).ok()?.parse().ok()?;
        (0..count).map(|_: usize| self.word()).collect()
    }

    fn word(&mut self) -> Option<Vec<u8>> {
        let mut word = Vec::new();
        self.output.read_until(0, &mut word).ok()?;
        (word.pop() == Some(0)).then_some(word)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn once(shell: &str, arguments: &[&str]) -> Option<Vec<Vec<u8>>> {
    let output = command(shell)?.args(arguments).stdin(Stdio::null()).output().ok()?;
    let mut words = output.stdout.split(|byte| *byte == 0).map(<[u8]>::to_vec);
    let count: usize = std::str::from_utf8(&words.next()?).ok()?.parse().ok()?;
    let words: Vec<_> = words.take(count).collect();
    (words.len() == count).then_some(words)
}

/// The shell with an environment in which it finds nothing to start.
fn command(shell: &str) -> Option<Command> {
    let path = ["/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
        .iter()
        .map(|folder| std::path::Path::new(folder).join(shell))
        .find(|path| path.is_file())?;
    let mut command = Command::new(path);
    command.env_clear().env("PATH", "").env("HOME", "/home/somebody").env("LC_ALL", "C.UTF-8");
    command.current_dir("/").stdout(Stdio::piped()).stderr(Stdio::null());
    Some(command)
}

#[cfg(all(test, unix))]
mod tests {
    use super::words;

    #[test]
    fn a_real_shell_says_what_it_makes_of_a_line() {
        for shell in ["bash", "zsh", "sh", "dash", "fish"] {
            // What is not installed says nothing.
            let Some(made) = words(shell, "a 'b c' d\\ e '' é") else { continue };
            assert_eq!(made, ["a", "b c", "d e", "", "é"].map(|word| word.as_bytes().to_vec()), "{shell}");
            assert_eq!(words(shell, "''"), Some(vec![Vec::new()]), "{shell}");
        }
        assert_eq!(words("no-such-shell", "a"), None);
    }

    #[test]
    fn bash_expands_braces() {
        if let Some(made) = words("bash", "x{1..3}") {
            assert_eq!(made.len(), 3);
        }
    }

    #[test]
    fn a_shell_that_was_broken_off_is_started_again() {
        if words("bash", "a").is_some() {
            assert_eq!(words("bash", "'"), None, "what is no line has no words");
            assert!(words("bash", "b").is_some());
        }
    }
}
