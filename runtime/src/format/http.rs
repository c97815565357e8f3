//! HTTP requests and responses: lengths are those of the bodies, until they are wrong on purpose.

use super::tree::{Grammar, Node, Sort};
use super::word;
use crate::mutate;
use crate::show::show_bytes;
use crate::tape::Maker;

const BODY: usize = 0;
const HEADER: usize = 1;
const VALUE: usize = 2;
/// `Content-Length` of the body there is.
const LENGTH: usize = 3;
/// A body in chunks.
const CHUNKED: usize = 4;
const CHUNK: usize = 5;
const START: usize = 6;
const LINE: usize = 7;
const MESSAGE: usize = 8;
const STREAM: usize = 9;

const SORTS: &[Sort] = &[
    Sort { repeats: true, ..Sort::LEAF },
    Sort { quirks: 9, has_text: true, repeats: true, ..Sort::BRANCH },
    Sort { repeats: true, ..Sort::LEAF },
    Sort { quirks: 13, repeats: true, ..Sort::EMPTY },
    Sort { quirks: 4, ..Sort::BRANCH },
    Sort { quirks: 8, ..Sort::LEAF },
    Sort { quirks: 3, ..Sort::LEAF },
    Sort { quirks: 2, ..Sort::LEAF },
    Sort { quirks: 3, ..Sort::BRANCH },
    Sort { ..Sort::BRANCH },
];

pub(super) static REQUEST: Grammar = grammar(|maker| message(maker, true));
pub(super) static RESPONSE: Grammar = grammar(|maker| message(maker, false));

