/// Why a run could not be finished; none of it says anything about a constraint.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The crate under test, or something it needs, has errors of its own.
    #[error("`{package}` does not compile\n\n{rendered}")]
    CrateDoesNotCompile {
        /// The package with the errors.
        package: String,
        /// The errors as the compiler shows them.
        rendered: String,
    },
    /// The generated tests do not compile and no constraint can be blamed.
    #[error("the generated tests do not compile, and the error belongs to no constraint\n\n{rendered}")]
    Unattributed {
        /// The errors as the compiler shows them.
        rendered: String,
    },
    /// Cargo gave up without a message of the compiler.
    #[error("`{command}` failed\n\n{said}")]
    Cargo {
        /// What was run.
        command: String,
        /// What it printed.
        said: String,
    },
    /// A process could not be started or watched.
    #[error("cannot run {command}")]
    Process {
        /// What was run.
        command: String,
        /// Why not.
        source: std::io::Error,
    },
    /// A file for the results could not be made or read.
    #[error("cannot use {path}")]
    File {
        /// The file.
        path: String,
        /// Why not.
        source: std::io::Error,
    },
    /// The user stopped the run.
    #[error("interrupted")]
    Interrupted,
}
