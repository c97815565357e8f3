use crate::model::{Faults, Model, Sources};

use super::{Bound, CrateFacts};

/// Binds every constraint of the model to the items of the crate, ordered by id.
pub fn bind<'m>(_model: &'m Model, _facts: &CrateFacts, _sources: &Sources) -> (Vec<Bound<'m>>, Faults) {
    todo!()
}
