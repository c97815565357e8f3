//! HTML as a tree that can be written as no browser would.

use super::tree::{Grammar, Node, Sort};
use super::word;
use crate::mutate;
use crate::show::show_text;
use crate::tape::Maker;

const TEXT: usize = 0;
const ELEMENT: usize = 1;
const ATTRIBUTE: usize = 2;
const VALUE: usize = 3;
const COMMENT: usize = 4;
/// Written as it is.
const RAW: usize = 5;
const DOCUMENT: usize = 6;

pub(super) static GRAMMAR: Grammar = Grammar {
    sorts: &[
        Sort { repeats: true, ..Sort::LEAF },
        Sort { quirks: 7, has_text: true, repeats: true, ..Sort::BRANCH },
        Sort { quirks: 8, has_text: true, ..Sort::BRANCH },
        Sort { quirks: 4, ..Sort::LEAF },
        Sort { quirks: 5, ..Sort::LEAF },
        Sort { ..Sort::LEAF },
        Sort { ..Sort::BRANCH },
    ],
    root: DOCUMENT,
    read: |bytes| Some(read(std::str::from_utf8(bytes).ok()?)),
    made,
    part,
    retext,
    write: |node| {
        let mut out = Vec::new();
        write(node, &mut out);
        out
    },
    shown: |_, bytes| show_text(&String::from_utf8_lossy(bytes)),
};

const ELEMENTS: &[&str] = &[
    "a",
    "p",
    "div",
    "img",
    "b",
    "i",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "form",
    "input",
    "button",
    "svg",
    "math",
    "style",
    "title",
    "textarea",
    "noscript",
    "iframe",
    "object",
    "embed",
    "base",
    "link",
    "meta",
    "select",
    "option",
    "template",
    "xmp",
    "plaintext",
    "animate",
    "set",
    "use",
    "image",
    "foreignObject",
    "mglyph",
    "mi",
    "annotation-xml",
    "script",
    "video",
    "source",
    "audio",
    "area",
    "details",
    "body",
    "html",
    "head",
    "x-y",
    "desc",
    "font",
    "marquee",
    "frameset",
    "br",
    "hr",
];
const VOID: &[&str] = &["img", "input", "br", "hr", "base", "link", "meta", "source", "embed", "area"];
const ATTRIBUTES: &[&str] = &[
    "href",
    "src",
    "xlink:href",
    "action",
    "formaction",
    "srcdoc",
    "style",
    "onerror",
    "onload",
    "onclick",
    "id",
    "name",
    "class",
    "data",
    "poster",
    "background",
    "ping",
    "srcset",
    "values",
    "from",
    "to",
    "attributeName",
    "http-equiv",
    "content",
    "target",
    "title",
    "is",
    "slot",
    "HREF",
    "xml:base",
    "cite",
    "lang",
];
const VALUES: &[&str] = &[
    "https://example.org/a?b=1&c=2#d",
    "/a",
    "//host/a",
    "a\"b'c`d<e>f&g",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "\u{1}javascript:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&colon;alert(1)",
    "javascript&NewLine;:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "vbscript:x",
    "mailto:a@example.org",
    "\\\\host\\a",
    "http:\\\\host",
    "a:b",
    ":",
    "expression(alert(1))",
    "background:url(javascript:alert(1))",
    "0;url=javascript:alert(1)",
    "xlink:href",
    "href",
    "a.png 1x, javascript:alert(1) 2x",
    "",
    "x",
];
const TEXTS: &[&str] = &[
    "a",
    "",
    " ",
    "a < b & c > d",
    "&lt;script&gt;",
    "&amp;lt;",
    "</p>",
    "\u{a0}",
    "]]>",
    "{{x}}",
    "é\u{202e}",
];
const RAWS: &[&str] = &[
    "<script>alert(1)</script>",
    "<",
    "</",
    "<!",
    "<?php ?>",
    "<!DOCTYPE html>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "</style><img src=x onerror=alert(1)>",
    "</title></textarea></noscript><svg onload=alert(1)>",
    "&#0;&#x110000;&#xd800;&notanentity;&lt",
    "<a/href=javascript:alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<<a>",
    "<a <b>",
    "<svg><style><!--</style><img src=x onerror=alert(1)>-->",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<table><a href=x>",
    "<p id=\"</noscript><img src=x onerror=alert(1)>\">",
];

