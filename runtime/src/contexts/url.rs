//! Addresses: scheme, host, segments, keys and fragment are structure, as the URL standard reads them.

use super::reading::Reading;

/// Schemes whose addresses have a host, and in which a backslash is a slash.
const SPECIAL: &[&str] = &["http", "https", "ws", "wss", "ftp", "file"];

/// Reads a whole address, absolute or relative.
pub(crate) fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    let clean = cleaned(text);
    let (scheme, rest) = scheme(&clean);
    let special = scheme.as_deref().is_none_or(|scheme| SPECIAL.contains(&scheme));
    if let Some(scheme) = &scheme {
        reading.structure(format!("the scheme {scheme}:"));
    }
    let (rest, fragment) = rest.split_once('#').map_or((rest, None), |(rest, end)| (rest, Some(end)));
    let (rest, query) = rest.split_once('?').map_or((rest, None), |(rest, end)| (rest, Some(end)));
    let is_slash = |it: char| it == '/' || (special && it == '\\');
    let path = if rest.starts_with(is_slash) && rest[1..].starts_with(is_slash) {
        let rest = if special { rest.trim_start_matches(is_slash) } else { &rest[2..] };
        let (authority, path) = rest.split_at(rest.find(is_slash).unwrap_or(rest.len()));
        host(authority, &mut reading);
        path
    } else {
        rest
    };
    segments(path, is_slash, &mut reading);
    if let Some(query) = query {
        reading.structure("?");
        pairs(query, &mut reading);
    }
    if let Some(fragment) = fragment {
        reading.structure("#");
        reading.value(&decoded(fragment));
    }
    reading
}

/// Reads a component of an address, as it stands in each place that it may be meant for.
pub(crate) fn read_component(text: &str, component: &str) -> Reading {
    match component {
        "segment" | "path" => read(&format!("https://a.example/b/{text}/c?d=e#f")),
        "query" => read(&format!("https://a.example/b?c={text}&d=e#f")),
        "fragment" => read(&format!("https://a.example/b?c=d#{text}")),
        "host" => read(&format!("https://{text}.a.example/b?c=d#e")),
        "userinfo" => read(&format!("https://a:{text}@b.example/c?d=e#f")),
        // A segment of dots alone is left to those who say that it is a segment.
        _ => {
            let mut reading = read(&format!("https://a.example/b/c{text}/d?e=f#g")).without_values();
            reading.append(read(&format!("https://a.example/b?c={text}&d=e#f")));
            reading
        }
    }
}

/// Without what a browser leaves out before it looks.
fn cleaned(text: &str) -> String {
    let trimmed = text.trim_matches(|it: char| it <= ' ');
    trimmed.chars().filter(|it| !matches!(it, '\t' | '\n' | '\r')).collect()
}

fn scheme(text: &str) -> (Option<String>, &str) {
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '+' | '-' | '.');
    match text.split_once(':') {
        Some((scheme, rest))
            if scheme.starts_with(|it: char| it.is_ascii_alphabetic()) && scheme.chars().all(is_part) =>
        {
            (Some(scheme.to_ascii_lowercase()), rest)
        }
        _ => (None, text),
    }
}

fn host(authority: &str, reading: &mut Reading) {
    let host = authority.rsplit_once('@').map_or(authority, |(user, host)| {
        reading.structure("a user");
        for (at, part) in user.splitn(2, ':').enumerate() {
            if at > 0 {
                reading.structure("a password");
            }
            reading.value(&decoded(part));
        }
        host
    });
    let is_port = |port: &str| port.chars().all(|it| it.is_ascii_digit());
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if is_port(port) => (host, Some(port)),
        _ => (host, None),
    };
    reading.structure(format!("the host {}", decoded(host)));
    if let Some(port) = port {
        reading.structure(format!("the port {port}"));
    }
}

fn segments(path: &str, is_slash: impl Fn(char) -> bool, reading: &mut Reading) {
    for (at, segment) in path.split(is_slash).enumerate() {
        if at > 0 {
            reading.structure("/");
        }
        let dots = segment.to_ascii_lowercase().replace("%2e", ".");
        if dots == "." || dots == ".." {
            reading.structure(format!("a segment {dots}"));
        }
        reading.value(&decoded(segment));
    }
}

fn pairs(query: &str, reading: &mut Reading) {
    for (at, pair) in query.split('&').enumerate() {
        if at > 0 {
            reading.structure("&");
        }
        let mut sides = pair.splitn(2, '=');
        reading.value(&decoded(&sides.next().unwrap_or_default().replace('+', " ")));
        if let Some(value) = sides.next() {
            reading.structure("=");
            reading.value(&decoded(&value.replace('+', " ")));
        }
    }
}

/// What percent signs stand for.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let is_hex = |it: &&str| it.bytes().all(|byte| byte.is_ascii_hexdigit());
        match digits.filter(is_hex).and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        read(text).shape().join(" ")
    }

    #[test]
    fn an_address_falls_into_its_parts() {
        assert_eq!(
            shape("HTTPS://a:b@Host.x:80/c/../d?e=f&g#h"),
            "the scheme https: a user a password the host Host.x the port 80 / / a segment .. / ? = & #"
        );
        assert_eq!(shape("a/b"), "/");
        assert_eq!(shape("//evil/a"), "the host evil /");
        assert_eq!(shape("/\\evil"), "the host evil");
        assert_eq!(shape("/%2E./a"), "/ a segment .. /");
        assert_eq!(shape("java\nscript:x"), "the scheme javascript:");
    }

    #[test]
    fn what_is_encoded_stays_in_its_component() {
        let shape = |text: &str, component: &str| read_component(text, component).shape().join(" ");
        for component in ["", "segment", "query", "fragment", "userinfo"] {
            assert_eq!(shape("a%2F%3F%23%26%3D", component), shape("a", component), "{component}");
        }
        for (text, component) in [
            ("a/b", ""),
            ("a&b", ""),
            ("a/b", "segment"),
            ("..", "segment"),
            ("a&b", "query"),
            ("a#b", "query"),
            ("a/", "host"),
        ] {
            assert_ne!(shape(text, component), shape("a", component), "{text} {component}");
        }
        assert_eq!(read_component("a%20b+c", "query").values("="), ["a b c", "e"]);
    }
}
