//! A folder that code may use, with a world of files around it that it may not.
//!
//! Takes the texts of a case, so that what they name outside is there to be found; gives what changed outside.
//! Everything it makes is gone with it, and what stood at a path that a text names is put back.

#![expect(clippy::disallowed_methods, reason = "whether code keeps to a folder shows in real files only")]

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use self::temporary::folders;
use crate::leftovers::abandoned;

/// What every planted file holds, so that it is known wherever it turns up.
pub(crate) const SECRET: &str = "constraints-secret-7f3a91c4";

/// Folders between the outermost one and the root: as many steps up stay inside the sandbox.
const LEVELS: [&str; 5] = ["one", "two", "three", "four", "five"];
/// Names of files that stand beside the root and above it, whatever the texts name.
pub(crate) const NAMES: [&str; 2] = ["x", "secret"];
/// What changes by itself, or is not to be touched.
const APART: [&str; 5] = ["/dev", "/proc", "/run", "/sys", "/var"];
/// The folder in which the code works, beside the root.
const WORK: &str = "work";
/// The folder that may be used.
const ROOT: &str = "root";
/// How the names of sandboxes begin; the number of the process follows.
const PREFIX: &str = "constraints-sandbox-";
/// A file that somebody else owns is looked at, and put back, up to this size in bytes.
const LARGEST: u64 = 1 << 20;
/// Names of paths in one case that are looked after at most.
const MOST: usize = 64;
/// Names of paths in one case that lead nowhere else, and how many folders they go through.
const MOST_PLAIN: usize = 4;
const DEEPEST: usize = 4;

/// A sandbox that a case left as it was made, for the next one: to make and remove it takes longer than most calls.
static KEPT: Mutex<Option<Kept>> = Mutex::new(None);

#[derive(Debug)]
struct Kept {
    base: PathBuf,
    pristine: BTreeMap<PathBuf, State>,
}

/// Removes what a process that has ended left behind.
pub(crate) fn sweep(process: u32) {
    let begin = format!("{PREFIX}{process:010}-");
    for entry in fs::read_dir(&folders().sandboxes).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(|name| name.starts_with(&begin)) {
            remove(&entry.path());
        }
    }
}

/// Removes what tests that were killed left behind.
pub(crate) fn sweep_abandoned() {
    for folder in abandoned(&folders().sandboxes, PREFIX) {
        remove(&folder);
    }
}

/// The text without the numbers in names of sandboxes, which are others in each process.
pub(crate) fn unnumbered(text: &str) -> String {
    let mut parts = text.split(PREFIX);
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |out, rest| {
        let is_number = |c: char| c.is_ascii_digit() || c == '-';
        format!("{out}{PREFIX}{}", rest.trim_start_matches(is_number))
    })
}

/// One folder and its surroundings.
#[derive(Debug)]
pub(crate) struct Sandbox {
    base: PathBuf,
    /// Where the process worked before.
    before: Option<PathBuf>,
    /// Files planted elsewhere.
    planted: Vec<PathBuf>,
    /// Held while something is planted elsewhere: other tests may name the same path.
    lock: Option<fs::File>,
    /// What stood outside of the sandbox, as it was.
    watched: BTreeMap<PathBuf, State>,
    /// Files planted within the sandbox, and the first folder that was made for each.
    added: Vec<PathBuf>,
    /// What stood in the sandbox outside of the root when it was made.
    pristine: BTreeMap<PathBuf, State>,
    /// What stood there when it was shut.
    around: BTreeMap<PathBuf, State>,
    /// All stood there as before when that was looked at.
    is_unchanged: bool,
}

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    Nothing,
    Folder { mode: u32 },
    Link { to: PathBuf },
    File { mode: u32, changed: Option<std::time::SystemTime>, content: Option<Vec<u8>> },
    Other,
}

