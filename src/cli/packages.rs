//! A command about one package, run for several: one result with the name of the package above each.

use constraints_wire::ExitCode;

use crate::resolve::Member;

use super::arguments::Command;
use super::commands::command;
use super::common::Common;
use super::{CliError, Output};

/// Runs the command for each package, and says how it went for all of them.
///
/// What could not be done for one package does not keep the others from being looked at.
pub(super) fn each(
    asked: &Command,
    common: &Common,
    members: Vec<Member>,
    output: &Output,
) -> Result<ExitCode, CliError> {
    if let (Command::Init(_), false, []) = (asked, common.workspace, common.package.as_slice()) {
        // Reading all packages harms nobody; every manifest is edited only for those who say so.
        return Err(CliError::Several(members));
    }
    let mut worst = ExitCode::NothingToCheck;
    for member in members {
        output.package(member.name());
        let common = Common { member: Some(member), ..common.clone() };
        let code = command(asked, &common, output).unwrap_or_else(|error| {
            output.error(&error);
            error.exit_code()
        });
        worst = if badness(code) > badness(worst) { code } else { worst };
        // One thing to do is one thing to do, however many packages there are.
        if matches!(asked, Command::Next(_)) && badness(code) > badness(ExitCode::Holds) {
            break;
        }
    }
    output.finish();
    Ok(worst)
}

/// What cannot be judged weighs more than what is judged red.
fn badness(code: ExitCode) -> u8 {
    match code {
        ExitCode::NothingToCheck => 0,
        ExitCode::Holds => 1,
        ExitCode::Undecided => 2,
        ExitCode::Violated => 3,
        ExitCode::Stale => 4,
        ExitCode::Refused => 5,
        ExitCode::CouldNotFinish => 6,
    }
}
