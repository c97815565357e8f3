//! A helper with a wrong type.

pub fn broken(length: usize) -> bool {
    length
}
