/// What the process tells its caller: finding a fault and failing to look are different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitCode {
    /// Every blocking constraint holds.
    Holds = 0,
    /// There is nothing to check: no constraint was declared or selected.
    NothingToCheck = 4,
    /// Nothing is violated, but at least one blocking constraint could not be decided.
    Undecided = 5,
    /// The declarations were refused; no test was made or run.
    Refused = 96,
    /// The files in `generated/` are not what the declarations give.
    Stale = 97,
    /// At least one blocking constraint is red.
    Violated = 100,
    /// The tool could not finish its work.
    CouldNotFinish = 101,
}

impl ExitCode {
    /// All codes, for tables and tests.
    pub const ALL: [Self; 7] = [
        Self::Holds,
        Self::NothingToCheck,
        Self::Undecided,
        Self::Refused,
        Self::Stale,
        Self::Violated,
        Self::CouldNotFinish,
    ];

    /// The number given to the operating system.
    pub fn code(self) -> u8 {
        self as u8
    }
}
