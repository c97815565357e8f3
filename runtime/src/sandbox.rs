//! A folder that code may use, with a world of files around it that it may not.
//!
//! Takes the texts of a case, so that what they name outside is there to be found; gives what changed outside.
//! Everything it makes is gone with it, and what stood at a path that a text names is put back.

#![expect(clippy::disallowed_methods, reason = "whether code keeps to a folder shows in real files only")]

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// What every planted file holds, so that it is known wherever it turns up.
pub(crate) const SECRET: &str = "constraints-secret-7f3a91c4";

/// Folders between the outermost one and the root: as many steps up stay inside the sandbox.
const LEVELS: [&str; 5] = ["one", "two", "three", "four", "five"];
/// Names of files that stand beside the root and above it, whatever the texts name.
const NAMES: [&str; 2] = ["x", "secret"];
/// What changes by itself, or is not to be touched.
const APART: [&str; 5] = ["/dev", "/proc", "/run", "/sys", "/var"];
/// The folder in which the code works, beside the root.
const WORK: &str = "work";
/// The folder that may be used.
const ROOT: &str = "root";
/// A file that somebody else owns is looked at, and put back, up to this size in bytes.
const LARGEST: u64 = 1 << 20;
/// Names of paths in one case that are looked after at most.
const MOST: usize = 64;

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
    /// What stood in the sandbox outside of the root.
    around: BTreeMap<PathBuf, State>,
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
    /// A new one below the temporary folder.
    pub(crate) fn new() -> std::io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let temporary = std::env::temp_dir();
        let temporary = temporary.canonicalize().unwrap_or(temporary);
        let base = temporary.join(format!("constraints-sandbox-{}-{count}", std::process::id()));
        let made = Self {
            base,
            before: None,
            planted: Vec::new(),
            lock: None,
            watched: BTreeMap::new(),
            around: BTreeMap::new(),
        };
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
        Ok(made)
    }

    /// The folder that may be used.
    pub(crate) fn root(&self) -> PathBuf {
        self.inner().join(ROOT)
    }

    /// Plants files in a folder beside the root whose name begins like its own.
    pub(crate) fn plant_beside(&self, ending: &str) -> std::io::Result<()> {
        let beside = self.inner().join(format!("{ROOT}{ending}"));
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
        named.truncate(MOST);
        for path in named {
            for start in [self.root(), self.work()] {
                let whole = lexical(&start.join(&path));
                if whole.starts_with(self.root()) || whole.parent().is_none() {
                    continue;
                }
                if !whole.starts_with(&self.base) {
                    self.watch(whole);
                } else if whole.symlink_metadata().is_err() {
                    // A file on the way makes a folder impossible; then there is nothing to be found either.
                    let made = whole.parent().map(fs::create_dir_all);
                    let _ = made.and_then(|made| made.and_then(|()| fs::write(&whole, SECRET)).ok());
                }
            }
        }
        self.before = std::env::current_dir().ok();
        std::env::set_current_dir(self.work())?;
        self.around = self.surroundings();
        Ok(())
    }

    /// Looks after a path outside of the sandbox; where nothing stands in the temporary folder, a file is planted.
    fn watch(&mut self, path: PathBuf) {
        let temporary = self.base.parent().unwrap_or(&self.base);
        if self.base.starts_with(&path) || self.watched.contains_key(&path) {
            return;
        }
        if !path.starts_with(temporary) && APART.iter().any(|apart| path.starts_with(apart)) {
            return;
        }
        if path.parent() == Some(temporary) {
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
        if fs::remove_dir_all(&self.base).is_err() {
            open_up(&self.base);
            let _ = fs::remove_dir_all(&self.base);
        }
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{ALONE, SECRET, Sandbox, paths_in};

    /// What `act` changed outside.
    fn changed(texts: &[&str], act: impl FnOnce(&Sandbox)) -> Vec<String> {
        let _alone = ALONE.lock();
        let mut sandbox = Sandbox::new().expect("made");
        let texts: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
        sandbox.shut(&texts).expect("shut");
        act(&sandbox);
        sandbox.changes()
    }

    #[test]
    fn what_happens_in_the_root_is_nobodys_business() {
        let changes = changed(&["../x", "b/c"], |it| {
            fs::create_dir_all(it.root().join("b/c")).expect("made");
            fs::write(it.root().join("b/c/d"), "mine").expect("written");
        });
        assert_eq!(changes, Vec::<String>::new());
    }

    #[test]
    fn what_is_written_made_moved_or_linked_outside_is_seen() {
        let changes = changed(&["../../new/name"], |it| {
            fs::write(it.root().join("../x"), "other").expect("written");
            fs::create_dir(it.root().join("../folder")).expect("made");
            assert_eq!(fs::read_to_string(it.root().join("../../new/name")).expect("planted"), SECRET);
            fs::remove_file(it.root().join("../../new/name")).expect("removed");
            fs::write("worked", "here").expect("written");
        });
        assert_eq!(
            changes,
            [
                "ROOT/../x has another content",
                "ROOT/../../new/name was removed",
                "ROOT/../folder is a new folder",
                "ROOT/../work/worked is a new file",
            ]
        );
    }

    #[test]
    #[cfg(unix)]
    fn a_hard_link_into_the_world_is_seen_when_it_is_written_through() {
        let outside = std::env::temp_dir().join(format!("constraints-outside-{}", std::process::id()));
        let outside = outside.to_str().expect("a text").to_owned();
        let changes = changed(&[&outside], |it| {
            fs::hard_link(&outside, it.root().join("x")).expect("linked");
            fs::write(it.root().join("x"), "overwritten").expect("written");
        });
        assert_eq!(changes, [format!("{outside} has another content")]);
        assert!(!std::path::Path::new(&outside).exists(), "it was planted, and is gone");
    }

    #[test]
    #[cfg(unix)]
    fn a_mode_changed_outside_is_seen() {
        use std::os::unix::fs::PermissionsExt as _;
        let changes = changed(&[], |it| {
            fs::set_permissions(it.root().join("../x"), fs::Permissions::from_mode(0o777)).expect("set");
        });
        assert_eq!(changes.len(), 1);
        assert!(changes[0].starts_with("ROOT/../x has the mode 777 instead of"), "{changes:?}");
    }

    #[test]
    fn paths_are_read_out_of_encoded_texts() {
        let named = |text: &str| {
            paths_in(text.as_bytes()).iter().map(|path| path.display().to_string()).collect::<Vec<_>>()
        };
        assert!(named("GET /%2e%2e%2fsecret HTTP").contains(&"../secret".to_owned()));
        assert!(named("x\0..\\up\0").contains(&"../up".to_owned()));
        assert!(named("[\"/tmp/there\"]").contains(&"/tmp/there".to_owned()));
    }
}
