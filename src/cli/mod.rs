//! Arguments in, the calls of the stages in turn, exit code out.
//!
//! The only room that prints, reads the environment or exits.

use constraints_wire::ExitCode;

/// Runs the command line and says how it went.
pub fn main() -> ExitCode {
    ExitCode::CouldNotFinish
}
