//! What every kind is, and the small tree that a kind lowers a bound declaration into.

use std::hash::{Hash, Hasher};
use std::mem;

use syn::punctuated::Punctuated;
use syn::{Expr, Token, Type, TypeParamBound};

use crate::model::{About, Constraint, Fault, Id};
use crate::resolve::{Bound, EnvVariable, Function, Keeps, Recipe};

/// A sort of requirement.
pub trait Kind: Sync {
    /// What can be said without a declaration.
    fn about(&self) -> &'static About;

    /// Lowers a bound declaration into the test that judges it. Pure.
    ///
    /// # Errors
    /// What the declaration lacks for this kind.
    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault>;

    /// The feature of the runtime without which the test does not compile, if there is one.
    fn feature(&self, _bound: &Bound<'_>) -> Option<&'static str> {
        None
    }

    /// How two declarations of this kind that differ in `key` stand to each other.
    fn sense(&self, _key: &str) -> Sense {
        Sense::Same
    }

    /// Whether a target has to accept, or to reject, what a declaration of this kind gives it.
    fn stance(&self) -> Option<Stance> {
        None
    }

    /// The kind that says what a target has to do, where a declaration of this one alone is satisfied by a target
    /// that refuses everything.
    fn twin(&self) -> Option<&'static str> {
        None
    }

    /// Whether its tests need a binary that counts, or fills, what is on the heap.
    fn counts_heap(&self) -> bool {
        false
    }

    /// Whether its tests measure the stack: of code that is optimized more than its manifest says they tell nothing.
    fn counts_stack(&self) -> bool {
        false
    }

    /// For how many seconds its test may be silent, where it waits for something else than the code under test.
    fn waits(&self, _constraint: &Constraint) -> Option<f64> {
        None
    }

    /// In which builds its tests are run.
    fn builds(&self) -> Builds {
        Builds::Counted
    }

    /// One sentence for a violation, a fragment that goes on after the id.
    fn message(&self, witness: &constraints_wire::Witness) -> String;
}

/// In which builds tests are run; what they judge depends on what the compiler makes of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builds {
    /// As the crate's own tests are built, with work counted.
    Counted,
    /// Optimized, with nothing counted.
    Optimized,
    /// Both: what is red in either is red, and what one cannot decide is left to the other.
    Both,
}

/// What the value of a key means for how much a declaration demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// Only declarations with the same value can be compared.
    Same,
    /// More words, or a flag that is on, demand more.
    More,
    /// Fewer words, a flag that is off, or a smaller amount, demand more.
    Less,
    /// It is what has to be true, as Rust.
    Statement,
}

/// What a target has to do with the values of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// Accept them.
    Accepts,
    /// Refuse them.
    Rejects,
}

/// One generated test, as data: which oracle judges, and what a case does.
#[derive(Debug, Hash)]
pub struct OracleCall {
    /// Function of the runtime that judges, such as `no_panic`.
    pub oracle: &'static str,
    /// What it judges.
    pub body: Body,
}

/// What the oracle is given.
#[derive(Debug, Hash)]
pub enum Body {
    /// A case as a sequence of steps, executed for many inputs.
    Cases(Vec<Step>),
    /// The same, with what the oracle has to know before the first case, such as a limit.
    Limited {
        /// Arguments of the oracle, between the id and the case.
        limits: Vec<Expr>,
        /// The case.
        steps: Vec<Step>,
    },
    /// Plain settings; the oracle reads the sources of the crate itself.
    Sources {
        /// The module, as path segments below the root.
        module: Vec<String>,
        /// Struct of the runtime that holds the settings.
        settings: &'static str,
        /// Its fields, all of them.
        fields: Vec<(&'static str, Setting)>,
    },
    /// A type; the compiler is asked what it has, for one choice of arguments after the other.
    Types {
        /// How a person reads it.
        shown: String,
        /// The type, its open parameters by their names.
        ty: Box<Type>,
        /// What stands for each open parameter.
        choices: Vec<(String, Vec<Type>)>,
        /// What is stated of it.
        claims: Vec<Claim>,
    },
}

/// A statement about a trait of a type.
#[derive(Debug, Hash)]
pub struct Claim {
    /// The trait.
    pub of: syn::Path,
    /// When the type has it, by its name in the runtime.
    pub has: &'static str,
    /// The conditions: each type, and what it has to have.
    pub conditions: Vec<(Type, Punctuated<TypeParamBound, Token![+]>)>,
}

impl Body {
    /// The steps of a case with those inside of them; none where no case is executed.
    pub fn all_steps(&self) -> impl Iterator<Item = &Step> {
        self.steps().iter().flat_map(|step| {
            let inside = match step {
                Step::Walk(walk) => walk.arms.as_slice(),
                _ => &[],
            };
            std::iter::once(step).chain(inside.iter().flat_map(|arm| &arm.draws))
        })
    }