impl Sandbox {
    /// One below the temporary folder, new or as if it were.
    pub(crate) fn new() -> std::io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        if let Some(Kept { base, pristine }) = KEPT.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let mut made = Self::at(base);
            made.pristine = pristine;
            return Ok(made);
        }
        temporary::stay_on_one_disk();
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let mut made =
            Self::at(folders().sandboxes.join(format!("{PREFIX}{:010}-{count:08}", std::process::id())));
        fs::create_dir_all(made.root())?;
        fs::create_dir_all(made.work())?;
        for at in 0..=LEVELS.len() {
            let folder = LEVELS[..at].iter().fold(made.base.clone(), |folder, level| folder.join(level));
            for name in NAMES {
                fs::write(folder.join(name), SECRET)?;
            }
        }
        for name in NAMES {
            fs::write(made.work().join(name), SECRET)?;
        }
        made.pristine = made.surroundings();
        Ok(made)
    }

    fn at(base: PathBuf) -> Self {
        Self {
            base,
            before: None,
            planted: Vec::new(),
            lock: None,
            watched: BTreeMap::new(),
            added: Vec::new(),
            pristine: BTreeMap::new(),
            around: BTreeMap::new(),
            is_unchanged: false,
        }
    }

    /// The folder that may be used.
    pub(crate) fn root(&self) -> PathBuf {
        self.inner().join(ROOT)
    }

    /// Plants files in a folder beside the root whose name begins like its own.
    pub(crate) fn plant_beside(&mut self, ending: &str) -> std::io::Result<()> {
        let beside = self.inner().join(format!("{ROOT}{ending}"));
        self.added.push(beside.clone());
        fs::create_dir_all(&beside)?;
        NAMES.iter().try_for_each(|name| fs::write(beside.join(name), SECRET))
    }

    fn work(&self) -> PathBuf {
        self.inner().join(WORK)
    }

    fn inner(&self) -> PathBuf {
        LEVELS.iter().fold(self.base.clone(), |folder, level| folder.join(level))
    }

    /// Plants files where the texts name some outside, remembers how all is there, and goes to work beside the root.
    pub(crate) fn shut(&mut self, texts: &[Vec<u8>]) -> std::io::Result<()> {
        let mut named: Vec<PathBuf> = texts.iter().flat_map(|text| paths_in(text)).collect();
        named.sort();
        named.dedup();
        // Whatever stands in a text may be the name of a file, but few are worth the time that planting takes.
        let (mut named, plain): (Vec<_>, Vec<_>) = named.into_iter().partition(|path| leads_away(path));
        named.truncate(MOST);
        named.extend(plain.into_iter().filter(|path| path.components().count() <= DEEPEST).take(MOST_PLAIN));
        for path in named {
            for start in [self.root(), self.work()] {
                let whole = lexical(&start.join(&path));
                if whole.starts_with(self.root()) || whole.parent().is_none() {
                    continue;
                }
                if !whole.starts_with(&self.base) {
                    self.watch(whole);
                } else if whole.symlink_metadata().is_err() {
                    let missing = |path: &&Path| path.symlink_metadata().is_err();
                    self.added.extend(whole.ancestors().take_while(missing).last().map(Path::to_path_buf));
                    // A file on the way makes a folder impossible; then there is nothing to be found either.
                    let made = whole.parent().map(fs::create_dir_all);
                    let _ = made.and_then(|made| made.and_then(|()| fs::write(&whole, SECRET)).ok());
                }
            }
        }
        self.before = std::env::current_dir().ok();
        std::env::set_current_dir(self.work())?;
        self.around = if self.added.is_empty() { self.pristine.clone() } else { self.surroundings() };
        Ok(())
    }

    /// Looks after a path outside of the sandbox; where nothing stands in a temporary folder, a file is planted.
    fn watch(&mut self, path: PathBuf) {
        let temporary = self.base.parent().unwrap_or(&self.base);
        if self.base.starts_with(&path) || self.watched.contains_key(&path) {
            return;
        }
        // A path that climbs too far ends up right beside or above.
        let is_above = path.parent().is_some_and(|parent| temporary.starts_with(parent));
        if !path.starts_with(temporary) && !is_above && APART.iter().any(|apart| path.starts_with(apart)) {
            return;
        }
        let shared = [temporary, &folders().common];
        if path.parent().is_some_and(|parent| shared.contains(&parent)) {
            if self.lock.is_none() {
                self.lock = locked(temporary);
            }
            if path.symlink_metadata().is_err() && fs::write(&path, SECRET).is_ok() {
                self.planted.push(path.clone());
            }
        }
        let state = State::of(&path);
        self.watched.insert(path, state);
    }

    /// What changed outside since it was shut, in words; nothing if nothing did.
    pub(crate) fn changes(&mut self) -> Vec<String> {
        self.leave();
        let now = self.surroundings();
        self.is_unchanged = now == self.around;
        let mut changes = Vec::new();
        for (path, before) in &self.around {
            changes
                .extend(before.changed_to(now.get(path).unwrap_or(&State::Nothing)).map(|what| (path, what)));
        }
        let new = now.iter().filter(|(path, _)| !self.around.contains_key(*path));
        changes.extend(new.filter_map(|(path, state)| Some((path, State::Nothing.changed_to(state)?))));
        for (path, before) in &self.watched {
            let now = State::of(path);
            changes.extend(before.changed_to(&now).map(|what| (path, what)));
        }
        changes.iter().map(|(path, what)| format!("{} {what}", self.told(path))).collect()
    }

    /// The path as a person reads it: from the root, where it is near.
    fn told(&self, path: &Path) -> String {
        let Ok(below) = path.strip_prefix(&self.base) else { return path.display().to_string() };
        let inner: Vec<Component<'_>> =
            LEVELS.iter().map(|level| Component::Normal(level.as_ref())).collect();
        let shared = below.components().zip(&inner).take_while(|(one, other)| one == *other).count();
        let up = "../".repeat(inner.len() - shared + 1);
        let rest: PathBuf = below.components().skip(shared).collect();
        format!("ROOT/{up}{}", rest.display()).trim_end_matches('/').to_string()
    }

    fn surroundings(&self) -> BTreeMap<PathBuf, State> {
        let mut all = BTreeMap::new();
        let (mut open, root) = (vec![self.base.clone()], self.root());
        while let Some(folder) = open.pop() {
            let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
            for path in entries.map(|entry| entry.path()).filter(|path| *path != root) {
                let state = State::of(&path);
                if matches!(state, State::Folder { .. }) {
                    open.push(path.clone());
                }
                all.insert(path, state);
            }
            all.insert(folder.clone(), State::of(&folder));
        }
        all
    }

    /// Makes it as it was when it was new; whether that came out right.
    fn renewed(&self) -> bool {
        let root = self.root();
        if !root.symlink_metadata().is_ok_and(|about| about.is_dir()) {
            return false;
        }
        open_up(&root);
        for path in self.added.iter().chain([&root]) {
            let _ = fs::remove_file(path).or_else(|_| fs::remove_dir_all(path));
        }
        let is_known = self.is_unchanged && self.added.is_empty();
        fs::create_dir(&root).is_ok() && (is_known || self.surroundings() == self.pristine)
    }

    fn leave(&mut self) {
        if let Some(before) = self.before.take() {
            let _ = std::env::set_current_dir(before);
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.leave();
        for (path, before) in &self.watched {
            if self.planted.contains(path) {
                let _ = fs::remove_file(path).or_else(|_| fs::remove_dir_all(path));
            } else if before.changed_to(&State::of(path)).is_some() {
                before.put_back(path);
            }
        }
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_none() && self.renewed() {
            let (base, pristine) = (std::mem::take(&mut self.base), std::mem::take(&mut self.pristine));
            *kept = Some(Kept { base, pristine });
            return;
        }
        drop(kept);
        remove(&self.base);
    }
}

