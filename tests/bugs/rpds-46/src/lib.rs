//! Statistics about texts.

use rpds::List;

/// The words of a text, the last one first.
fn words(text: &str) -> List<String> {
    text.split_whitespace().fold(List::new(), |list, word| list.push_front(word.to_string()))
}

/// How often the word that comes last is repeated at the end of the text.
pub fn longest_run(text: &str) -> usize {
    let list = words(text);
    match list.first() {
        Some(last) => list.iter().take_while(|word| *word == last).count(),
        None => 0,
    }
}
