use constraints_wire::{Entry, ExitCode, Report, Status};

use crate::model::Level;

/// What the report means for a merge: only constraints that block one count.
///
/// A blocked constraint counts like the red one it waits for: nobody has seen it hold.
pub fn exit_code(report: &Report) -> ExitCode {
    let any = |statuses: &[Status]| {
        report.constraints.iter().any(|entry| blocks(entry) && statuses.contains(&entry.status))
    };
    if report.constraints.is_empty() {
        ExitCode::NothingToCheck
    } else if any(&[Status::Red, Status::Blocked]) {
        ExitCode::Violated
    } else if any(&[Status::Undecided]) {
        ExitCode::Undecided
    } else {
        ExitCode::Holds
    }
}

/// Anything but a level that is known to be harmless.
fn blocks(entry: &Entry) -> bool {
    ![Level::Warn, Level::Info].iter().any(|level| level.name() == entry.level)
}