/// Removes a folder, whatever rights were taken from it.
fn remove(folder: &Path) {
    if fs::remove_dir_all(folder).is_err() {
        open_up(folder);
        let _ = fs::remove_dir_all(folder);
    }
}

impl State {
    fn of(path: &Path) -> Self {
        let Ok(about) = path.symlink_metadata() else { return Self::Nothing };
        let kind = about.file_type();
        if kind.is_symlink() {
            return Self::Link { to: fs::read_link(path).unwrap_or_default() };
        }
        if kind.is_dir() {
            return Self::Folder { mode: mode(&about) };
        }
        if !kind.is_file() {
            return Self::Other;
        }
        let content = (about.len() <= LARGEST).then(|| fs::read(path).ok()).flatten();
        Self::File { mode: mode(&about), changed: about.modified().ok(), content }
    }

    /// What happened between this state and `now`.
    fn changed_to(&self, now: &Self) -> Option<String> {
        Some(match (self, now) {
            (before, now) if before == now => return None,
            (Self::Nothing, Self::Folder { .. }) => "is a new folder".to_string(),
            (Self::Nothing, Self::Link { to }) => format!("is a new link to {}", to.display()),
            (Self::Nothing, _) => "is a new file".to_string(),
            (_, Self::Nothing) => "was removed".to_string(),
            (Self::Folder { mode: before }, Self::Folder { mode: now }) => {
                format!("has the mode {now:o} instead of {before:o}")
            }
            (Self::File { content: before, .. }, Self::File { content: now, .. }) if before != now => {
                "has another content".to_string()
            }
            (Self::File { mode: before, .. }, Self::File { mode: now, .. }) if before != now => {
                format!("has the mode {now:o} instead of {before:o}")
            }
            (Self::File { .. }, Self::File { .. }) => "was written anew".to_string(),
            _ => "was replaced".to_string(),
        })
    }

