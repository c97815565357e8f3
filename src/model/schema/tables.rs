//! The tables of the language as types: each field is a key, and its comment is what an editor shows.
//!
//! No value of them is ever made.

#![expect(dead_code, reason = "the types are only described")]

use std::collections::BTreeMap;

use schemars::JsonSchema;

use crate::model::{Area, Letters, Level, Panics, Rating};

/// Goals, risks, inputs and constraints of a crate: one file of `constraints/`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "Constraints")]
pub(super) struct Declarations {
    /// At the root of a workspace: the packages that the file is about.
    package: Option<OneOrMany>,
    /// What somebody cares about; it is reached when everything that serves it holds.
    goal: Option<BTreeMap<Name, Goal>>,
    /// What may go wrong; constraints answer it.
    risk: Option<BTreeMap<Name, Risk>>,
    /// Generators with a name.
    input: Option<BTreeMap<Name, Generator>>,
    /// What is required of the code; each becomes a test.
    constraint: Option<BTreeMap<Name, Constraint>>,
}

/// The name of a declaration, in lower snake case, for it becomes a function.
#[derive(JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[schemars(extend("pattern" = "^[a-z_][a-z0-9_]*$"))]
pub(super) struct Name(String);

/// One text or a list of texts.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

/// An amount with its unit, such as `2 s`, `1 MiB`, `200 chars` or `64 * size + 64 KiB`.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Quantity {
    /// With a unit.
    Text(String),
    /// Without one.
    Number(u64),
}

/// How long: `32`, `"1..=64"` or `"1.."`.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Length {
    /// Exactly.
    Exact(u64),
    /// A range in the notation of Rust.
    Range(String),
}

/// A value as it stands.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Literal {
    /// A text.
    Text(String),
    /// Yes or no.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Any number.
    Float(f64),
    /// A list.
    List(Vec<Literal>),
}

/// Something that somebody cares about.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Goal {
    /// The goal in one sentence.
    says: Sentence,
    /// What serves it inherits the area.
    area: Option<Area>,
    /// What serves it inherits the level.
    level: Option<Level>,
    /// Words to find it by.
    tags: Option<OneOrMany>,
}

/// A text that says something.
#[derive(JsonSchema)]
#[schemars(extend("minLength" = 1))]
pub(super) struct Sentence(String);

/// Something that may go wrong.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Risk {
    /// What may go wrong, in one sentence.
    says: Sentence,
    /// How likely it is.
    likelihood: Rating,
    /// How bad it would be.
    impact: Rating,
    /// What answers it inherits the area, where no goal says one.
    area: Option<Area>,
    /// Words to find it by, such as `cwe:601`.
    tags: Option<OneOrMany>,
}

/// Something that is required; it becomes a test.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Constraint {
    /// The requirement in one sentence.
    says: Sentence,
    /// What sort of requirement it is; `cargo constraints list --kinds` shows what there is.
    kind: String,
    /// The path of the item it is about; `crate` is the crate.
    target: Option<Sentence>,
    /// It is about every function that fits this selector.
    targets: Option<Selector>,
    /// How the target is called, where the sources do not show it.
    signature: Option<Sentence>,
    /// What the type parameters of the target are, by name.
    generics: Option<BTreeMap<String, String>>,
    /// What it is about; decides the usual level and the order of repair.
    area: Option<Area>,
    /// What a red one does to a merge.
    level: Option<Level>,
    /// The goals it is part of.
    serves: Option<OneOrMany>,
    /// The constraints that have to hold before this one is judged.
    after: Option<OneOrMany>,
    /// The risks it is an answer to.
    answers: Option<OneOrMany>,
    /// The constraints that cannot hold together with it.
    conflicts: Option<OneOrMany>,
    /// The constraints it is a stronger form of.
    refines: Option<OneOrMany>,
    /// Words to find it by.
    tags: Option<OneOrMany>,
    /// How arguments are made, by name; others are made from their type.
    args: Option<BTreeMap<String, Generator>>,
    /// Values that are not passed to the target, by name.
    given: Option<BTreeMap<String, Generator>>,
    /// Samples that belong together: a row each, a column for each of several arguments.
    sample: Option<Vec<BTreeMap<String, Cell>>>,
    /// Variables of the process that makes the call.
    env: Option<BTreeMap<String, Variable>>,
    /// Rust that takes the place of the plain call of the target.
    call: Option<Sentence>,
    /// Rust over `result` that is true for a refusal.
    refused: Option<Sentence>,
    /// What a panic of the target is, if it is no violation.
    panics: Option<Panics>,
    /// Whether every sample as it stands has to get through.
    must_pass: Option<bool>,
    /// Rust that has to be true for a case to count.
    when: Option<Sentence>,
    /// How many cases the search tries at most.
    cases: Option<Cases>,
    /// How long the search takes at most, such as `30 s`.
    budget: Option<Quantity>,
}