/// Elements of another language inside of HTML, the places in them where HTML goes on, what moves others about, and
/// what is text up to its end tag: in HTML, but not in the other language.
const FOREIGN: &[&str] = &["svg", "math"];
const POINTS: &[&str] =
    &["mtext", "mi", "mo", "mn", "ms", "annotation-xml", "foreignObject", "desc", "title", "p"];
const MOVERS: &[&str] = &["table", "mglyph", "malignmark", "form", "select", "a", "p", "caption", "template"];
const HIDING: &[&str] =
    &["style", "xmp", "noscript", "noembed", "noframes", "title", "textarea", "iframe", "script"];
/// What hides an end tag from whoever takes what it stands in for something else, and what ends that.
const HIDDEN: &[(&str, &str)] = &[("<!--", "-->"), ("<![CDATA[", "]]>"), ("<a id='", "'>"), ("", "")];

fn made(maker: &mut Maker<'_>) -> Node {
    if maker.random.one_in(8) {
        return Node::of(DOCUMENT, vec![confusing(maker)]);
    }
    let count = 1 + maker.random.small(4);
    Node::of(DOCUMENT, (0..count).map(|_| content(maker, 3)).collect())
}

fn part(maker: &mut Maker<'_>, of: usize) -> Node {
    match of {
        ELEMENT if maker.random.one_in(2) => attribute(maker),
        ATTRIBUTE => Node::text(VALUE, word(maker, VALUES)),
        _ => content(maker, 2),
    }
}

fn content(maker: &mut Maker<'_>, depth: usize) -> Node {
    match maker.random.below(10) {
        0 | 1 => Node::text(TEXT, word(maker, TEXTS)),
        2 => Node::text(RAW, maker.random.pick(RAWS).copied().unwrap_or_default()),
        3 => Node::text(COMMENT, word(maker, TEXTS)),
        _ => {
            let name = known(maker, ELEMENTS);
            let mut parts: Vec<Node> = (0..maker.random.small(4)).map(|_| attribute(maker)).collect();
            if depth > 0 {
                parts.extend((0..maker.random.small(4)).map(|_| content(maker, depth - 1)));
            }
            Node::text(ELEMENT, name).with(parts)
        }
    }
}

/// What is one thing where it is read first and another where it is read again: text that hides an end tag, in an
/// element that is text here and markup there.
fn confusing(maker: &mut Maker<'_>) -> Node {
    let (foreign, point) = (known(maker, FOREIGN), known(maker, POINTS));
    let (movers, hiding) = ([known(maker, MOVERS), known(maker, MOVERS)], known(maker, HIDING));
    let (open, close) = maker.random.pick(HIDDEN).copied().unwrap_or_default();
    let attack = format!("{close}<img src=1 onerror=alert(1)>").replace('<', "&lt;").replace('>', "&gt;");
    let text = format!("{open}</{hiding}><img title=\"{attack}\">");
    let mut node = Node::text(ELEMENT, hiding).with(vec![Node::text(RAW, text)]);
    for mover in movers.iter().take(maker.random.below(3)).rev() {
        node = Node::text(ELEMENT, mover).with(vec![node]);
    }
    for around in [point, foreign] {
        if !maker.random.one_in(6) {
            node = Node::text(ELEMENT, around).with(vec![node]);
        }
    }
    node
}

