use proptest::prelude::*;
use toml::de::{DeTable, DeValue};

use super::{Expression, Sources, decode, locate_in_string};
use crate::model::Span;

/// The text of the file that the first place where `part` stands in the decoded text leads to.
fn check(raw: &str, part: &str) -> String {
    let file = format!("key = {raw} # end\n");
    let text = decoded_by_toml(&file).expect("valid TOML");
    let mut sources = Sources::default();
    let span = Span { file: sources.add("a.toml", file), start: 6, end: 6 + raw.len() };
    let start = text.find(part).expect("part of the text");
    let expression = Expression { text, span };
    let found = expression.locate(&sources, start..start + part.len());
    sources.text(found).to_owned()
}

fn decoded_by_toml(file: &str) -> Option<String> {
    let table = DeTable::parse(file).ok()?;
    match table.get_ref().get("key")?.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    }
}

#[test]
fn literal_texts_stand_for_themselves() {
    assert_eq!(check(r"'a \n b'", r"\n"), r"\n");
    assert_eq!(check("'äöü x'", "x"), "x");
}

#[test]
fn escapes_are_pointed_at_whole() {
    assert_eq!(check(r#""a\tb\"c""#, "\t"), r"\t");
    assert_eq!(check(r#""a\tb\"c""#, "b\"c"), r#"b\"c"#);
    assert_eq!(check(r#""\u00e4\U0001F600\x41\e""#, "😀A"), r"\U0001F600\x41");
}

#[test]
fn the_first_newline_of_a_multi_line_text_is_left_out() {
    assert_eq!(check("\"\"\"\nresult\n\"\"\"", "result"), "result");
    assert_eq!(check("'''\r\nresult\n'''", "result"), "result");
    assert_eq!(check("'''it's'''", "it's"), "it's");
}

#[test]
fn a_backslash_at_the_end_of_a_line_joins_the_lines() {
    assert_eq!(check("\"\"\"\na \\  \n\n   b \\\r\n c\"\"\"", "b c"), "b \\\r\n c");
    assert_eq!(check("\"\"\"a\\\n b\"\"\"", "b"), "b");
}

#[test]
fn quotes_beside_the_closing_quotes_belong_to_the_text() {
    assert_eq!(check(r#"""""a""""""#, "\"a\""), "\"a\"");
    assert_eq!(check("''''a'''''", "a''"), "a''");
}

#[test]
fn empty_ranges_and_ranges_outside_stay_in_the_text() {
    let mut sources = Sources::default();
    let file = sources.add("a.toml", "\"ab\"");
    let span = Span { file, start: 0, end: 4 };
    let place = |range| {
        let found = locate_in_string(&sources, span, range);
        (found.start, found.end)
    };
    assert_eq!(place(0..0), (1, 1));
    assert_eq!(place(1..1), (2, 2));
    assert_eq!(place(2..2), (3, 3));
    assert_eq!(place(0..99), (1, 3));
    assert_eq!(place(7..99), (3, 3));
}

#[test]
fn bare_keys_and_rust_stand_for_themselves() {
    let mut sources = Sources::default();
    let file = sources.add("a.toml", "text");
    let found = locate_in_string(&sources, Span { file, start: 0, end: 4 }, 1..3);
    assert_eq!(sources.text(found), "ex");
}

/// What may stand between quotes, with much of what the four notations treat differently.
fn content() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "a",
        "ä",
        "日",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\\\n",
        "\\ \n  ",
        "\\\r\n\t",
        "\\\\",
        "\\\"",
        "\"",
        "'",
        "\\n",
        "\\t",
        "\\e",
        "\\x41",
        "\\u00e4",
        "\\U0001F600",
        "\\b",
        "\\f",
        "\\r",
    ]);
    prop::collection::vec(words, 0..12).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn texts_are_decoded_as_toml_does(content in content(), quotes in prop::sample::select(vec!["\"", "'", "\"\"\"", "'''"])) {
        let raw = format!("{quotes}{content}{quotes}");
        let file = format!("key = {raw}");
        let Some(text) = decoded_by_toml(&file) else { return Ok(()) };
        let units = decode(&raw).units;
        prop_assert_eq!(units.iter().map(|unit| unit.text).collect::<String>(), text);
        for pair in units.windows(2) {
            prop_assert!(pair[0].raw.end <= pair[1].raw.start);
        }
    }

    #[test]
    fn any_text_and_any_range_give_a_place(raw in any::<String>(), start in 0_usize..20, length in 0_usize..20) {
        let mut sources = Sources::default();
        let span = Span { file: sources.add("a.toml", raw.as_str()), start: 0, end: raw.len() };
        sources.text(locate_in_string(&sources, span, start..start + length));
    }
}