const fn grammar(made: fn(&mut Maker<'_>) -> Node) -> Grammar {
    Grammar {
        sorts: SORTS,
        root: STREAM,
        read,
        made,
        part,
        retext,
        write: |node| {
            let mut out = Vec::new();
            write(node, &mut out);
            out
        },
        shown: |_, bytes| show_bytes(bytes),
    }
}

const NAMES: &[&str] = &[
    "Host",
    "Connection",
    "Content-Type",
    "Accept",
    "Cookie",
    "Set-Cookie",
    "Authorization",
    "X-Forwarded-For",
    "Transfer-Encoding",
    "Content-Length",
    "Range",
    "Upgrade",
    "Expect",
    "Content-Encoding",
    "Location",
    "Origin",
    "If-None-Match",
    "Trailer",
    "TE",
    "X_Y",
    "content-length",
    "TRANSFER-ENCODING",
    "Date",
    "Cache-Control",
];

const VALUES: &[&str] = &[
    "example.org",
    "close",
    "keep-alive",
    "chunked",
    "identity, chunked",
    "chunked, chunked",
    "xchunked",
    "\x0bchunked",
    "gzip",
    "0",
    "text/html; charset=utf-8",
    "text/plain; charset=\"",
    "bytes=0-1,0-,-1,9-1",
    "bytes=18446744073709551615-",
    "a=b; c=\"d; e",
    "a=b; Expires=Thu, 30 Feb 2020 25:61:61 GMT; Max-Age=-9223372036854775808",
    "Basic !!!",
    "Bearer ",
    "100-continue",
    "max-age=99999999999999999999",
    "q=0.0001, */*;q=NaN",
    "127.0.0.1, ::1, unknown",
    "\"",
    "",
    " ",
    ",,,",
    "é",
];

const STARTS: &[&str] = &[
    "GET / HTTP/1.1",
    "POST /a?b=1#c HTTP/1.1",
    "GET http://example.org/ HTTP/1.1",
    "OPTIONS * HTTP/1.1",
    "CONNECT example.org:443 HTTP/1.1",
    "HEAD /%00/../%2e%2e/é HTTP/1.0",
    "get / HTTP/1.1",
    "GET  / HTTP/1.1",
    "GET / HTTP/9.9",
    "GET / HTTP/1.1 x",
    "GET /",
    "GET",
    "",
    "PRI * HTTP/2.0",
    "GET / HTTP/1.18446744073709551616",
];

const STATUSES: &[&str] = &[
    "HTTP/1.1 200 OK",
    "HTTP/1.1 204 No Content",
    "HTTP/1.1 304",
    "HTTP/1.0 100 Continue",
    "HTTP/1.1 999 é",
    "HTTP/1.1 2000 OK",
    "HTTP/1.1 -1 OK",
    "HTTP/1.1 200",
    "HTTP/1.1200 OK",
    "HTTP/2 200",
    "HTTP/1.1 20",
    "ICY 200 OK",
    "",
];

fn message(maker: &mut Maker<'_>, is_request: bool) -> Node {
    let count = if maker.random.one_in(6) { 2 } else { 1 };
    Node::of(STREAM, (0..count).map(|_| one(maker, is_request)).collect())
}

fn one(maker: &mut Maker<'_>, is_request: bool) -> Node {
    let starts = if is_request { STARTS } else { STATUSES };
    // The first ones are right.
    let right = &starts[..if maker.random.one_in(4) { starts.len() } else { 3 }];
    let start = maker.random.pick(right).copied().unwrap_or_default();
    let mut parts = vec![Node::text(START, start)];
    if is_request {
        parts.push(header("Host", "example.org"));
    }
    for _ in 0..maker.random.small(5) {
        parts.push(any_header(maker));
    }
    match maker.random.below(4) {
        0 => {}
        1 => {
            parts.push(header("Transfer-Encoding", "chunked"));
            let count = maker.random.below(4);
            parts.push(Node::of(CHUNKED, (0..count).map(|_| chunk(maker)).collect()));
        }
        _ => {
            parts.push(Node::new(LENGTH));
            parts.push(Node::text(BODY, mutate::text::piece(maker)));
        }
    }
    Node::of(MESSAGE, parts)
}

fn header(name: &str, value: &str) -> Node {
    Node::text(HEADER, name).with(vec![Node::text(VALUE, value)])
}

fn any_header(maker: &mut Maker<'_>) -> Node {
    let (name, value) = (word(maker, NAMES), word(maker, VALUES));
    header(&name, &value)
}

fn chunk(maker: &mut Maker<'_>) -> Node {
    Node::text(CHUNK, mutate::bytes::piece(maker))
}

fn part(maker: &mut Maker<'_>, of: usize) -> Node {
    match of {
        CHUNKED => chunk(maker),
        HEADER => Node::text(VALUE, word(maker, VALUES)),
        STREAM => {
            let is_request = maker.random.one_in(2);
            one(maker, is_request)
        }
        _ => match maker.random.below(8) {
            0 => Node::new(LENGTH).quirk(maker.random.below(14)),
            1 => header("Transfer-Encoding", "chunked"),
            2 => Node::text(LINE, mutate::text::piece(maker)),
            3 => Node::text(BODY, mutate::bytes::piece(maker)),
            4 => Node::of(CHUNKED, vec![chunk(maker)]),
            _ => any_header(maker),
        },
    }
}

fn retext(node: &mut Node, maker: &mut Maker<'_>) {
    let text = match node.sort {
        HEADER => word(maker, NAMES),
        VALUE => word(maker, VALUES),
        START => {
            let starts = if node.text.starts_with(b"HTTP/") { STATUSES } else { STARTS };
            maker.random.pick(starts).copied().unwrap_or_default().to_owned()
        }
        _ => mutate::text::piece(maker),
    };
    node.text = text.into_bytes();
}

fn write(node: &Node, out: &mut Vec<u8>) {
    match node.sort {
        STREAM => node.below.iter().for_each(|below| write(below, out)),
        MESSAGE => write_message(node, out),
        _ => write_message(&Node::of(MESSAGE, vec![node.clone()]), out),
    }
}

fn write_message(node: &Node, out: &mut Vec<u8>) {
    let mut body = Vec::new();
    for part in node.below.iter().filter(|part| matches!(part.sort, BODY | CHUNKED | CHUNK)) {
        write_body(part, &mut body);
    }
    for part in &node.below {
        write_head(part, body.len(), out);
    }
    match node.quirk {
        1 => out.extend(b"\n"),
        2 => out.extend(b"\r\r\n"),
        3 => {}
        _ => out.extend(b"\r\n"),
    }
    out.extend(body);
}

fn write_body(part: &Node, body: &mut Vec<u8>) {
    match part.sort {
        CHUNK => write_chunk(part, body),
        CHUNKED => {
            for chunk in &part.below {
                write_chunk(chunk, body);
            }
            body.extend(match part.quirk {
                1 => b"".as_slice(),
                2 => b"0\r\n",
                3 => b"0\r\nX: y\r\n\r\n",
                4 => b"00000000000000000000\n\n",
                _ => b"0\r\n\r\n",
            });
        }
        _ => body.extend(part.text.repeat(times(part, part.text.len()))),
    }
}

/// How often a part of so many bytes is written; what is long is not repeated as often, whatever it is repeated in.
fn times(part: &Node, length: usize) -> usize {
    const MOST: usize = 1 << 18;
    1 + part.times.min(MOST / length.max(1))
}

fn write_chunk(chunk: &Node, body: &mut Vec<u8>) {
    let length = chunk.text.len();
    let size = match chunk.quirk {
        1 => format!("{:x}", length + 1),
        2 => "ffffffffffffffff".to_owned(),
        3 => "10000000000000000".to_owned(),
        4 => format!("{length:x};a=\"b"),
        5 => format!("0x{length:x}"),
        6 => format!(" {length:x}"),
        7 => format!("-{length:x}"),
        _ => format!("{length:x}"),
    };
    body.extend(size.as_bytes());
    body.extend(if chunk.quirk == 8 { b"\n".as_slice() } else { b"\r\n" });
    body.extend(&chunk.text);
    body.extend(b"\r\n");
}

fn write_head(part: &Node, length: usize, out: &mut Vec<u8>) {
    match part.sort {
        START | LINE => {
            out.extend(line(&part.text));
            out.extend(match part.quirk {
                1 => b"\n".as_slice(),
                2 => b"\r",
                3 => b"\r\n\r\n",
                _ => b"\r\n",
            });
        }
        HEADER => {
            let mut value = Vec::new();
            for part in &part.below {
                let text = line(&part.text);
                value.extend(text.repeat(times(part, text.len()).min(2_000)));
            }
            let name = line(&part.text);
            for _ in 0..times(part, name.len() + value.len()).min(1 << 12) {
                write_header(&name, &value, part.quirk, out);
            }
        }
        VALUE => write_header(b"X", &line(&part.text), 0, out),
        LENGTH => {
            let value = match part.quirk {
                1 => format!("{}", length + 1),
                2 => format!("{}", length.saturating_sub(1)),
                3 => format!("+{length}"),
                4 => format!("0x{length:x}"),
                5 => format!("-{}", length.max(1)),
                6 => format!("{length}, {length}"),
                7 => format!("{length}, {}", length + 1),
                8 => format!("000000000000000000000{length}"),
                9 => format!("{}", (1_u128 << 64) + length as u128),
                10 => "18446744073709551615".to_owned(),
                11 => "9223372036854775808".to_owned(),
                12 => String::new(),
                13 => format!("{length} "),
                _ => format!("{length}"),
            };
            for _ in 0..=part.times.min(16) {
                write_header(b"Content-Length", value.as_bytes(), 0, out);
            }
        }
        _ => {}
    }
}

/// A text as one line: what would end it is taken out, for other parts end lines on purpose.
fn line(text: &[u8]) -> Vec<u8> {
    text.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect()
}

fn write_header(name: &[u8], value: &[u8], quirk: usize, out: &mut Vec<u8>) {
    let (before, between, after): (&[u8], &[u8], &[u8]) = match quirk {
        1 => (b"", b":", b"\r\n"),
        2 => (b"", b" : ", b"\r\n"),
        3 => (b"", b":\r\n ", b"\r\n"),
        4 => (b"", b": ", b"\n"),
        5 => (b"", b": ", b"\r"),
        6 => (b"", b":\t", b"\t\r\n"),
        7 => (b" ", b": ", b"\r\n"),
        8 => (b"", b"\0: ", b"\r\n"),
        9 => (b"", b" ", b"\r\n"),
        _ => (b"", b": ", b"\r\n"),
    };
    for part in [before, name, between, value, after] {
        out.extend(part);
    }
}

fn read(bytes: &[u8]) -> Option<Node> {
    let end = bytes.windows(4).position(|at| at == b"\r\n\r\n");
    let (head, body) = match end {
        Some(end) => (&bytes[..end], &bytes[end + 4..]),
        None => (bytes, &[][..]),
    };
    let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let start = lines.next()?;
    if !String::from_utf8_lossy(start).contains("HTTP/") {
        return None;
    }
    let mut parts = vec![Node::text(START, start)];
    let mut is_chunked = false;
    for line in lines.filter(|line| !line.is_empty()) {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            parts.push(Node::text(LINE, line));
            continue;
        };
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"content-length") && value == body.len().to_string().as_bytes() {
            parts.push(Node::new(LENGTH));
        } else {
            is_chunked |= name.eq_ignore_ascii_case(b"transfer-encoding") && value.ends_with(b"chunked");
            parts.push(Node::text(HEADER, name).with(vec![Node::text(VALUE, value)]));
        }
    }
    match chunks(body).filter(|_| is_chunked) {
        Some(chunks) => parts.push(Node::of(CHUNKED, chunks)),
        None if !body.is_empty() => parts.push(Node::text(BODY, body)),
        None => {}
    }
    Some(Node::of(STREAM, vec![Node::of(MESSAGE, parts)]))
}

fn chunks(mut body: &[u8]) -> Option<Vec<Node>> {
    let mut chunks = Vec::new();
    loop {
        let end = body.windows(2).position(|at| at == b"\r\n")?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?;
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        let (content, rest) = body[end + 2..].split_at_checked(size)?;
        if size == 0 {
            return Some(chunks);
        }
        chunks.push(Node::text(CHUNK, content));
        body = rest.strip_prefix(b"\r\n")?;
    }
}