/// One of these names, most often one that the sources of the package mention too: it is let through, or looked at.
fn known(maker: &mut Maker<'_>, names: &'static [&'static str]) -> &'static str {
    let own: Vec<&str> = names.iter().copied().filter(|name| maker.dictionary.is_own(name)).collect();
    let names = if own.is_empty() || maker.random.one_in(3) { names } else { &own };
    maker.random.pick(names).copied().unwrap_or_default()
}

fn attribute(maker: &mut Maker<'_>) -> Node {
    let name = known(maker, ATTRIBUTES);
    Node::text(ATTRIBUTE, name).with(vec![Node::text(VALUE, word(maker, VALUES))])
}

fn retext(node: &mut Node, maker: &mut Maker<'_>) {
    let from = match node.sort {
        ELEMENT => ELEMENTS,
        ATTRIBUTE => ATTRIBUTES,
        VALUE => VALUES,
        RAW => RAWS,
        _ => TEXTS,
    };
    let text = if maker.random.one_in(4) { mutate::text::piece(maker) } else { word(maker, from) };
    node.text = text.into_bytes();
}

/// A name as it can stand in a tag.
fn name(text: &[u8]) -> Vec<u8> {
    let ends =
        |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'=' | b'<' | b'"' | b'\'');
    let name: Vec<u8> = text.iter().copied().filter(|byte| !ends(byte)).collect();
    if name.first().is_some_and(u8::is_ascii_alphabetic) { name } else { [b"x".as_slice(), &name].concat() }
}

fn write(node: &Node, out: &mut Vec<u8>) {
    match node.sort {
        TEXT | VALUE => {
            let text = escaped(&node.text, &[(b'<', b"&lt;"), (b'&', b"&amp;")]);
            out.extend(text.repeat(1 + node.times.min((1 << 18) / text.len().max(1))));
        }
        RAW => out.extend(&node.text),
        ELEMENT => write_element(node, out),
        ATTRIBUTE => write_attribute(node, out),
        COMMENT => {
            let (open, close): (&[u8], &[u8]) = match node.quirk {
                1 => (b"<!--", b"--!>"),
                2 => (b"<!--", b""),
                3 => (b"<!-->", b"-->"),
                4 => (b"<!", b">"),
                5 => (b"<?", b"?>"),
                _ => (b"<!--", b"-->"),
            };
            out.extend(open);
            out.extend(&node.text);
            out.extend(close);
        }
        _ => node.below.iter().for_each(|below| write(below, out)),
    }
}

fn write_element(node: &Node, out: &mut Vec<u8>) {
    let mut tag = name(&node.text);
    if node.quirk == 4 {
        tag.make_ascii_uppercase();
    }
    let (attributes, content): (Vec<&Node>, Vec<&Node>) =
        node.below.iter().partition(|below| below.sort == ATTRIBUTE);
    let mut open = [b"<".as_slice(), &tag].concat();
    for attribute in attributes {
        open.push(if node.quirk == 5 { b'/' } else { b' ' });
        write_attribute(attribute, &mut open);
    }
    open.extend(match node.quirk {
        2 => b"/>".as_slice(),
        3 => b"",
        6 => b"\n>",
        _ => b">",
    });
    let close = [b"</".as_slice(), &tag, b">"].concat();
    let times = 1 + node.times.min((1 << 20) / (open.len() + close.len()));
    out.extend(open.repeat(times));
    for below in content {
        write(below, out);
    }
    let is_void = VOID.iter().any(|void| tag.eq_ignore_ascii_case(void.as_bytes()));
    match node.quirk {
        1..=3 => {}
        7 => out.extend(close.repeat(times + 1)),
        _ if is_void => {}
        _ => out.extend(close.repeat(times)),
    }
}

fn write_attribute(node: &Node, out: &mut Vec<u8>) {
    out.extend(name(&node.text));
    let Some(value) = node.below.first() else { return };
    let text = match value.quirk {
        // Characters as numbers, which whoever reads the attribute turns back.
        1 => value.text.iter().flat_map(|byte| format!("&#{byte};").into_bytes()).collect(),
        2 => value.text.iter().flat_map(|byte| format!("&#x{byte:x}").into_bytes()).collect(),
        3 => [b" \x01\t".as_slice(), &value.text].concat(),
        4 => value.text.iter().flat_map(|byte| [*byte, b'\t']).collect(),
        _ => value.text.clone(),
    };
    let quoted = |mark: u8, entity: &[u8]| {
        [b"=".as_slice(), &[mark], &escaped(&text, &[(mark, entity)]), &[mark]].concat()
    };
    out.extend(match node.quirk {
        1 => quoted(b'\'', b"&#39;"),
        2 => [
            b"=".to_vec(),
            text.iter().copied().filter(|it| !it.is_ascii_whitespace() && *it != b'>').collect(),
        ]
        .concat(),
        3 => Vec::new(),
        4 => [b" \n = \"".as_slice(), &escaped(&text, &[(b'"', b"&quot;")]), b"\""].concat(),
        5 => [b"=\"".as_slice(), &text, b"\""].concat(),
        6 => [b"=\"".as_slice(), &escaped(&text, &[(b'"', b"&quot;")])].concat(),
        7 => [b"=`".as_slice(), &text, b"`"].concat(),
        8 => [b"=\"\" ".to_vec(), name(&node.text), quoted(b'"', b"&quot;")].concat(),
        _ => quoted(b'"', b"&quot;"),
    });
}

fn escaped(text: &[u8], marks: &[(u8, &[u8])]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for byte in text {
        match marks.iter().find(|(mark, _)| mark == byte) {
            Some((_, entity)) => out.extend(*entity),
            None => out.push(*byte),
        }
    }
    out
}

/// Reads any text: what opens and closes as it should becomes an element, all else is kept as it is written.
fn read(text: &str) -> Node {
    let mut open: Vec<Node> = vec![Node::new(DOCUMENT)];
    let mut rest = text;
    while !rest.is_empty() {
        let end = if rest.starts_with('<') { end_of_tag(rest) } else { rest.find('<').unwrap_or(rest.len()) };
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        let node = if let Some(comment) = piece.strip_prefix("<!--").and_then(|it| it.strip_suffix("-->")) {
            Node::text(COMMENT, comment)
        } else if let Some(name) = piece.strip_prefix("</").and_then(|it| it.strip_suffix('>')) {
            let is_open =
                |node: &Node| node.sort == ELEMENT && node.text.eq_ignore_ascii_case(name.trim().as_bytes());
            if let Some(at) = open.iter().rposition(is_open).filter(|at| *at > 0) {
                while open.len() > at {
                    let closed = open.len() > at + 1;
                    close(&mut open, usize::from(closed));
                }
                continue;
            }
            Node::text(RAW, piece)
        } else if piece.starts_with('<') {
            match element(piece) {
                Some((node, true)) => {
                    open.push(node);
                    continue;
                }
                Some((node, false)) => node,
                None => Node::text(RAW, piece),
            }
        } else {
            Node::text(if piece.contains('&') { RAW } else { TEXT }, piece)
        };
        if let Some(last) = open.last_mut() {
            last.below.push(node);
        }
    }
    while open.len() > 1 {
        close(&mut open, 1);
    }
    open.pop().unwrap_or_default()
}

fn close(open: &mut Vec<Node>, quirk: usize) {
    let Some(mut node) = open.pop() else { return };
    node.quirk = quirk;
    if let Some(last) = open.last_mut() {
        last.below.push(node);
    }
}

/// Behind the `>` that ends a tag or comment, or where the text ends.
fn end_of_tag(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |at| at + 3);
    }
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (letter, quote) {
            ('>', None) => return at + 1,
            ('"' | '\'', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// An element, and whether its content follows.
fn element(tag: &str) -> Option<(Node, bool)> {
    let inside = tag.strip_prefix('<')?.strip_suffix('>')?;
    let (inside, is_closed) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
    let end = inside.find(|it: char| it.is_whitespace() || it == '/').unwrap_or(inside.len());
    let (name, mut rest) = inside.split_at(end);
    if !name.starts_with(|it: char| it.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|it: char| it.is_whitespace() || it == '/');
        if rest.is_empty() {
            break;
        }
        let end =
            rest.find(|it: char| it.is_whitespace() || it == '=' || it == '/').unwrap_or(rest.len()).max(1);
        let (key, behind) = rest.split_at_checked(end)?;
        let mut node = Node::text(ATTRIBUTE, key);
        rest = behind.trim_start();
        if let Some(behind) = rest.strip_prefix('=') {
            let behind = behind.trim_start();
            let quote = behind.chars().next().filter(|it| matches!(it, '"' | '\''));
            let (value, behind) = match quote {
                Some(quote) => behind[1..].split_once(quote)?,
                None => behind.split_at(behind.find(char::is_whitespace).unwrap_or(behind.len())),
            };
            node.quirk = if quote.is_none() { 2 } else { usize::from(quote == Some('\'')) };
            node.below.push(Node::text(VALUE, value));
            rest = behind;
        }
        attributes.push(node);
    }
    let is_void = VOID.iter().any(|void| name.eq_ignore_ascii_case(void));
    let quirk = if is_closed { 2 } else { 0 };
    Some((Node::text(ELEMENT, name).with(attributes).quirk(quirk), !is_void && !is_closed))
}
