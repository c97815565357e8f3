//! Headers and mail: names of fields, line ends and commands are structure.

use super::reading::Reading;

/// Reads a field, some fields, or a message with a body; `like` is the output with harmless values.
///
/// A `value` alone has no line end at all.
pub(crate) fn read_header(text: &str, like: &str, is_value: bool) -> Reading {
    let mut reading = Reading::default();
    let is_value = is_value || !like.contains(':');
    if is_value {
        for letter in text.chars() {
            match letter {
                '\r' | '\n' | '\0' => reading.structure(format!("a raw {}", letter.escape_debug())),
                letter => reading.value(letter.encode_utf8(&mut [0; 4])),
            }
        }
        return reading;
    }
    fields(&lines(text), &lines(like), &mut reading);
    reading
}

/// Reads a message, or what a client says to a server of mail.
pub(crate) fn read_smtp(text: &str, like: &str, part: &str) -> Reading {
    let mut reading = Reading::default();
    let verb = |line: &str| {
        let word = line.split([' ', ':']).next().unwrap_or_default();
        (word.len() == 4 && word.chars().all(|it| it.is_ascii_uppercase())).then(|| word.to_string())
    };
    let first = like.lines().next().unwrap_or_default();
    if verb(first).is_some() {
        for line in &lines(text) {
            reading
                .structure(format!("the command {}", verb(line).unwrap_or_else(|| "of another sort".into())));
            for letter in line.chars() {
                match letter {
                    '<' | '>' | '\0' => reading.structure(letter),
                    letter => reading.value(letter.encode_utf8(&mut [0; 4])),
                }
            }
        }
    } else if part == "block" {
        body(&lines_like(text, like), &mut reading);
    } else if part == "value" || !first.contains(':') {
        return read_header(text, like, true);
    } else {
        let (head, rest) = head_and_body(text);
        fields(&lines(head), &lines(head_and_body(like).0), &mut reading);
        if let Some(rest) = rest {
            reading.structure("the end of the fields");
            body(&lines_like(rest, like), &mut reading);
        }
    }
    reading
}

/// A message in its two parts, as the most generous reader divides it.
fn head_and_body(text: &str) -> (&str, Option<&str>) {
    let Some(empty) = lines(text).into_iter().find(|line| line.is_empty()) else { return (text, None) };
    let at = empty.as_ptr().addr() - text.as_ptr().addr();
    let rest = &text[at..];
    (&text[..at], Some(&rest[if rest.starts_with("\r\n") { 2 } else { 1 }..]))
}

/// Lines as the most generous reader splits them.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\r', '\n']) {
        lines.push(&rest[..at]);
        let end = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[at + end..];
    }
    if !rest.is_empty() {
        lines.push(rest);
    }
    lines
}

/// Lines of a body: a text whose harmless form ends all its lines as the standard says is read as the standard says,
/// for which a line end alone is a letter like any other.
fn lines_like<'a>(text: &'a str, like: &str) -> Vec<&'a str> {
    let bare = like.replace("\r\n", "");
    if !like.contains("\r\n") || bare.contains(['\r', '\n']) {
        return lines(text);
    }
    text.strip_suffix("\r\n").unwrap_or(text).split("\r\n").collect()
}

fn fields(all: &[&str], like: &[&str], reading: &mut Reading) {
    let end = all.iter().position(|line| line.is_empty()).unwrap_or(all.len());
    let mut all_like = like.iter();
    for (at, line) in all[..end].iter().enumerate() {
        // A line that begins with space goes on with the field before.
        if at > 0 && line.starts_with([' ', '\t']) {
            reading.value(line);
            continue;
        }
        let known = all_like.by_ref().find(|it| !it.starts_with([' ', '\t']));
        match line.split_once(':') {
            Some((name, value)) if is_name(name) => {
                reading.structure(format!("the field {}", name.to_ascii_lowercase()));
                content(
                    value,
                    known.and_then(|it| it.split_once(':')).map_or("", |(_, value)| value),
                    reading,
                );
            }
            _ => {
                reading.structure(if at == 0 { "a first line" } else { "a line that is no field" });
                content(line, "", reading);
            }
        }
    }
    if end < all.len() {
        reading.structure("the end of the fields");
        body(&all[end + 1..], reading);
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The content of a field: its parameters are structure, if the harmless one has some.
fn content(value: &str, like: &str, reading: &mut Reading) {
    let has_parameters = like.contains(';') || like.contains("=\"");
    let mut quoted = false;
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\0' => reading.structure("a NUL"),
            '"' if has_parameters => {
                quoted = !quoted;
                reading.structure("\"");
            }
            '\\' if quoted => {
                if let Some(next) = letters.next() {
                    reading.value(next.encode_utf8(&mut [0; 4]));
                }
            }
            ';' | ',' if has_parameters && !quoted => reading.structure(letter),
            letter => reading.value(letter.encode_utf8(&mut [0; 4])),
        }
    }
}

