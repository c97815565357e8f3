//! Takes a name of a declaration, gives what stands in its way of being a Rust module or function.

/// Strict and reserved keywords of every edition, in order.
const KEYWORDS: [&str; 53] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
    "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield", "_",
];

/// Why `name` cannot name a module or function that we generate, if so.
pub(super) fn objection(name: &str) -> Option<&'static str> {
    if KEYWORDS.contains(&name) {
        Some("this is a keyword of Rust")
    } else if is_snake_case(name) {
        None
    } else {
        Some("not lower snake case")
    }
}

/// A name near `name` that nothing stands in the way of.
pub(super) fn repaired(name: &str) -> Option<String> {
    let mut repaired = String::new();
    for letter in name.chars() {
        let after_lower = repaired.ends_with(|last: char| last.is_ascii_lowercase() || last.is_ascii_digit());
        if letter.is_ascii_uppercase() && after_lower {
            repaired.push('_');
        }
        repaired.push(if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' });
    }
    let mut repaired = repaired.split('_').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
    if KEYWORDS.contains(&repaired.as_str()) {
        repaired.push('_');
    }
    objection(&repaired).is_none().then_some(repaired)
}

/// Whether `name` can be the name of a parameter.
pub(super) fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}

fn is_snake_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::{objection, repaired};

    #[test]
    fn names_are_lower_snake_case_and_no_keyword() {
        for name in ["a", "parse_total", "_x", "x2", "main"] {
            assert_eq!(objection(name), None, "{name}");
        }
        for name in ["", "_", "a-b", "Parse", "2x", "mod", "gen", "a b", "ä", "a.b"] {
            assert!(objection(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_repaired_name_is_proposed_when_there_is_one() {
        assert_eq!(repaired("parse-Total").as_deref(), Some("parse_total"));
        assert_eq!(repaired("ParseTotal").as_deref(), Some("parse_total"));
        assert_eq!(repaired("mod").as_deref(), Some("mod_"));
        assert_eq!(repaired("2x"), None);
        assert_eq!(repaired("ä"), None);
    }
}
