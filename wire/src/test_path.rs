//! Where the generated test of a constraint stands: the tool writes it there, and the runtime finds it again.

/// The path of the test of the constraint `id` inside the test binary, such as `links::parse_total`.
///
/// An instance of a constraint on many items, `links.total@crate::api::create`, is `links::total_AT_api__create`:
/// the capitals keep it apart from declared names, which have none.
#[must_use]
pub fn test_path(id: &str) -> String {
    match id.split_once('@') {
        Some((family, item)) => format!("{}_AT_{}", family.replace('.', "::"), word(item)),
        None => id.replace('.', "::"),
    }
}

/// A path as one word: `api__create` for `crate::api::create`.
///
/// Where the joints of the words could be taken for letters of them, or letters are not plain ones, a number made from
/// the path follows, so that no two paths have the same word.
fn word(path: &str) -> String {
    let names: Vec<&str> = path.split("::").skip_while(|name| *name == "crate").collect();
    let word = names.join("__");
    let is_plain = |name: &&str| {
        let letters = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        letters && !name.starts_with('_') && !name.ends_with('_') && !name.contains("__")
    };
    if !names.is_empty() && names.iter().all(is_plain) {
        return word;
    }
    // FNV-1a, which is the same on every machine and in every release.
    let hash = path.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    format!("{}___{hash:016x}", word.chars().map(letter).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::test_path;

    #[test]
    fn the_test_of_an_instance_is_readable_and_its_own() {
        assert_eq!(test_path("links.deep.parse_total"), "links::deep::parse_total");
        assert_eq!(test_path("links.total@crate::api::Foo::bar"), "links::total_AT_api__Foo__bar");
        let odd = [
            "crate::a::_b",
            "crate::a_::b",
            "crate::a::r#fn",
            "crate::a___b",
            "crate::\u{e4}",
            "crate::\u{f6}",
        ];
        let paths: std::collections::BTreeSet<_> =
            odd.iter().map(|it| test_path(&format!("m.t@{it}"))).collect();
        assert_eq!(paths.len(), odd.len(), "{paths:?}");
    }
}
