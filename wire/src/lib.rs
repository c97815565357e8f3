//! The types that leave the process, shared by the tool, the runtime and outside readers.
//!
//! Plain data with a format version, and the names that both sides have to make alike.
//! Inner types of the tool or the runtime never appear here; they are converted by hand at the edge,
//! so that either side may change its insides without breaking a reader.

mod exit;
mod fault;
pub mod measure;
mod outcome;
mod record;
mod report;
mod roll;
mod test_path;

pub use exit::ExitCode;
pub use fault::{End, Fault, FaultLabel, FaultSeverity, Faults};
pub use outcome::{Outcome, RedReason, UndecidedReason};
pub use record::{
    BUDGET_VARIABLE, CASES_VARIABLE, Place, RECORDS_VARIABLE, Record, SEED_VARIABLE, Shown, Tally, Witness,
};
pub use report::{
    CoverageEntry, Entry, GoalEntry, Location, Next, Report, RiskEntry, Status, Totals, WaiverEntry,
};
pub use roll::{Roll, RollEntry};
pub use test_path::test_path;

/// Version of every format in this crate; it rises when a field changes its meaning or goes away.
pub const FORMAT: u32 = 1;
