//! The search of a reader: several terms at once, in which `?` stands for any one character.

use regex_automata::meta::Regex;

/// The terms that are looked for; those that are empty do not count.
fn terms_of(terms: &[String]) -> Option<Vec<&str>> {
    let terms: Vec<&str> = terms.iter().map(String::as_str).filter(|term| !term.is_empty()).collect();
    let letters: usize = terms.iter().map(|term| term.chars().count()).sum();
    (!terms.is_empty() && letters <= 200).then_some(terms)
}

/// Where the first hit stands in `text` (its first byte, and the one behind its last): the one that begins first, and of
/// those that begin together that of the term that was named first. Nothing is found for no terms, or for more than 200 letters.
pub fn find(terms: &[String], text: &str) -> Option<(usize, usize)> {
    let one = |term: &str| -> String {
        term.chars().map(|c| if c == '?' { "(?s:.)".to_string() } else { format!("\\x{{{:x}}}", u32::from(c)) }).collect()
    };
    let pattern: Vec<String> = terms_of(terms)?.into_iter().map(one).collect();
    let regex = Regex::new(&pattern.join("|")).expect("the pattern is well-formed");
    regex.find(text).map(|hit| (hit.start(), hit.end()))
}

/// The same, place by place and term by term.
pub fn find_plain(terms: &[String], text: &str) -> Option<(usize, usize)> {
    let terms = terms_of(terms)?;
    for (start, _) in text.char_indices() {
        for term in &terms {
            let mut rest = text[start..].chars();
            if term.chars().all(|wanted| rest.next().is_some_and(|c| wanted == '?' || wanted == c)) {
                return Some((start, text.len() - rest.as_str().len()));
            }
        }
    }
    None
}
