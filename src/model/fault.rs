//! Faults of the user, as data: a stage returns its value and the list, and goes on as far as it can.

use super::Span;

/// How much a fault weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Declarations with this fault are refused.
    Error,
    /// Shown; generation goes on.
    Warning,
    /// Shown for information.
    Note,
}

/// What kind of fault it is; the kebab-case name is what users see and look up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The file is not valid TOML.
    Syntax,
    /// A key that nothing reads.
    UnknownKey,
    /// A key that has to be there and is not.
    MissingKey,
    /// A value of another type than the key takes.
    WrongType,
    /// A value of the right type that says nothing sensible.
    InvalidValue,
    /// A waiver excuses for too long, or for days that another one covers.
    InvalidWaiver,
    /// The same id is declared twice.
    DuplicateId,
    /// A kind that does not exist.
    UnknownKind,
    /// An id that nothing declares.
    UnknownId,
    /// Prerequisites that wait for each other.
    Cycle,
    /// Text that should be Rust and does not parse.
    InvalidRust,
    /// The target is not an item of the crate.
    MissingTarget,
    /// The path names several items.
    AmbiguousTarget,
    /// The target is an item of a sort that the kind cannot judge.
    WrongTarget,
    /// An argument that the target does not have.
    UnknownArgument,
    /// A field that the value does not have.
    UnknownField,
    /// An expression uses a name that nothing has.
    UnknownName,
    /// An expression uses what is known only later.
    TooEarly,
    /// The state of a value before the call cannot be asked for.
    NoOldState,
    /// A value of this type cannot be made without help.
    CannotGenerate,
    /// A file that a declaration names and that is not there.
    MissingFile,
    /// Nothing in the crate fits the selector.
    NothingSelected,
    /// The tests of the crate stand inside it, and it does not include them.
    Unwired,
    /// Nothing serves this goal.
    IdleGoal,
    /// Nothing that blocks a merge answers this high risk.
    UnansweredRisk,
    /// What is required cannot all hold.
    Contradiction,
    /// What blocks a merge waits for something that does not.
    WeakPrerequisite,
    /// Another declaration demands all of this.
    Redundant,
    /// Something has to be refused, and nothing has to be let through.
    MissingTwin,
}

impl Code {
    /// All codes, in the order of this file.
    pub const ALL: [Self; 29] = [
        Self::Syntax,
        Self::UnknownKey,
        Self::MissingKey,
        Self::WrongType,
        Self::InvalidValue,
        Self::InvalidWaiver,
        Self::DuplicateId,
        Self::UnknownKind,
        Self::UnknownId,
        Self::Cycle,
        Self::InvalidRust,
        Self::MissingTarget,
        Self::AmbiguousTarget,
        Self::WrongTarget,
        Self::UnknownArgument,
        Self::UnknownField,
        Self::UnknownName,
        Self::TooEarly,
        Self::NoOldState,
        Self::CannotGenerate,
        Self::MissingFile,
        Self::NothingSelected,
        Self::Unwired,
        Self::IdleGoal,
        Self::UnansweredRisk,
        Self::Contradiction,
        Self::WeakPrerequisite,
        Self::Redundant,
        Self::MissingTwin,
    ];

