//! Formats of data: JSON and XML.

use serde_json::Value;

use super::reading::Reading;

/// Reads JSON; text without quotes around it is what stands between them.
pub(crate) fn read_json(text: &str, like: &str) -> Reading {
    let is_inside = serde_json::from_str::<Value>(like).is_err()
        && serde_json::from_str::<Value>(&format!("\"{like}\"")).is_ok();
    let text = if is_inside { format!("[\"{text}\"]") } else { text.to_string() };
    let mut reading = Reading::default();
    let mut all = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    loop {
        match all.next() {
            None => return reading,
            Some(Ok(value)) => add(&value, &mut reading),
            Some(Err(_)) => {
                reading.structure("what is not JSON");
                return reading;
            }
        }
    }
}

fn add(value: &Value, reading: &mut Reading) {
    match value {
        Value::Null | Value::Bool(_) => reading.structure(value.to_string()),
        Value::Number(_) => {
            reading.structure("a number");
        }
        Value::String(text) => {
            reading.structure("a text");
            reading.value(text);
        }
        Value::Array(items) => {
            reading.structure("[");
            for item in items {
                add(item, reading);
            }
            reading.structure("]");
        }
        Value::Object(fields) => {
            reading.structure("{");
            for (key, value) in fields {
                reading.structure(format!("the key {key}"));
                add(value, reading);
            }
            reading.structure("}");
        }
    }
}

/// Reads XML, well-formed or not.
pub(crate) fn read_xml(text: &str, like: &str) -> Reading {
    let mut reading = Reading::default();
    // What follows shows whether everything that was opened is closed again.
    let text = if like.contains('<') { text.to_string() } else { format!("<a b=\"{text}\">{text}</a>") };
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        characters(&rest[..at], &mut reading);
        rest = markup(&rest[at..], &mut reading);
    }
    characters(rest, &mut reading);
    reading
}

/// Reads what begins with `<`; gives what is behind it.
fn markup<'t>(text: &'t str, reading: &mut Reading) -> &'t str {
    for (open, close, name) in [
        ("<!--", "-->", "a comment"),
        ("<![CDATA[", "]]>", "a text"),
        ("<?", "?>", "an instruction"),
        ("<!", ">", "a declaration"),
    ] {
        let Some(inside) = text.strip_prefix(open) else { continue };
        let Some((content, behind)) = inside.split_once(close) else {
            reading.structure(format!("{name} without an end"));
            return "";
        };
        if name != "a text" {
            reading.structure(name);
        }
        if name == "a comment" && content.contains("--") {
            reading.structure("an early end of a comment");
        }
        reading.value(content);
        if name != "a text" {
            reading.structure("the end of it");
        }
        return behind;
    }
    tag(&text[1..], reading)
}

fn tag<'t>(text: &'t str, reading: &mut Reading) -> &'t str {
    let end = text
        .find(|it: char| it.is_whitespace() || matches!(it, '>' | '=' | '"' | '\'' | '<'))
        .unwrap_or(text.len());
    reading.structure(format!("<{}>", text[..end].trim_end_matches('/')));
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start_matches(|it: char| it.is_whitespace() || it == '/');
        if let Some(behind) = rest.strip_prefix('>') {
            reading.structure("content");
            return behind;
        }
        let end =
            rest.find(|it: char| it.is_whitespace() || matches!(it, '>' | '=' | '<')).unwrap_or(rest.len());
        if rest.is_empty() || rest.starts_with('<') {
            reading.structure("a tag without an end");
            return rest;
        }
        reading.structure(format!("{}=", &rest[..end]));
        rest = rest[end..].trim_start();
        let Some(value) = rest.strip_prefix('=') else { continue };
        let value = value.trim_start();
        let Some(quote) = value.chars().next().filter(|it| matches!(it, '"' | '\'')) else {
            reading.structure("a value without quotes");
            rest = value;
            continue;
        };
        let Some((inside, behind)) = value[1..].split_once(quote) else {
            reading.structure("a quote without an end");
            return "";
        };
        if inside.contains('<') {
            reading.structure("a raw <");
        }
        characters(inside, reading);
        rest = behind;
    }
}

/// Text with its entities; one that no standard knows is structure.
fn characters(text: &str, reading: &mut Reading) {
    if text.contains("]]>") {
        reading.structure("a raw ]]>");
    }
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        reading.value(before);
        rest = behind;
        let Some((name, behind)) = behind.split_once(';').filter(|(name, _)| name.len() < 12) else {
            reading.structure("a raw &");
            continue;
        };
        let code = match name.strip_prefix('#').map(|code| (code, code.strip_prefix('x'))) {
            Some((_, Some(hex))) => u32::from_str_radix(hex, 16).ok(),
            Some((decimal, None)) => decimal.parse().ok(),
            None => None,
        };
        let known = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => code.and_then(char::from_u32),
        };
        match known {
            Some(letter) => reading.value(letter.encode_utf8(&mut [0; 4])),
            None => reading.structure(format!("the entity {name}")),
        }
        rest = behind;
    }
    reading.value(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_its_shape_whatever_its_texts_say() {
        let shape = |text: &str| read_json(text, "{\"a\": \"Kq\"}").shape().join(" ");
        assert_eq!(shape("{\"a\": \"x\\\"}\"}"), shape("{\"a\": \"Kq\"}"));
        for text in [
            "{\"a\": \"x\", \"b\": \"\"}",
            "{\"a\": \"x\"\"}",
            "{\"a\": \"\n\"}",
            "{\"a\": null}",
            "{\"a\": \"x\"} {}",
        ] {
            assert_ne!(shape(text), shape("{\"a\": \"Kq\"}"), "{text}");
        }
        assert_eq!(read_json("x\\\"y", "Kq").values("a text"), ["x\"y"]);
        assert_ne!(read_json("x\"y", "Kq").shape(), read_json("Kq", "Kq").shape());
    }

    #[test]
    fn xml_keeps_its_shape_whatever_its_texts_say() {
        let like = "<a b=\"Kq\">Kq</a>";
        let shape = |text: &str| read_xml(text, like).shape().join(" ");
        assert_eq!(shape("<a b=\"&lt;&quot;'\">&lt;b>&#38;</a>"), shape(like));
        assert_eq!(shape("<a b=\"x\"><![CDATA[<b>]]></a>"), shape(like));
        for text in [
            "<a b=\"x\" c=\"y\">Kq</a>",
            "<a b=\"x<\">y</a>",
            "<a b=\"x\">y<c/></a>",
            "<a b=\"x\">&</a>",
            "<a b=\"x\">&y;</a>",
            "<a b=\"x\">]]></a>",
            "<a b=\"x\"><![CDATA[</a>",
            "<a b=\"x\"><!-- y --></a>",
        ] {
            assert_ne!(shape(text), shape(like), "{text}");
        }
        assert_eq!(read_xml("&lt;&amp;", "Kq").shape(), read_xml("Kq", "Kq").shape());
        assert_ne!(read_xml("\"", "Kq").shape(), read_xml("Kq", "Kq").shape());
    }
}