/// A text of mail: a line with nothing but a dot ends it.
fn body(lines: &[&str], reading: &mut Reading) {
    reading.structure("a text");
    for (at, line) in lines.iter().enumerate() {
        if *line == "." {
            let is_last = at + 1 == lines.len();
            reading.structure(if is_last { "the end of the message" } else { "an early end of the message" });
        }
        reading.value(line.strip_prefix('.').unwrap_or(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(text: &str, like: &str) -> bool {
        read_header(text, like, false).shape() == read_header(like, like, false).shape()
    }

    #[test]
    fn a_field_is_one_field_whatever_its_value() {
        let like = "X-Title: Kq\r\nA: b\r\n";
        assert!(same("X-Title: a; b, c\r\nA: b\r\n", like));
        assert!(same("X-Title: a\r\n b\r\nA: b\r\n", like), "a line may be folded");
        for text in [
            "X-Title: a\r\nB: c\r\nA: b\r\n",
            "X-Title: a\nB: c\r\nA: b\r\n",
            "X-Title: a\rB\r\nA: b\r\n",
            "X-Title: a\r\n\r\nA: b\r\n",
            "X-Title: \0\r\nA: b\r\n",
        ] {
            assert!(!same(text, like), "{text:?}");
        }
        assert!(!read_header("a\nb", "Kq", false).shape().is_empty());
        assert!(read_header("a:b", "Kq", false).shape().is_empty());
    }

    #[test]
    fn parameters_are_structure_where_there_are_some() {
        let cookie = "Set-Cookie: a=Kq; Path=/";
        assert!(
            same("Set-Cookie: a=b%3b; Path=/", cookie) && !same("Set-Cookie: a=b; Domain=c; Path=/", cookie)
        );
        let file = "Content-Disposition: attachment; filename=\"Kq\"";
        assert!(same("Content-Disposition: attachment; filename=\"a\\\"b; c\"", file));
        assert!(!same("Content-Disposition: attachment; filename=\"a\"; b=\"c\"", file));
    }

    #[test]
    fn mail_has_the_commands_and_the_end_that_it_has() {
        let shape = |text: &str, like: &str, part: &str| read_smtp(text, like, part).shape().join(" ");
        let from = "MAIL FROM:<Kq@b>\r\n";
        assert_eq!(shape("MAIL FROM:<a@b>\r\n", from, ""), shape(from, from, ""));
        assert_ne!(shape("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n", from, ""), shape(from, from, ""));
        assert_ne!(shape("MAIL FROM:<a@b> SIZE=1 <>\r\n", from, ""), shape(from, from, ""));
        let text = "Kq\r\n.\r\n";
        assert_eq!(shape("a\r\n..\r\nb\r\n.\r\n", text, "block"), shape(text, text, "block"));
        assert_ne!(shape("a\r\n.\r\nb\r\n.\r\n", text, "block"), shape(text, text, "block"));
        assert_eq!(
            shape("a\n.\nb\r\n.\r\n", text, "block"),
            shape(text, text, "block"),
            "no line ends there"
        );
        let whole = "Subject: Kq\r\n\r\nKq\r\n.\r\n";
        let is_same = |text: &str| shape(text, whole, "whole") == shape(whole, whole, "whole");
        assert!(is_same("Subject: a\r\n\r\na\n.\nb\r\n.\r\n"), "no line ends there either");
        assert!(!is_same("Subject: a\r\n\r\na\r\n.\r\nb\r\n.\r\n"));
        assert!(
            !is_same("Subject: a\nBcc: b\r\n\r\na\r\n.\r\n"),
            "a field ends wherever somebody may end it"
        );
        let local = "Kq\n.\n";
        assert_ne!(shape("a\n.\nb\n.\n", local, "block"), shape(local, local, "block"));
    }
}