/// How many cases a search tries at most.
#[derive(JsonSchema)]
#[schemars(extend("minimum" = crate::model::LEAST_CASES))]
pub(super) struct Cases(u64);

/// The functions that fit all that is said.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Selector {
    /// Modules and types, with all that is below them; without it the whole crate.
    r#in: Option<OneOrMany>,
    /// Patterns of types; for each of them the function has a parameter.
    takes: Option<OneOrMany>,
    /// Pattern of the type that comes back.
    returns: Option<String>,
    /// Pattern of the name, with `*` for any text.
    name: Option<String>,
    /// Paths of functions, types and modules that are left out.
    except: Option<OneOrMany>,
    /// Whether it can be used from outside the crate.
    public: Option<bool>,
    /// Whether it is async.
    r#async: Option<bool>,
    /// Whether it is unsafe to call.
    r#unsafe: Option<bool>,
}

/// A value of a row of samples: as it stands, or a generator of exactly one value.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Cell {
    /// As it stands.
    Literal(Literal),
    /// A generator.
    Made(Box<Generator>),
}

/// A variable: a text, or a generator of texts.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Variable {
    /// Exactly this text.
    Text(String),
    /// A generator.
    Made(Box<Setting>),
}

/// A generator of the text of a variable, which may be unset.
#[derive(JsonSchema)]
pub(super) struct Setting {
    /// It is not set; beside a generator, now and then.
    unset: Option<bool>,
    #[schemars(flatten)]
    generator: Generator,
}

/// How a value is made; a table behind any other key says how that field of the value is.
#[derive(JsonSchema)]
pub(super) struct Generator {
    /// Samples that are mutated, spliced and repeated.
    like: Option<OneOrMany>,
    /// Samples of bytes, in hex.
    like_hex: Option<OneOrMany>,
    /// Files whose contents are samples: globs from the root of the package.
    like_file: Option<OneOrMany>,
    /// Exactly this value.
    is: Option<Literal>,
    /// Exactly these bytes, in hex.
    is_hex: Option<String>,
    /// Exactly the content of this file.
    is_file: Option<String>,
    /// One of these values.
    one_of: Option<Vec<Literal>>,
    /// One of these lists of bytes, in hex.
    one_of_hex: Option<OneOrMany>,
    /// The content of one of these files: globs from the root of the package.
    one_of_file: Option<OneOrMany>,
    /// Text that matches a regular expression.
    matching: Option<String>,
    /// Numbers in a range, in the notation of Rust.
    range: Option<String>,
    /// The value of a Rust expression.
    value: Option<String>,
    /// A strategy of the crate proptest, as Rust.
    strategy: Option<String>,
    /// Any value of a type; beside another start, the type of what that gives.
    r#type: Option<String>,
    /// The value of an argument above: now and then equal, changed or unrelated.
    near: Option<String>,
    /// A generator with a name.
    input: Option<String>,
    /// How the elements of a list or another collection are made; the values of a map.
    each: Option<Box<Generator>>,
    /// How the keys of a map are made.
    each_key: Option<Box<Generator>>,
    /// One text or one list of bytes that is cut anywhere, for a list of them.
    pieces_of: Option<Box<Generator>>,
    /// Files by their paths in a folder; the value is the path of the folder.
    folder: Option<BTreeMap<String, Content>>,
    /// The path of a program that records how it is started.
    program: Option<Program>,
    /// The address of a server that this function starts.
    server: Option<String>,
    /// Documents of JSON.
    json: Option<True>,
    /// Documents of BER and DER.
    asn1: Option<True>,
    /// Messages of HTTP.
    http: Option<Http>,
    /// Documents of markup.
    markup: Option<Markup>,
    /// Archives.
    archive: Option<Archive>,
    /// How long, in characters of a text and in items of anything else.
    length: Option<Length>,
    /// Which characters a text may have.
    text: Option<Letters>,
    /// Texts that never occur.
    without: Option<OneOrMany>,
    /// Rust over `it` that makes the value out of what was generated.
    map: Option<String>,
    /// Nothing is mixed in that is not said here.
    only: Option<bool>,
    #[schemars(flatten)]
    fields: BTreeMap<String, Generator>,
}

