//! What the tests of oracles share.

use std::panic::catch_unwind;

/// What a red test says; a green one is an error.
pub(crate) fn red(test: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let panic = catch_unwind(test).expect_err("the test is red");
    panic.downcast_ref::<String>().cloned().unwrap_or_default()
}

/// Each of `parts` stands in `message`.
pub(crate) fn says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{part:?} is not in\n{message}");
    }
}
