//! Takes a name nobody knows and the names there are, gives those it may have been meant to be.

/// The candidates that `wanted` may have been meant to be, nearest first, at most three.
///
/// Near is: another case, a few typing errors, the same words in another order, the same last segment
/// of a path, or the beginning of the name.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let name = Name::of(wanted);
    // Of names that differ in case only, the one that is written the same comes first.
    let near = |candidate| Some((name.distance(&Name::of(candidate))?, candidate != wanted, candidate));
    let mut near: Vec<(usize, bool, &str)> = candidates.into_iter().filter_map(near).collect();
    near.sort_unstable();
    near.dedup();
    near.truncate(3);
    near.into_iter().map(|(_, _, candidate)| candidate).collect()
}

/// `did you mean …?` for the names that [`nearest`] gave, or nothing when there is none.
pub fn did_you_mean(near: &[&str]) -> Option<String> {
    Some(format!("did you mean {}?", list(near, "or")?))
}

/// The names in backticks, with `and` or `or` before the last one.
pub(super) fn list(names: &[&str], word: &str) -> Option<String> {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let (last, first) = quoted.split_last()?;
    Some(if first.is_empty() { last.clone() } else { format!("{} {word} {last}", first.join(", ")) })
}

struct Name {
    whole: String,
    last: String,
}

impl Name {
    fn of(text: &str) -> Self {
        let whole = text.to_lowercase();
        let last = whole.rsplit(['.', ':']).next().unwrap_or_default().to_owned();
        Self { whole, last }
    }

    /// How far `candidate` is, or nothing if nobody would mistake one for the other.
    ///
    /// A step of typing counts two, so that a match of a part can rank between two such steps.
    fn distance(&self, candidate: &Self) -> Option<usize> {
        let typed = typing_errors(&self.whole, &candidate.whole).map(|errors| errors * 2);
        let last = typing_errors(&self.last, &candidate.last).map(|errors| errors * 2 + 1);
        let words = (words(&self.whole) == words(&candidate.whole)).then_some(1);
        let begun = begins(&self.last, &candidate.last).map(|missing| 6 + missing);
        [typed, last, words, begun].into_iter().flatten().min()
    }
}

/// Typing errors between two names, if few enough for their length.
fn typing_errors(left: &str, right: &str) -> Option<usize> {
    let length = left.chars().count();
    let allowed = length.max(3) / 3;
    // Names that differ more in length cannot be near; most candidates end here, before the costly part.
    if left.len().abs_diff(right.len()) > allowed * 4 {
        return None;
    }
    let errors = strsim::damerau_levenshtein(left, right);
    // As many errors as letters is another name.
    (errors <= allowed && errors < length).then_some(errors)
}

/// How many bytes the longer name has over the shorter one, if it begins with it.
fn begins(left: &str, right: &str) -> Option<usize> {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    (short.len() >= 3 && long.starts_with(short)).then(|| long.len() - short.len())
}

fn words(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = name.split(['_', '-', '.', ':']).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, nearest};

    fn check(wanted: &str, candidates: &[&str]) -> String {
        did_you_mean(&nearest(wanted, candidates.iter().copied())).unwrap_or_default()
    }

    #[test]
    fn typing_errors_are_near() {
        assert_eq!(check("tagret", &["says", "kind", "target"]), "did you mean `target`?");
        assert_eq!(check("no_panics", &["law", "no_panic"]), "did you mean `no_panic`?");
    }

    #[test]
    fn another_case_is_nearest() {
        assert_eq!(
            check("Parse", &["parser", "parse", "PARSE"]),
            "did you mean `PARSE`, `parse` or `parser`?"
        );
    }

    #[test]
    fn the_name_itself_comes_before_the_same_in_another_case() {
        assert_eq!(nearest("parse", ["PARSE", "Parse", "parse"]), ["parse", "PARSE", "Parse"]);
    }

    #[test]
    fn the_last_segment_of_a_path_counts() {
        let items = ["crate::link::parse", "crate::link::render", "crate::store::open"];
        assert_eq!(check("crate::parse", &items), "did you mean `crate::link::parse`?");
        assert_eq!(check("parse_total", &["links.parse_total"]), "did you mean `links.parse_total`?");
    }

    #[test]
    fn the_order_of_words_does_not_matter() {
        assert_eq!(check("links_safe", &["safe_links", "links"]), "did you mean `safe_links` or `links`?");
    }

    #[test]
    fn a_beginning_is_near() {
        assert_eq!(check("one_of_hex", &["one_of", "is"]), "did you mean `one_of`?");
    }

    #[test]
    fn strangers_are_not_proposed() {
        assert_eq!(check("risk", &["goal", "input", "constraint"]), "");
        assert_eq!(check("", &["a", "b"]), "");
        assert_eq!(check("a", &["b", "c"]), "");
    }

    #[test]
    fn at_most_three_are_given() {
        assert_eq!(nearest("aaaa", ["aaab", "aaac", "aaad", "aaae"]).len(), 3);
    }
}
