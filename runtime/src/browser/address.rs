//! The addresses that a browser takes from attributes, and their schemes as it reads them.

use super::tree::Element;

/// An address, and the attribute it stands in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) attribute: String,
    pub(crate) text: String,
}

/// Attributes whose value is an address, wherever they stand.
const PLAIN: &[&str] = &[
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "background",
    "cite",
    "longdesc",
    "manifest",
    "profile",
    "usemap",
    "codebase",
    "classid",
    "code",
    "archive",
    "lowsrc",
    "dynsrc",
    "icon",
    "xlink:href",
    "xml:base",
];

/// Elements of SVG that put a value into an attribute of another element.
const ANIMATIONS: &[&str] =
    &["animate", "set", "animatetransform", "animatemotion", "animatecolor", "discard"];

/// All addresses in the attributes of an element.
pub(crate) fn addresses(element: &Element) -> Vec<Address> {
    let mut found = Vec::new();
    for attribute in &element.attributes {
        let name = full_name(attribute);
        let value = &*attribute.value;
        let mut add = |text: &str| found.push(Address { attribute: name.clone(), text: text.to_string() });
        match name.as_str() {
            "ping" | "attributionsrc" => value.split_ascii_whitespace().for_each(add),
            "srcset" | "imagesrcset" => candidates(value).for_each(add),
            "style" => in_style(value).iter().for_each(|it| add(it)),
            "content" if is_refresh(element) => refreshed(value).into_iter().for_each(add),
            "to" | "from" | "by" | "values" if animates_address(element) => value.split(';').for_each(add),
            name if PLAIN.contains(&name) => add(value),
            _ => {}
        }
    }
    found
}

/// The name of an attribute as people write it: with its prefix, in lower case.
pub(crate) fn full_name(attribute: &html5ever::Attribute) -> String {
    let local = attribute.name.local.to_ascii_lowercase();
    match &attribute.name.prefix {
        Some(prefix) if !prefix.is_empty() => format!("{prefix}:{local}"),
        _ => local.to_string(),
    }
}

/// The scheme of an address as the WHATWG URL parser reads it, in lower case; none for a relative address.
pub(crate) fn scheme(address: &str) -> Option<String> {
    let start = address.trim_start_matches(|it: char| it <= ' ');
    let mut scheme = String::new();
    for letter in start.chars() {
        match letter {
            '\t' | '\n' | '\r' => {}
            ':' if !scheme.is_empty() => return Some(scheme),
            'a'..='z' | 'A'..='Z' => scheme.push(letter.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !scheme.is_empty() => scheme.push(letter),
            _ => return None,
        }
    }
    None
}

/// Whether an address of `data:` holds nothing but an image made of pixels, which cannot act.
pub(crate) fn is_plain_image(address: &str) -> bool {
    let clean: String = address.chars().filter(|it| *it > ' ').take(64).collect();
    let Some((_, rest)) = clean.split_once(':') else { return false };
    let kind = rest.split([';', ',']).next().unwrap_or_default().to_ascii_lowercase();
    kind.starts_with("image/") && !kind.contains("svg") && !kind.contains("xml")
}

fn value<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attributes.iter().find(|it| full_name(it) == name).map(|it| &*it.value)
}

fn is_refresh(element: &Element) -> bool {
    value(element, "http-equiv").is_some_and(|it| it.trim().eq_ignore_ascii_case("refresh"))
}

fn animates_address(element: &Element) -> bool {
    let name = element.name.local.to_ascii_lowercase();
    let target = value(element, "attributename").map(|it| it.trim().to_ascii_lowercase());
    ANIMATIONS.contains(&&*name) && target.is_none_or(|it| it == "href" || it.ends_with(":href"))
}

/// The addresses of a `srcset`.
fn candidates(value: &str) -> impl Iterator<Item = &str> {
    // An address may hold commas, but neither begin nor end with one.
    let words = value.split_ascii_whitespace().map(|word| word.trim_matches(','));
    words.filter(|word| !word.is_empty() && (!word.ends_with(['x', 'w']) || word.contains(':')))
}

