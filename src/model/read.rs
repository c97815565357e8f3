use super::{About, Faults, FileId, Model, Sources};

/// Reads declaration files, each given with its namespace.
///
/// Goes on after every fault: what could be read is in the model, what could not is in the faults.
pub fn read(_sources: &Sources, _files: &[(String, FileId)], _kinds: &[&'static About]) -> (Model, Faults) {
    todo!()
}
