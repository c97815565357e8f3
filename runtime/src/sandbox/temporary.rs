//! Where there is room for what every case makes and removes.
//!
//! In memory where that can be had and nobody said otherwise, for a disk takes ten times as long.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Once, OnceLock};

/// Where Linux has a folder in memory.
const IN_MEMORY: &str = "/dev/shm";

/// The folders for what is there for a while.
pub(super) struct Folders {
    /// Where sandboxes stand.
    pub(super) sandboxes: PathBuf,
    /// The one that everybody uses.
    pub(super) common: PathBuf,
}

/// Those of this process, and of all others of the test.
pub(super) fn folders() -> &'static Folders {
    static FOLDERS: OnceLock<Folders> = OnceLock::new();
    FOLDERS.get_or_init(|| {
        let common = std::env::temp_dir();
        let common = common.canonicalize().unwrap_or(common);
        let in_memory = Path::new(IN_MEMORY);
        let trial = in_memory.join(format!("{}{:010}-trial", super::PREFIX, std::process::id()));
        let is_free = std::env::var_os("TMPDIR").is_none() && runs_programs(in_memory);
        let is_there = is_free && fs::create_dir(&trial).and_then(|()| fs::remove_dir(&trial)).is_ok();
        Folders { sandboxes: if is_there { in_memory.to_path_buf() } else { common.clone() }, common }
    })
}

/// A file that code makes in the temporary folder and then moves has to stay on the disk of the sandbox.
pub(super) fn stay_on_one_disk() {
    static ONCE: Once = Once::new();
    // Our own tests share a process, and others of them may use the environment.
    if cfg!(test) || folders().sandboxes == folders().common {
        return;
    }
    ONCE.call_once(|| {
        // SAFETY: the process is that of one test, whose first sandbox is made before the code under test is called; a
        // thread that was started to make a value reads the environment by std, which waits for this.
        unsafe { std::env::set_var("TMPDIR", &folders().sandboxes) };
    });
}

/// Whether it is a folder in which programs may stand, as a recorded one does.
#[cfg(target_os = "linux")]
fn runs_programs(folder: &Path) -> bool {
    use std::os::unix::ffi::OsStrExt as _;
    let Ok(path) = std::ffi::CString::new(folder.as_os_str().as_bytes()) else { return false };
    let mut about = std::mem::MaybeUninit::<libc::statvfs>::uninit();
    // SAFETY: the path ends with a zero, and `about` has room for the answer.
    let is_known = unsafe { libc::statvfs(path.as_ptr(), about.as_mut_ptr()) } == 0;
    // SAFETY: the call filled it in.
    is_known && unsafe { about.assume_init() }.f_flag & libc::ST_NOEXEC == 0
}

#[cfg(not(target_os = "linux"))]
fn runs_programs(_: &Path) -> bool {
    false
}
