//! # no_panic

use super::{Kind, OracleCall};
use crate::model::{About, Area, Fault, Shape, Status, Subject};
use crate::resolve::Bound;

/// Nothing that is passed in makes the target panic.
#[derive(Debug)]
pub struct NoPanic;

impl Kind for NoPanic {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "no_panic",
            shape: Shape::Property,
            area: Area::Stability,
            summary: "no input makes the target panic",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[],
            source: include_str!("no_panic.rs"),
        };
        &ABOUT
    }

    fn plan(&self, _bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        todo!()
    }

    fn message(&self, witness: &constraints_wire::Witness) -> String {
        witness.seen.clone()
    }
}
