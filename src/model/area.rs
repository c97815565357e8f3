//! What a requirement is about, and what it does to a merge.

use schemars::JsonSchema;

/// What a requirement is about; decides the default level and the order of repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Area {
    /// Attackers.
    Security,
    /// Wrong results.
    Correctness,
    /// Crashes and hangs.
    Stability,
    /// Logs and traces.
    Observability,
    /// Time and memory.
    Performance,
    /// How people work.
    Process,
}

impl Area {
    /// All areas, in the order of repair.
    pub const ALL: [Self; 6] = [
        Self::Security,
        Self::Correctness,
        Self::Stability,
        Self::Observability,
        Self::Performance,
        Self::Process,
    ];

    /// The name in declarations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Correctness => "correctness",
            Self::Stability => "stability",
            Self::Observability => "observability",
            Self::Performance => "performance",
            Self::Process => "process",
        }
    }

    /// Level of a constraint in this area that does not say.
    pub fn default_level(self) -> Level {
        match self {
            Self::Security | Self::Correctness | Self::Stability => Level::Block,
            Self::Observability | Self::Performance | Self::Process => Level::Warn,
        }
    }
}

/// What a red constraint does to a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Level {
    /// Stops it.
    Block,
    /// Is shown.
    Warn,
    /// Is shown when asked for.
    Info,
}

impl Level {
    /// All levels.
    pub const ALL: [Self; 3] = [Self::Block, Self::Warn, Self::Info];

    /// The name in declarations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Warn => "warn",
            Self::Info => "info",
        }
    }
}
