//! # `bounded_stack`
//!
//! ## What it requires
//! A call goes no deeper down its thread's stack than `at_most` says, whatever is passed in.
//! Without `at_most` that is `2 MiB`, the stack of a thread that says nothing else.
//! Dropping what the call gives counts too; the frame that makes the call does not.
//!
//! ## Why it matters
//! A stack overflow cannot be caught: it ends the whole process, and all requests it was working on.
//! A parser that calls itself for each level of nesting is ended by a few kilobytes of opening brackets.
//!
//! ## Declaration
//! ```toml
//! [constraint.depth_stack]
//! says    = "Measuring the depth of a list uses bounded stack, however deep it is nested"
//! kind    = "bounded_stack"
//! target  = "crate::depth"
//! at_most = "256 KiB"
//! size    = "64 KiB"
//! args.list = { like = ["[[1], [2, [3]]]"] }
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn depth(list: &str) -> Result<usize, String> {
//!     let mut rest = list.as_bytes();
//!     below(&mut rest, 0)
//! }
//!
//! fn below(rest: &mut &[u8], level: usize) -> Result<usize, String> {
//!     let most = 64;
//!     if level > most {
//!         return Err("nested too deep".to_owned());
//!     }
//!     let mut deepest = level;
//!     while let Some((first, behind)) = rest.split_first() {
//!         *rest = behind;
//!         match first {
//!             b'[' => deepest = deepest.max(below(rest, level + 1)?),
//!             b']' => return Ok(deepest),
//!             _ => {}
//!         }
//!     }
//!     Ok(deepest)
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn depth(list: &str) -> Result<usize, String> {
//!     let mut rest = list.as_bytes();
//!     below(&mut rest, 0)
//! }
//!
//! fn below(rest: &mut &[u8], level: usize) -> Result<usize, String> {
//!     let most = usize::MAX; // red: main.depth_stack
//!     if level > most {
//!         return Err("nested too deep".to_owned());
//!     }
//!     let mut deepest = level;
//!     while let Some((first, behind)) = rest.split_first() {
//!         *rest = behind;
//!         match first {
//!             b'[' => deepest = deepest.max(below(rest, level + 1)?),
//!             b']' => return Ok(deepest),
//!             _ => {}
//!         }
//!     }
//!     Ok(deepest)
//! }
//! ```
//!
//! ## How it is checked
//! The calls are made on a thread with a very large stack.
//! The pages below the caller are given back before each call; those that are in use again afterwards were touched, so the depth is known to a page.
//! The target is called with the samples and with families of inputs that grow up to `size`: brackets, tags and whatever a length announces are put into themselves, and any part, any single byte and units of many formats are repeated.
//! Families that go down fastest are followed to the next size.
//! A call that overflows even the large stack is as red as one above the bound.
//!
//! ## What it cannot see
//! Less than a page or two, and less than the 16 KiB that are left alone below the caller.
//! The stack of other threads that the call starts.
//! Frames are larger in a build without optimization, and a function that ends by calling itself has one for each call: what is red there may be green in a release build, and the message says in which of them it was measured.
//! `cargo constraints check` optimizes nothing for it that the profile of tests does not.
//! Systems other than Linux do not tell which pages are in use: the constraint is undecided there.
//!
//! ## References
//! - CWE-674, uncontrolled recursion: <https://cwe.mitre.org/data/definitions/674.html>
//! - `std::thread`, on the size of stacks: <https://doc.rust-lang.org/std/thread/index.html#stack-size>

use constraints_wire::Witness;
use constraints_wire::measure::Dimension;
use syn::parse_quote;

use super::limits::{self, GROWS, N, SIZE};
use super::lowering::{fresh, ident, on_values};
use super::{Body, Kind, OracleCall, Show, Step};
use crate::model::{About, Area, Fault, Shape, Status, Subject};
use crate::resolve::Bound;

/// A call goes no deeper down the stack than it may.
#[derive(Debug)]
pub(super) struct BoundedStack;

impl Kind for BoundedStack {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "bounded_stack",
            shape: Shape::Measure,
            area: Area::Security,
            summary: "a call goes no deeper down the stack than it may",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[
                limits::at_most(
                    Dimension::Bytes,
                    false,
                    "The most stack that a call may use, such as `1 MiB`; by default the `2 MiB` of a thread.",
                ),
                SIZE,
                GROWS,
                N,
            ],
            source: include_str!("bounded_stack.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let limits = limits::limits(bound, Some("2 MiB"))?;
        let result = fresh(bound, "result");
        let mut steps = limits::measured(bound, Some(&result))?;
        let result = ident(&result);
        // What a drop needs of the stack counts: lists and trees that drop themselves link by link overflow it.
        steps.push(Step::State {
            method: "release",
            arguments: vec![parse_quote!(#result)],
            show: Show::Nothing,
        });
        Ok(OracleCall { oracle: "bounded_stack", body: Body::Limited { limits, steps } })
    }

    fn counts_stack(&self) -> bool {
        true
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("goes too deep down the stack", witness)
    }
}