/// One sort of step on a value: Rust over `it`, or a table.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Step {
    /// Rust over `it` that takes it.
    Call(Sentence),
    /// More about it.
    Told(Box<Move>),
}

/// One sort of step on a value.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Move {
    /// Rust over `it` that takes it; without it the method of its name is called.
    call: Option<Sentence>,
    /// Rust that has to be true for it to be taken.
    when: Option<Sentence>,
    /// Rust that has to be true after it.
    then: Option<Sentence>,
    /// The same step on the reference, as Rust over `model`.
    model: Option<Sentence>,
    /// How its arguments are made, by name.
    args: Option<BTreeMap<String, Generator>>,
    /// Values that are not passed to it, by name.
    given: Option<BTreeMap<String, Generator>>,
}

/// The content of a file: a sample, or a generator.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Content {
    /// A sample that is mutated.
    Text(String),
    /// A generator.
    Made(Box<Generator>),
}

/// A program.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(super) enum Program {
    /// Records how it is started, and succeeds.
    Recorded,
}

/// There or not.
#[derive(JsonSchema)]
#[schemars(extend("const" = true))]
pub(super) struct True(bool);

/// A message of HTTP.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(super) enum Http {
    /// Requests, alone or one after the other.
    Request,
    /// Responses.
    Response,
}

/// A language of markup.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(super) enum Markup {
    /// HTML.
    Html,
}

/// A format of archives.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(super) enum Archive {
    /// Tar.
    Tar,
    /// Zip.
    Zip,
}

/// How far tests search, how they are run and what is around them: `constraints/settings.toml`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "Settings of constraints")]
pub(super) struct Settings {
    /// How many cases a search tries at most.
    cases: Option<Cases>,
    /// How long a search takes at most, such as `30 s`.
    budget: Option<Quantity>,
    /// The same for the constraints of an area.
    area: Option<Areas>,
    /// The same for the constraints of a kind.
    kind: Option<BTreeMap<String, Effort>>,
    /// How the tests are run.
    runner: Option<Runner>,
    /// Variables of every process that makes a call.
    env: Option<BTreeMap<String, Variable>>,
}

/// What constraints are about.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Areas {
    /// Attackers.
    security: Option<Effort>,
    /// Wrong results.
    correctness: Option<Effort>,
    /// Crashes and hangs.
    stability: Option<Effort>,
    /// Logs and traces.
    observability: Option<Effort>,
    /// Time and memory.
    performance: Option<Effort>,
    /// How people work.
    process: Option<Effort>,
}

/// How far searches go.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Effort {
    /// How many cases a search tries at most.
    cases: Option<Cases>,
    /// How long a search takes at most, such as `30 s`.
    budget: Option<Quantity>,
}

/// How the tests are run.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Runner {
    /// How many tests run at once.
    #[schemars(range(min = 1))]
    threads: Option<u64>,
    /// For how long the tests may be silent before they count as hanging.
    patience: Option<Quantity>,
}

/// Red constraints that are excused until a date: `constraints/waivers.toml`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "Waivers of constraints")]
pub(super) struct Waivers {
    /// The waivers, in any order.
    waiver: Option<Vec<Waiver>>,
}

/// An excuse for a while.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Waiver {
    /// The full id of the constraint.
    id: Sentence,
    /// Why it may be red for a while.
    reason: Sentence,
    /// Who mends it.
    owner: Sentence,
    /// The day from which it excuses, without quotes.
    since: Day,
    /// The last day on which it excuses, at most ninety days later.
    until: Day,
}

/// A day of the calendar, without quotes: `2026-01-31`.
#[derive(JsonSchema)]
#[schemars(extend("format" = "date"))]
pub(super) struct Day(String);
