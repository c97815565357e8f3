use std::io;
use std::path::{Path, PathBuf};

/// Why a chore could not be done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("{path}: {error}")]
    File { path: PathBuf, error: io::Error },
    #[error("{path}: {message}")]
    Content { path: PathBuf, message: String },
    #[error("`{command}` failed:\n{output}")]
    Command { command: String, output: String },
    #[error("`{id}` cannot be the name of a kind: {why}")]
    Name { id: String, why: String },
}

/// The result of work on the file at `path`.
pub(crate) fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, Error> {
    result.map_err(|error| Error::File { path: path.to_path_buf(), error })
}
