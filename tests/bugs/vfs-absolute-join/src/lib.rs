//! Notes, each owner's in a file system of its own.

use std::path::Path;
use vfs::{PhysicalFS, VfsPath};

/// Stores a note under the name that its owner chose; whether that was possible.
pub fn store(folder: &Path, name: &str, note: &str) -> bool {
    let root: VfsPath = PhysicalFS::new(folder.to_path_buf()).into();
    let stored = root.join(name).and_then(|path| path.create_file());
    stored.is_ok_and(|mut file| file.write_all(note.as_bytes()).is_ok())
}