/// The address of `5; url='address'`.
fn refreshed(value: &str) -> Option<&str> {
    let (_, rest) = value.split_once([';', ','])?;
    let rest = rest.trim_start();
    let named = rest.get(..3).filter(|it| it.eq_ignore_ascii_case("url")).map(|_| rest[3..].trim_start());
    let rest = named.and_then(|it| it.strip_prefix('=')).unwrap_or(rest).trim_start();
    Some(match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => rest[1..].split(quote).next().unwrap_or_default(),
        _ => rest,
    })
}

/// The addresses of `url(..)` in style sheets, with their escapes decoded.
pub(crate) fn in_style(style: &str) -> Vec<String> {
    let plain = decoded(style);
    let lower = plain.to_ascii_lowercase();
    let starts = lower.match_indices("url(").map(|(at, mark)| at + mark.len());
    let imports = lower.match_indices("@import").map(|(at, mark)| at + mark.len());
    let address = |at: usize| {
        let rest = plain[at..].trim_start();
        match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => rest[1..].split(quote).next().unwrap_or_default().to_string(),
            _ => rest.split([')', ';']).next().unwrap_or_default().to_string(),
        }
    };
    starts.chain(imports).map(address).collect()
}

/// Escapes of CSS: `\6a` and `\j` are `j`.
fn decoded(style: &str) -> String {
    let mut out = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, behind)) = rest.split_once('\\') {
        out.push_str(before);
        let digits = behind.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        rest = &behind[digits..];
        if digits > 0 {
            let code = u32::from_str_radix(&behind[..digits], 16).unwrap_or(0);
            out.push(char::from_u32(code).filter(|it| *it != '\0').unwrap_or('\u{fffd}'));
            rest = rest.strip_prefix([' ', '\t', '\n']).unwrap_or(rest);
        } else if let Some(letter) = rest.chars().next() {
            if letter != '\n' {
                out.push(letter);
            }
            rest = &rest[letter.len_utf8()..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Data, Visit, fragment};
    use super::*;

    fn found(html: &str) -> Vec<String> {
        let mut all = Vec::new();
        fragment(html, true).walk(&mut |visit| {
            if let Visit::Enter(Data::Element(element)) = visit {
                all.extend(addresses(element).into_iter().map(|it| format!("{} {}", it.attribute, it.text)));
            }
        });
        all
    }

    #[test]
    fn a_scheme_is_read_as_a_browser_reads_it() {
        for address in [
            "javascript:x",
            "JavaScript:x",
            " \u{1}\u{0}javascript:x",
            "java\tscr\nipt:x",
            "\njavascript\r:x",
        ] {
            assert_eq!(scheme(address).as_deref(), Some("javascript"), "{address:?}");
        }
        for relative in [
            "",
            "/a:b",
            "//host",
            "?javascript:x",
            "#a:b",
            "%6aavascript:x",
            ":x",
            "1a:x",
            "\u{a0}a:b",
            "é:x",
        ] {
            assert_eq!(scheme(relative), None, "{relative:?}");
        }
        assert_eq!(scheme("x-y+1.z:").as_deref(), Some("x-y+1.z"));
    }

    #[test]
    fn every_attribute_that_takes_addresses_is_read() {
        assert_eq!(found("<a href='&#106avascript&colon;x'>"), ["href javascript:x"]);
        assert_eq!(
            found("<img srcset='a.png 1x, javascript:x 2x'>"),
            ["srcset a.png", "srcset javascript:x"]
        );
        assert_eq!(
            found("<meta http-equiv=Refresh content=\"0; URL='javascript:x'\">"),
            ["content javascript:x"]
        );
        assert_eq!(found("<meta name=x content='0;url=javascript:x'>"), [""; 0]);
        assert_eq!(
            found("<svg><a xlink:href=a><animate attributeName=href values='a;javascript:x'>"),
            ["xlink:href a", "values a", "values javascript:x"]
        );
        assert_eq!(found("<svg><animate attributeName=x to=javascript:x>"), [""; 0]);
        assert_eq!(found("<b style='x:u\\72l( \"javascript:x\" )'>"), ["style javascript:x"]);
        assert_eq!(found("<a ping='/a javascript:x'>"), ["ping /a", "ping javascript:x"]);
    }

    #[test]
    fn images_made_of_pixels_are_told_from_what_acts() {
        assert!(is_plain_image("data:image/png;base64,x") && is_plain_image(" DATA:Image/GIF,"));
        assert!(!is_plain_image("data:image/svg+xml,x") && !is_plain_image("data:text/html,image/png"));
    }
}
