use std::process::{Child, Command};

/// Windows ends the console's processes together, so there is nothing to notice.
pub(in crate::run) struct Interrupt;

impl Interrupt {
    /// Does nothing.
    pub(in crate::run) fn listen() -> Self {
        Self
    }

    /// Never.
    pub(in crate::run) fn asked(&self) -> bool {
        false
    }
}

/// There are no process groups.
pub(super) fn lead_group(_command: &mut Command) {}

/// Ends the process; what it started ends by itself when its pipes close.
pub(super) fn kill_group(child: &mut Child, ended: bool) {
    if !ended {
        let _ = child.kill();
    }
}
