//! What tests left in the common folders because they were killed before they could remove it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A process may have a number of its own in a container that shares the folder, and then it is not seen from here.
const LONG_AGO: Duration = Duration::from_secs(60 * 60);

/// The folders in `common` whose name is `prefix`, the number of a process and more, if that process is gone and the
/// folder was last changed long ago.
pub(crate) fn abandoned(common: &Path, prefix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(common).into_iter().flatten().flatten();
    let is_abandoned = |entry: &fs::DirEntry| {
        let of = entry.file_name().to_str().and_then(|name| process_of(name, prefix));
        of.is_some_and(is_gone) && entry.metadata().is_ok_and(|about| about.is_dir() && is_old(&about))
    };
    entries.filter(is_abandoned).map(|entry| entry.path()).collect()
}

fn process_of(name: &str, prefix: &str) -> Option<i32> {
    let (number, _) = name.strip_prefix(prefix)?.split_once('-')?;
    number.parse().ok().filter(|number| *number > 0)
}

fn is_old(about: &fs::Metadata) -> bool {
    about.modified().ok().and_then(|at| at.elapsed().ok()).is_some_and(|age| age > LONG_AGO)
}

/// Whether no process has this number; where that is not known, none is gone.
#[cfg(unix)]
fn is_gone(process: i32) -> bool {
    // SAFETY: signal 0 is not sent; it is only asked whether it could be.
    let is_there = unsafe { libc::kill(process, 0) } == 0;
    !is_there && std::io::Error::last_os_error().raw_os_error() == Some(libc::ESRCH)
}

#[cfg(not(unix))]
fn is_gone(_process: i32) -> bool {
    false
}

#[cfg(all(test, unix))]
#[expect(clippy::disallowed_methods, reason = "a process that has ended, and what it left")]
mod tests {
    use super::*;

    #[test]
    fn only_old_folders_of_processes_that_are_gone_are_abandoned() {
        let common = std::env::temp_dir().join(format!("constraints-leftovers-{}", std::process::id()));
        let mut ended = std::process::Command::new("true").spawn().expect("a process");
        ended.wait().expect("it ends");
        let (gone, here) = (ended.id(), std::process::id());
        for name in [
            format!("of-{gone}-0"),
            format!("of-{gone:010}-1"),
            format!("of-{here}-0"),
            format!("of-{gone}"),
            format!("other-{gone}-0"),
            "of-x-0".to_string(),
        ] {
            fs::create_dir_all(common.join(&name)).expect("a folder");
            let long_ago = std::time::SystemTime::now() - 2 * LONG_AGO;
            let opened = fs::File::open(common.join(name)).expect("it opens");
            opened.set_modified(long_ago).expect("a time");
        }
        fs::create_dir(common.join(format!("of-{gone}-2"))).expect("a folder of now");
        let mut found = abandoned(&common, "of-");
        found.sort();
        fs::remove_dir_all(&common).expect("the folder goes");
        let mut expected = [format!("of-{gone:010}-1"), format!("of-{gone}-0")].map(|name| common.join(name));
        expected.sort();
        assert_eq!(found, expected);
    }
}
