//! The folder through which judge and child talk, and the slot that outlives the child.

#![expect(
    clippy::disallowed_methods,
    reason = "the two processes of a test talk through files that are theirs alone"
)]

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::Value;

use crate::leftovers::abandoned;
use crate::search::Slot;
use crate::tape::{Choice, Tape, decode, encode};

/// How the names of these folders begin; the number of the process follows.
const PREFIX: &str = "constraints-";

/// A folder of its own for one test; removed with it.
pub(crate) struct Exchange {
    folder: PathBuf,
}

impl Exchange {
    pub(crate) fn new() -> io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("{PREFIX}{}-{count}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Takes away what an earlier child left.
    pub(crate) fn clear(&self) {
        for name in ["slot", "verdict", "found", "values", "stderr"] {
            let _ = fs::remove_file(self.folder.join(name));
        }
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Removes the folders of tests that were killed.
pub(crate) fn sweep_abandoned() {
    for folder in abandoned(&std::env::temp_dir(), PREFIX) {
        let _ = fs::remove_dir_all(folder);
    }
}

/// Writes `value` to the file `name`.
pub(crate) fn put(folder: &Path, name: &str, value: &Value) -> io::Result<()> {
    fs::write(folder.join(name), value.to_string())
}

/// Reads the file `name`; `None` if it is not there or was not finished.
pub(crate) fn get(folder: &Path, name: &str) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(folder.join(name)).ok()?).ok()
}

/// The slot as a file: number of cases begun, index, longest finished case but the first, cases rejected, the first
/// case, which pause it is if no case is running, number of choices, choices.
pub(crate) struct SlotFile {
    file: File,
    begun: u64,
    pauses: u64,
    rejected: u64,
    longest: Duration,
    buffer: Vec<u8>,
}

/// Bytes in front of the choices.
const HEAD: usize = 56;

impl SlotFile {
    pub(crate) fn create(folder: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().create(true).truncate(true).write(true).open(folder.join("slot"))?;
        Ok(Self { file, begun: 0, pauses: 0, rejected: 0, longest: Duration::ZERO, buffer: vec![0; HEAD] })
    }

    fn write(&mut self) {
        let length = (self.buffer.len() - HEAD) as u64;
        self.buffer[48..56].copy_from_slice(&length.to_le_bytes());
        // A slot that cannot be written costs the witness of a crash, not the verdict.
        let _ = self.file.seek(SeekFrom::Start(0)).and_then(|_| self.file.write_all(&self.buffer));
    }
}

impl Slot for SlotFile {
    fn begin(&mut self, index: u64) {
        self.begun += 1;
        self.buffer.truncate(HEAD);
        self.buffer[0..8].copy_from_slice(&self.begun.to_le_bytes());
        self.buffer[8..16].copy_from_slice(&index.to_le_bytes());
        self.buffer[40..48].fill(0);
        self.write();
    }

    fn choices(&mut self, tape: &[Choice]) {
        self.buffer.truncate(HEAD);
        encode(tape, &mut self.buffer);
        self.write();
    }

    fn ended(&mut self, took: Duration, rejected: bool) {
        self.rejected += u64::from(rejected);
        self.buffer[24..32].copy_from_slice(&self.rejected.to_le_bytes());
        if self.begun == 1 {
            // What is made once, such as a table that is read when it is asked for, is made in the first case.
            self.buffer[32..40].copy_from_slice(&(took.as_micros().max(1) as u64).to_le_bytes());
        } else if took > self.longest {
            self.longest = took;
            self.buffer[16..24].copy_from_slice(&(took.as_micros() as u64).to_le_bytes());
        }
    }

    fn pause(&mut self) {
        self.pauses += 1;
        self.buffer[40..48].copy_from_slice(&self.pauses.to_le_bytes());
        self.write();
    }
}

/// What stood in the slot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LastSeen {
    /// Cases begun in that process; 0 if none was.
    pub(crate) begun: u64,
    /// Index of the case that was running.
    pub(crate) index: u64,
    /// The longest case that came to an end, but for the first.
    pub(crate) longest: Duration,
    /// The first case, if it came to an end.
    pub(crate) first: Option<Duration>,
    /// Ended cases that a precondition refused.
    pub(crate) rejected: u64,
    /// Which pause it was, if no case was running.
    pub(crate) pause: Option<u64>,
    /// Choices of the case that was running.
    pub(crate) tape: Tape,
}

/// Reads the slot.
pub(crate) fn last_seen(folder: &Path) -> LastSeen {
    let mut choices = Vec::new();
    let head = File::open(folder.join("slot")).and_then(|mut file| {
        let head = head(&mut file)?;
        file.read_to_end(&mut choices)?;
        Ok(head)
    });
    let Ok(head) = head else { return LastSeen::default() };
    let length = usize::try_from(number(&head, 48)).unwrap_or(0);
    LastSeen { tape: choices.get(..length).and_then(decode).unwrap_or_default(), ..of_head(&head) }
}

/// What the slot says of how far it is, without the choices: there may be many, and this is asked again and again.
pub(super) fn progress(folder: &Path) -> LastSeen {
    let head = File::open(folder.join("slot")).and_then(|mut file| head(&mut file));
    head.map_or_else(|_| LastSeen::default(), |head| of_head(&head))
}

fn head(file: &mut File) -> io::Result<[u8; HEAD]> {
    let mut head = [0; HEAD];
    file.read_exact(&mut head)?;
    Ok(head)
}

fn of_head(head: &[u8; HEAD]) -> LastSeen {
    let some = |number: u64| Some(number).filter(|number| *number > 0);
    LastSeen {
        begun: number(head, 0),
        index: number(head, 8),
        longest: Duration::from_micros(number(head, 16)),
        first: some(number(head, 32)).map(Duration::from_micros),
        rejected: number(head, 24),
        pause: some(number(head, 40)),
        tape: Tape::default(),
    }
}

fn number(head: &[u8; HEAD], at: usize) -> u64 {
    u64::from_le_bytes(head[at..at + 8].try_into().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slot_tells_what_was_running() {
        let exchange = Exchange::new().expect("a temporary folder");
        let mut slot = SlotFile::create(exchange.folder()).expect("a slot");
        assert_eq!(last_seen(exchange.folder()), LastSeen::default());
        slot.begin(7);
        slot.choices(&[Choice::Text("a long text that is not there any more".into())]);
        slot.ended(Duration::from_micros(12), true);
        slot.begin(9);
        slot.ended(Duration::from_micros(5), false);
        slot.begin(8);
        slot.choices(&[Choice::Number(3)]);
        let seen = last_seen(exchange.folder());
        assert_eq!(
            seen,
            LastSeen {
                begun: 3,
                index: 8,
                longest: Duration::from_micros(5),
                first: Some(Duration::from_micros(12)),
                rejected: 1,
                pause: None,
                tape: vec![Choice::Number(3)]
            }
        );
        slot.pause();
        slot.pause();
        assert_eq!(
            progress(exchange.folder()),
            LastSeen { pause: Some(2), tape: Tape::new(), ..seen.clone() }
        );
        assert_eq!(last_seen(exchange.folder()), LastSeen { pause: Some(2), ..seen });
    }
}
