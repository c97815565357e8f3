//! What every kind is, and the small tree that a kind lowers a bound declaration into.

use syn::Expr;

use crate::model::{About, Fault};
use crate::resolve::{Bound, Function, Recipe};

/// A sort of requirement.
pub trait Kind: Sync {
    /// What can be said without a declaration.
    fn about(&self) -> &'static About;

    /// Lowers a bound declaration into the test that judges it. Pure.
    ///
    /// # Errors
    /// What the declaration lacks for this kind.
    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault>;

    /// One sentence for a violation, a fragment that goes on after the id.
    fn message(&self, witness: &constraints_wire::Witness) -> String;
}

/// One generated test, as data: which oracle judges, and what a case does.
#[derive(Debug)]
pub struct OracleCall {
    /// Function of the runtime that judges, such as `no_panic`.
    pub oracle: &'static str,
    /// What it judges.
    pub body: Body,
}

/// What the oracle is given.
#[derive(Debug)]
pub enum Body {
    /// A case as a sequence of steps, executed for many inputs.
    Cases(Vec<Step>),
    /// Lists of words by name; the oracle reads the sources of the crate itself.
    Sources {
        /// The module, as path segments below the root.
        module: Vec<String>,
        /// What the oracle looks for.
        words: Vec<(&'static str, Vec<String>)>,
    },
}

/// One line of a case.
#[derive(Debug)]
pub enum Step {
    /// `let name = case.draw("name", recipe)?;`
    Draw {
        /// The name.
        name: String,
        /// How it is made.
        recipe: Recipe,
        /// Whether a later step changes it.
        mutable: bool,
    },
    /// `case.when(condition)?;`
    When(Expr),
    /// `let bind = case.call(|| ..)?;`
    Call {
        /// Name of the result; `None` drops it.
        bind: Option<&'static str>,
        /// Method of the case: `call` for the target, `check` for helpers of the statement.
        via: &'static str,
        /// What is called.
        call: Call,
        /// What the call awaits.
        is_async: bool,
    },
    /// `let bind = case.accepted(value)?;`: leaves the case when the value is a refusal.
    Accepted(&'static str),
    /// `case.see("name", || ..);`: shown with a witness.
    See {
        /// What it is called there.
        name: String,
        /// The value.
        value: Expr,
    },
    /// `case.then("text", condition)?;`
    Then {
        /// The statement as the user wrote it.
        text: String,
        /// The condition.
        condition: Expr,
    },
    /// `case.same("what", &left, &right)?;`
    Same {
        /// What has to be equal, in words.
        what: String,
        /// One side.
        left: Expr,
        /// The other side.
        right: Expr,
    },
}

/// The call of a step.
#[derive(Debug)]
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
