//! HTML: elements, attributes and comments are structure, what stands in them is values.

use super::reading::Reading;
use crate::browser::address::full_name;
use crate::browser::tree::{Data, Tree, Visit, document, fragment, is_document};

/// Reads a document or a part of one; `like` is the output with harmless values, which says what it is.
pub(crate) fn read(text: &str, like: &str) -> Reading {
    let mut reading = Reading::default();
    if is_document(like) {
        for scripts in [true, false] {
            add(&document(text, scripts), &mut reading);
        }
    } else {
        // What follows shows whether everything that was opened is closed again.
        let text = format!("{text}</i></b><i>after</i>");
        for scripts in [true, false] {
            add(&fragment(&text, scripts), &mut reading);
        }
    }
    reading
}

/// Reads attributes, or the value of one, as they stand in a tag.
pub(crate) fn read_attribute(text: &str, like: &str, quotes: &str) -> Reading {
    let is_whole = like.trim_start().starts_with('<');
    let is_pair = like.split_once('=').is_some_and(|(_, value)| value.starts_with(['"', '\'']));
    if is_whole {
        return read(text, like);
    }
    let mut reading = Reading::default();
    let forms: &[[&str; 2]] = match (is_pair, quotes) {
        (true, _) => &[["<a ", " title=after>x</a>"]],
        (_, "single") => &[["<a href='", "' title=after>x</a>"]],
        (_, "both") => &[["<a href='", "' title=after>x</a>"], ["<a href=\"", "\" title=after>x</a>"]],
        (_, "none") => &[["<a href=", " title=after>x</a>"]],
        _ => &[["<a href=\"", "\" title=after>x</a>"]],
    };
    for [before, behind] in forms {
        reading.append(read(&format!("{before}{text}{behind}"), before));
    }
    reading
}

fn add(tree: &Tree, reading: &mut Reading) {
    tree.walk(&mut |visit| match visit {
        Visit::Enter(Data::Element(element)) => {
            reading.structure(format!("<{}>", element.name.local));
            for attribute in &element.attributes {
                reading.structure(format!("{}=", full_name(attribute)));
                reading.value(&attribute.value);
            }
            reading.structure("content");
        }
        Visit::Enter(Data::Text(text)) => reading.value(text),
        Visit::Enter(Data::Comment(text)) => {
            reading.structure("a comment");
            reading.value(text);
            reading.structure("the end of a comment");
        }
        Visit::Enter(Data::Doctype(name)) => reading.structure(format!("<!DOCTYPE {name}>")),
        Visit::Enter(Data::Document) => {}
        Visit::Leave => reading.structure("the end of an element"),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        read(text, text).shape().join(" ")
    }

    #[test]
    fn values_do_not_change_the_shape_and_elements_do() {
        assert_eq!(shape("<p title=a>b</p>"), shape("<p title=\"&lt;b&gt;\">&lt;b&gt;</p>"));
        for hostile in [
            "<p title=a>b<b></p>",
            "<p title=a b>b</p>",
            "<p title=a>b<!-- </p>",
            "<p title=a>b</p",
            "<p title=a>b&amp;</p></p>",
        ] {
            assert_ne!(shape("<p title=a>b</p>"), shape(hostile), "{hostile}");
        }
    }

    #[test]
    fn an_attribute_ends_where_its_quotes_do() {
        let shape = |text: &str, quotes: &str| read_attribute(text, "a", quotes).shape().join(" ");
        assert_eq!(shape("a b'<>&quot;", ""), shape("a", ""));
        assert_ne!(shape("a\" b=\"c", ""), shape("a", ""));
        assert_ne!(shape("a' b='c", "single"), shape("a", "single"));
        assert_ne!(shape("a' b='c", "both"), shape("a", "both"));
        assert_ne!(shape("a b=c", "none"), shape("a", "none"));
        let pair = |text: &str| read_attribute(text, "title=\"a\"", "").shape().join(" ");
        assert_eq!(pair("title=\"b c\""), pair("title=\"a\""));
        assert_ne!(pair("title=\"b\" c=\"\""), pair("title=\"a\""));
    }
}