    /// The steps of a case; none where no case is executed.
    pub fn steps(&self) -> &[Step] {
        match self {
            Self::Cases(steps) | Self::Limited { steps, .. } => steps,
            Self::Sources { .. } | Self::Types { .. } => &[],
        }
    }
}

/// The value of a setting.
#[derive(Debug)]
pub enum Setting {
    /// A list of words.
    Words(Vec<String>),
    /// Yes or no.
    Flag(bool),
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// Lists of words by name.
    Table(Vec<(String, Vec<String>)>),
}

impl Hash for Setting {
    fn hash<H: Hasher>(&self, state: &mut H) {
        mem::discriminant(self).hash(state);
        match self {
            Self::Words(words) => words.hash(state),
            Self::Flag(flag) => flag.hash(state),
            Self::Text(text) => text.hash(state),
            Self::Number(number) => number.to_bits().hash(state),
            Self::Table(table) => table.hash(state),
        }
    }
}

/// One line of a case.
#[derive(Debug, Hash)]
pub enum Step {
    /// `case.must_pass();`: no sample as it stands may be refused.
    MustPass,
    /// `case.env("NAME", recipe)?;`
    Env(EnvVariable),
    /// `case.sample_row(rows);`: one of the rows lends its values.
    Row(usize),
    /// `let old_name = name.clone();`
    Keep(String),
    /// `let name = case.draw("name", recipe)?;`
    Draw {
        /// The name.
        name: String,
        /// How it is made.
        recipe: Recipe,
        /// The input that says so, if one does.
        input: Option<Id>,
        /// Whether a later step changes it.
        mutable: bool,
    },
    /// `let name = case.folder("name")?;`: a folder that the target may use.
    Folder {
        /// The name.
        name: String,
        /// A text; else a path.
        is_text: bool,
    },
    /// `case.when(condition)?;`
    When(Expr),
    /// `let bind = case.call(|| ..)?;`
    Call {
        /// Name of the result; `None` drops it.
        bind: Option<String>,
        /// Whose call it is.
        via: Via,
        /// What is called.
        call: Call,
        /// What the call awaits.
        is_async: bool,
    },
    /// `let bind = case.accepted(bind)?;`: leaves the case when the value is a refusal.
    Accepted(String),
    /// `case.refused(condition)?;`: leaves the case when the call was refused.
    Refused(Expr),
    /// `case.passed(condition)?;`: has to be true of samples that must pass.
    Passed(Expr),
    /// `case.see("name", || ..);`: shown with a witness.
    See {
        /// What it is called there.
        name: String,
        /// The value.
        value: Expr,
        /// What it is held against, where only that says which type it has.
        against: Option<Expr>,
    },
    /// `case.then("text", condition)?;`
    Then {
        /// The statement as the user wrote it.
        text: String,
        /// The condition.
        condition: Expr,
    },
    /// `case.resemble(&["a", "b"]);`: the next draws are near those values.
    Resemble(Vec<String>),
    /// `let name = case.draw("name", rt::cut(&of))?;`: the pieces of a value that is cut somewhere.
    Cut {
        /// The name of the list of pieces.
        name: String,
        /// What is cut.
        of: String,
        /// Whether it is cut as bytes, whatever it is.
        as_bytes: bool,
    },
    /// `let name = value;`
    Let {
        /// The name.
        name: String,
        /// The value.
        value: Expr,
        /// Whether a later step changes it.
        mutable: bool,
    },
    /// `case.method(arguments)?;`: a statement that the runtime judges.
    State {
        /// The method.
        method: &'static str,
        /// What it is about.
        arguments: Vec<Expr>,
        /// What is shown when it is false.
        show: Show,
    },
    /// `case.forge(..);` and `let name = rt::forged!(case, "name", name)?;` for each value that may be forged.
    Forge {
        /// The seal.
        seal: String,
        /// The values that it is over.
        covered: Vec<String>,
        /// The keys.
        keys: Vec<String>,
        /// All of them, in the order in which they are forged.
        forged: Vec<String>,
        /// Whether other spellings of the seal count.
        exact: bool,
    },
    /// Steps on a value, one after the other, which the runtime chooses.
    Walk(Box<Steps>),
    /// `case.same("what", holds, || [left, right])?;`
    Same {
        /// What has to be equal, in words.
        what: &'static str,
        /// Whether it is; the sides may have different types.
        holds: Expr,
        /// One side, shown when it is not.
        left: Expr,
        /// The other side.
        right: Expr,
    },
}

/// Steps on a value.
#[derive(Debug, Hash)]
pub struct Steps {
    /// What they start from; else a value called `it` was drawn.
    pub start: Option<Expr>,
    /// The type of the value, where it has to be said.
    pub ty: Option<Type>,
    /// What plays along.
    pub reference: Option<Expr>,
    /// How many steps there are, at least and at most.
    pub length: (usize, usize),
    /// What is true at the start and after every step, as written and parsed.
    pub holds: Vec<(String, Expr)>,
    /// Whether a step may panic.
    pub dares: bool,
    /// Whether code of the caller's panics now and then.
    pub has_fuse: bool,
    /// How many threads take the steps; 0 if they are taken one after the other.
    pub threads: usize,
    /// The sorts of steps.
    pub arms: Vec<Arm>,
}

/// One sort of step.
#[derive(Debug, Hash)]
pub struct Arm {
    /// Its name.
    pub name: String,
    /// Its arguments.
    pub draws: Vec<Step>,
    /// When it may be taken.
    pub when: Option<Expr>,
    /// The call.
    pub call: Call,
    /// What it leaves of the value.
    pub keeps: Keeps,
    /// Whether the value as it was before is asked for.
    pub keeps_old: bool,
    /// Whether something asks for `result`.
    pub needs_result: bool,
    /// What has to be true after it.
    pub then: Option<(String, Expr)>,
    /// The same step on the reference.
    pub plays: Plays,
    /// Whether what it gives may be forgotten, and the value has to stay sound.
    pub leaks: bool,
}

/// What a step is on the reference.
#[derive(Debug, Hash)]
pub enum Plays {
    /// Nothing.
    Not,
    /// The method of the same name.
    Method,
    /// This Rust over `model`.
    Rust(Box<Expr>),
}

/// How a statement shows what it is about, when it is false: the last argument of its method.
#[derive(Debug, Hash)]
pub enum Show {
    /// It needs no help.
    Nothing,
    /// `|| rt::shown!(value)`
    Value(Box<Expr>),
    /// `|it| rt::shown!(it)`, for values that the runtime computes.
    Any,
}

/// Whose call it is: what a crash in it means depends on that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Via {
    /// `case.call(..)`: the target.
    Target,
    /// `case.attempt(..)`: the target, whose panic is a refusal that ends the case.
    Attempt,
    /// `case.tolerate(..)`: the target, which gives nothing where it panics.
    Tolerate,
    /// `case.overhear(..)`: the target, which is listened to and gives nothing where it panics.
    Overheard,
    /// `case.sampled(..)`: the target, which is called many times.
    Sampled,
    /// `case.METHOD(..)`: the target, called in a way that only the kind at hand needs.
    By(&'static str),
    /// `case.METHOD(|turns| ..)`: the target, whose future is dropped before its end.
    Cancelled(&'static str),
    /// `case.check("what", ..)`: a helper of the statement.
    Helper(&'static str),
    /// `case.ask("what", ..)`: a helper of the statement, which gives nothing where it panics.
    Refusing(&'static str),
}

/// The call of a step.
#[derive(Debug, Hash)]
pub enum Call {
    /// A function with the named values as arguments.
    Function {
        /// The function.
        function: Function,
        /// For each parameter: the name of the value, and whether a clone is passed because it is used again.
        arguments: Vec<(String, bool)>,
    },
    /// Rust as written.
    Expression(Expr),
}