    /// The name users see, such as `unknown-key`.
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// What the fault means and what to do about it, for `explain` and the book.
    pub fn explanation(self) -> &'static str {
        self.row().1
    }

    #[expect(clippy::too_many_lines, reason = "a table: one arm for each code")]
    fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::Syntax => (
                "syntax",
                "The file is not valid TOML. Nothing in it is read; the other files are. Mend the place shown.",
            ),
            Self::UnknownKey => (
                "unknown-key",
                "Nothing reads this key, so what it says would be lost. Use the nearest known key, or take it out.",
            ),
            Self::MissingKey => (
                "missing-key",
                "The declaration lacks a key it cannot do without. Add it; `explain KIND` lists the keys of a kind.",
            ),
            Self::WrongType => (
                "wrong-type",
                "The key takes a value of another type, for example a list where a single text was given.",
            ),
            Self::InvalidValue => (
                "invalid-value",
                "The value has the right type but does not say anything the tool can act on, such as hex with an odd number of digits or an area that does not exist.",
            ),
            Self::InvalidWaiver => (
                "invalid-waiver",
                "A waiver excuses for at most ninety days, and two waivers of one constraint follow each other, so that every renewal is seen and counted.",
            ),
            Self::DuplicateId => (
                "duplicate-id",
                "Two declarations share one id. Reports, witnesses and waivers are kept by id, so each must be given once.",
            ),
            Self::UnknownKind => {
                ("unknown-kind", "There is no kind of this name. `list --kinds` shows those that exist.")
            }
            Self::UnknownId => (
                "unknown-id",
                "The id is not declared anywhere. Inside one file the short name is enough; elsewhere write `file.name`.",
            ),
            Self::Cycle => (
                "cycle",
                "The prerequisites wait for each other, so none of them could ever be judged. Take out one of the edges shown.",
            ),
            Self::InvalidRust => (
                "invalid-rust",
                "The text has to be Rust and does not parse. The place shown is the place in your text.",
            ),
            Self::MissingTarget => (
                "missing-target",
                "The crate has no such item. The constraint stays red until it exists: write the item, or mend the path.",
            ),
            Self::AmbiguousTarget => (
                "ambiguous-target",
                "The path leads to several items, for example through two glob imports. Name the module that defines the one you mean.",
            ),
            Self::WrongTarget => (
                "wrong-target",
                "The item exists but is of a sort this kind cannot judge, for example a struct where a function is needed.",
            ),
            Self::UnknownField => (
                "unknown-field",
                "The value has no field of this name that a test can set. Use a public field, or a parameter of a function that makes it.",
            ),
            Self::UnknownArgument => (
                "unknown-argument",
                "The target has no parameter of this name. Use the name from its signature.",
            ),
            Self::UnknownName => (
                "unknown-name",
                "The expression uses a name that no value of this constraint has. Expressions see the arguments, what `given` declares and, after the call, `result`; everything else needs its path, such as `crate::parse`, `support::helper` or `std::mem::take`.",
            ),
            Self::TooEarly => (
                "too-early",
                "The expression uses something that is known only later. Variables of `env` are set first, then values are made in the order of their declarations, then comes the call, then `result`, the state that `&mut` arguments are left in, and `old`. Move the declaration up, or say it in a later expression.",
            ),
            Self::NoOldState => (
                "no-old-state",
                "`old(NAME)` is a copy of the state that an argument had before the call changed it. It needs an argument that the call takes by `&mut`, of a type that can be cloned. Otherwise keep what you need of the value with `given.NAME = { value = \"Rust over it\" }`, declared below it.",
            ),
            Self::CannotGenerate => (
                "cannot-generate",
                "The tool does not know how to make a value of this type. Give the argument a generator: `value = \"Rust expression\"` for one value, `strategy = \"proptest strategy\"` for many, `{ type = \"T\", map = \"Rust over it\" }` to build it from something simpler; or use `call = \"Rust\"` to make the whole call yourself.",
            ),
            Self::MissingFile => (
                "missing-file",
                "No file matches the path or glob, counted from the root of the package, or none that could be used as it has to be. Mend the path, or add the file.",
            ),
            Self::NothingSelected => (
                "nothing-selected",
                "No function of the crate fits all that the selector asks for, so the constraint would require nothing. The functions that come nearest are shown with what they lack; ask for less, or mend the pattern.",
            ),
            Self::Unwired => (
                "unwired",
                "Nothing can link a binary, a procedural macro or a library for C, so their tests stand in a module of the crate itself. `init` adds the lines that include it; the fault shows them.",
            ),
            Self::IdleGoal => (
                "idle-goal",
                "No constraint serves this goal, so nothing would ever tell whether it is reached. Add `serves = \"GOAL\"` to a constraint.",
            ),
            Self::UnansweredRisk => (
                "unanswered-risk",
                "The likelihood and the impact of this risk are high, or one is high and the other medium, and no constraint that blocks a merge answers it. Add `answers = \"RISK\"` to a constraint, or rate the risk lower if that is how it is.",
            ),
            Self::Contradiction => (
                "contradiction",
                "The declarations require what cannot all hold, so no code could ever be green. The places shown are those that contradict each other, with a witness where there is one. Take one of them back, or let one of them warn only.",
            ),
            Self::Redundant => (
                "redundant",
                "Whatever satisfies another declaration satisfies this one, so that its test can only say what the other says already. Take it out, or tie the two with `refines` if both are wanted.",
            ),
            Self::MissingTwin => (
                "missing-twin",
                "Something has to be refused, and nothing says what has to be let through. Refusing everything is the cheapest way to be safe: add a declaration of the kind that demands the other half.",
            ),
            Self::WeakPrerequisite => (
                "weak-prerequisite",
                "A constraint that blocks a merge waits for one that does not. While that one is red nothing judges this one, and nobody has to mend it. Let the prerequisite block too, or take out the edge.",
            ),
        }
    }
}

/// A place that belongs to a fault, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is the matter there; may be empty.
    pub text: String,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// What is, in a lower-case fragment without a full stop.
    pub message: String,
    /// The place to mend.
    pub at: Label,
    /// Further places that explain it.
    pub also: Vec<Label>,
    /// What to do, one proposal each.
    pub help: Vec<String>,
}

impl Fault {
    /// An error at `span`.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            at: Label { span, text: String::new() },
            also: Vec::new(),
            help: Vec::new(),
        }
    }

    /// The same fault as a warning: shown, but nothing is refused for it.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// Says what is the matter at the place itself.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.at.text = text.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.also.push(Label { span, text: text.into() });
        self
    }

    /// Adds a proposal.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

/// All faults of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl IntoIterator for Faults {
    type Item = Fault;
    type IntoIter = std::vec::IntoIter<Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Faults {
    /// Adds one.
    pub fn push(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// Adds all of `other`.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether any of them refuses the declarations.
    pub fn refuse(&self) -> bool {
        self.0.iter().any(|fault| fault.severity == Severity::Error)
    }

    /// Sorted by place, then code; what all instances of a family have in common is said once.
    pub fn sorted(mut self) -> Vec<Fault> {
        self.0.sort_by(|a, b| (a.at.span, a.code, &a.message).cmp(&(b.at.span, b.code, &b.message)));
        self.0.dedup();
        self.0
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Fault> for Faults {
    fn from_iter<I: IntoIterator<Item = Fault>>(faults: I) -> Self {
        Self(faults.into_iter().collect())
    }
}
