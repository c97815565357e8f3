//! Functions that go astray on a percent sign, each in its own way, and some that do not.

/// Ends the thread.
pub fn panics(text: &str) -> usize {
    text.find('%').map_or(0, |_| panic!("a percent sign"))
}

/// Ends the process.
pub fn aborts(text: &str) -> usize {
    text.find('%').map_or(0, |_| std::process::abort())
}

/// Ends the process as if all were well.
pub fn exits(text: &str) -> usize {
    text.find('%').map_or(0, |_| std::process::exit(0))
}

/// Overflows the stack; in large steps, so that it takes no time worth speaking of.
pub fn recurses(text: &str) -> usize {
    let step = std::hint::black_box([0_u8; 64 * 1024]);
    text.find('%').map_or(0, |at| recurses(text) + usize::from(step[at]))
}

/// Does not come back.
pub fn loops(text: &str) -> usize {
    while text.contains('%') {
        std::hint::black_box(text);
    }
    0
}

/// Answers.
pub fn answers(text: &str) -> usize {
    text.len()
}
