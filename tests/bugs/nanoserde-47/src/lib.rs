//! Saves of a game, which a web page shows too.

use nanoserde::SerJson;

/// A player as he is saved.
#[derive(SerJson)]
struct Player {
    name: String,
    level: u32,
}

/// The save of a player.
pub fn save(name: &str, level: u32) -> String {
    Player { name: name.to_owned(), level }.serialize_json()
}