    /// Makes the path what it was, as far as that can be done.
    fn put_back(&self, path: &Path) {
        match self {
            Self::Nothing => {
                let _ = fs::remove_file(path).or_else(|_| fs::remove_dir_all(path));
            }
            Self::File { mode, content: Some(content), .. } => {
                let _ = fs::write(path, content);
                set_mode(path, *mode);
            }
            Self::Folder { mode } => set_mode(path, *mode),
            _ => {}
        }
    }
}

/// A lock that all tests of the machine share; it goes with the file.
#[cfg(unix)]
fn locked(folder: &Path) -> Option<fs::File> {
    use std::os::fd::AsRawFd as _;
    let path = folder.join("constraints-sandbox.lock");
    let file = fs::OpenOptions::new().create(true).append(true).open(path).ok()?;
    // SAFETY: the descriptor is that of an open file.
    unsafe { libc::flock(file.as_raw_fd(), libc::LOCK_EX) };
    Some(file)
}

#[cfg(not(unix))]
fn locked(_: &Path) -> Option<fs::File> {
    None
}

#[cfg(unix)]
fn mode(about: &Metadata) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    about.permissions().mode() & 0o7777
}

#[cfg(not(unix))]
fn mode(about: &Metadata) -> u32 {
    u32::from(about.permissions().readonly())
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    let _ = fs::set_permissions(path, fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) {}

/// Makes every folder below one that can be emptied.
fn open_up(folder: &Path) {
    set_mode(folder, 0o700);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            open_up(&entry.path());
        }
    }
}

/// Whether a path says by itself that it leads to another place than below the folder it starts from.
fn leads_away(path: &Path) -> bool {
    path.is_absolute() || path.components().any(|part| part == Component::ParentDir)
}

/// The path without `.` and `..`, as its text says.
fn lexical(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// What a text may mean by a path: every run of letters that could be one, as it stands and decoded.
fn paths_in(text: &[u8]) -> Vec<PathBuf> {
    let is_part = |byte: u8| byte > b' ' && !matches!(byte, b'"' | b'\'' | b'<' | b'>' | 0x7f..);
    let runs = text.split(|byte| !is_part(*byte)).filter(|run| !run.is_empty() && run.len() <= 512);
    let mut paths = Vec::new();
    for run in runs.take(4 * MOST) {
        let plain = String::from_utf8_lossy(run).into_owned();
        let decoded = percent(&percent(&plain));
        let turned = decoded.replace('\\', "/");
        for one in [plain, decoded, turned] {
            let starts = one.find("..").into_iter().chain(one.find('/')).chain([0]);
            paths.extend(starts.map(|start| PathBuf::from(&one[start..])));
        }
    }
    paths.retain(|path| !path.as_os_str().is_empty());
    paths
}

/// The text with `%2e` and the like as the letters they stand for.
fn percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        let letter = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let letter = letter.filter(|letter| bytes[at] == b'%' && *letter != 0);
        out.push(letter.unwrap_or(bytes[at]));
        at += if letter.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The process has one working directory, so tests of it wait for each other.
#[cfg(test)]
pub(crate) static ALONE: std::sync::Mutex<()> = std::sync::Mutex::new(());

mod temporary;

#[cfg(test)]
mod tests;
