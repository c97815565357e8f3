//! Functions of known growth in time, heap and stack, honest and treacherous.
//!
//! `zoo.toml` says of each what it keeps and what it does not.

pub mod first;
pub mod fourth;
pub mod fresh;
pub mod latest;
pub mod newest;
pub mod novel;
pub mod recent;
pub mod second;
pub mod third;
pub mod unseen;
