//! What was typed last, eight commands at most.

use circular_buffer::CircularBuffer;

fn history(commands: &[u8]) -> CircularBuffer<8, u8> {
    let mut history = CircularBuffer::new();
    for command in commands {
        history.push_back(*command);
    }
    history
}

/// Whether two sessions end with the same history.
pub fn same_history(left: &[u8], right: &[u8]) -> bool {
    history(left) == history(right)
}

/// The history that a session ends with.
pub fn last_commands(commands: &[u8]) -> Vec<u8> {
    history(commands).to_vec()
}
