//! Processes that can be stopped together with everything they started.

#[cfg(unix)]
mod unix;
#[cfg(not(unix))]
mod windows;

#[cfg(unix)]
use unix as system;
#[cfg(not(unix))]
use windows as system;

use std::io;
use std::process::{Child, Command, ExitStatus};

pub(super) use system::Interrupt;

/// A process and its descendants; they are stopped when this is dropped.
pub(super) struct Group {
    child: Child,
    ended: bool,
}

impl Group {
    /// Starts `command` as the head of a new group.
    pub(super) fn spawn(command: &mut Command) -> io::Result<Self> {
        system::lead_group(command);
        Ok(Self { child: command.spawn()?, ended: false })
    }

    /// The process at the head.
    pub(super) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// The status of the head, once it has ended.
    pub(super) fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        let status = self.child.try_wait()?;
        self.ended |= status.is_some();
        Ok(status)
    }
}

impl Drop for Group {
    /// Also after the head has ended by itself: what it left running must not outlive the run.
    fn drop(&mut self) {
        system::kill_group(&mut self.child, self.ended);
        if !self.ended {
            // It was killed one line above; there is nobody left to tell if even that failed.
            let _ = self.child.wait();
        }
    }
}

/// The status as a person would say it.
pub(super) fn describe(status: ExitStatus) -> String {
    status.to_string()
}
