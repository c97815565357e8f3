//! Chores of this workspace, run as `cargo xtask NAME`.

fn main() {}
