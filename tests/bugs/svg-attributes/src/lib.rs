//! Maps on which visitors mark points.

use svg::node::element::Circle;

/// A point with its name; a name with control characters is refused.
pub fn marker(name: &str) -> Option<String> {
    if name.chars().any(|letter| letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}')) {
        return None;
    }
    let point = Circle::new().set("r", 4).set("aria-label", name);
    Some(point.to_string())
}
