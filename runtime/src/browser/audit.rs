//! What HTML from strangers must not hold.
//!
//! Takes the text and what is allowed, gives the first thing that is not.

use super::address::{addresses, full_name, is_plain_image, scheme};
use super::tree::{Data, Element, Tree, Visit, document, fragment, is_document};
use crate::contradiction::Contradiction;

/// What HTML may hold.
#[derive(Clone, Copy, Debug)]
pub struct Allowed<'a> {
    /// Schemes that addresses may have; any but those in `never` if there are none here.
    pub schemes: &'a [&'a str],
    /// Whether a scheme that is not among `schemes` is a finding although a browser opens no such address itself.
    pub strict: bool,
    /// Elements by name; any but those that act by themselves if there are none here.
    pub elements: &'a [&'a str],
    /// Attributes: `name`, `element.name`, or a beginning such as `data-*`; any but handlers of events if there are none.
    pub attributes: &'a [&'a str],
    /// Schemes that no address may have; if there are none here, those by which an address acts.
    pub never: &'a [&'a str],
}

/// Schemes by which an address runs a script, or holds the page that it leads to.
const ACTING: &[&str] = &["javascript", "vbscript", "data"];

/// A scheme that leads out of the web, and that a browser opens.
const LOCAL: &str = "file";

/// Elements that run, load or change something by being there.
const ACTIVE: &[&str] = &[
    "script",
    "style",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "portal",
    "fencedframe",
];

/// Elements that a parser adds where nobody wrote them.
const IMPLIED: &[&str] = &["html", "head", "body", "tbody", "tr", "colgroup"];

/// How often what a browser would write is read again.
const READINGS: usize = 3;

/// How deep documents may lie in attributes of each other.
const DEEPEST: usize = 4;

/// The first thing in `html` that is not allowed, in its first reading or a later one.
pub(crate) fn audit(html: &str, allowed: &Allowed<'_>) -> Option<Contradiction> {
    let is_whole = is_document(html);
    let read = |text: &str, scripts| if is_whole { document(text, scripts) } else { fragment(text, scripts) };
    [true, false].into_iter().find_map(|scripts| {
        let mut tree = read(html, scripts);
        let mut last = None;
        for reading in 0..READINGS {
            if let Some(mut finding) = in_tree(&tree, allowed, 0) {
                if reading > 0 {
                    finding.seen = format!("read again after a browser wrote it down, {}", finding.seen);
                }
                return Some(finding);
            }
            let written = tree.written(scripts);
            if last.as_ref() == Some(&written) || (reading == 0 && written == html) {
                break;
            }
            tree = read(&written, scripts);
            last = Some(written);
        }
        None
    })
}

fn in_tree(tree: &Tree, allowed: &Allowed<'_>, depth: usize) -> Option<Contradiction> {
    let mut found = None;
    tree.walk(&mut |visit| {
        if let (None, Visit::Enter(Data::Element(element))) = (&found, visit) {
            found = in_element(element, allowed, depth);
        }
    });
    found
}

fn in_element(element: &Element, allowed: &Allowed<'_>, depth: usize) -> Option<Contradiction> {
    let name = element.name.local.to_ascii_lowercase();
    wrong_element(&name, allowed)
        .or_else(|| element.attributes.iter().find_map(|it| wrong_attribute(&name, it, allowed)))
        .or_else(|| addresses(element).iter().find_map(|it| wrong_address(&name, it, allowed)))
        .or_else(|| {
            let inner = element.attributes.iter().find(|it| &*it.name.local == "srcdoc")?;
            let tree = (depth < DEEPEST).then(|| document(&inner.value, true))?;
            in_tree(&tree, allowed, depth + 1)
        })
}

fn wrong_element(name: &str, allowed: &Allowed<'_>) -> Option<Contradiction> {
    if allowed.elements.is_empty() {
        return ACTIVE.contains(&name).then(|| Contradiction {
            expected: format!("no element is there that acts by itself, such as {}", listed(&ACTIVE[..3])),
            seen: format!("there is an element <{name}>"),
        });
    }
    let fine = IMPLIED.contains(&name) || allowed.elements.iter().any(|it| it.eq_ignore_ascii_case(name));
    (!fine).then(|| Contradiction {
        expected: format!("the elements are {}", listed(allowed.elements)),
        seen: format!("there is an element <{name}>"),
    })
}

fn wrong_attribute(
    element: &str,
    attribute: &html5ever::Attribute,
    allowed: &Allowed<'_>,
) -> Option<Contradiction> {
    let name = full_name(attribute);
    let shown = || format!("<{element}> has the attribute {name}={:?}", cut(&attribute.value));
    if allowed.attributes.is_empty() {
        return name
            .starts_with("on")
            .then(|| Contradiction { expected: "no attribute handles events".to_string(), seen: shown() });
    }
    let own = format!("{element}.{name}");
    let fits = |pattern: &&str| match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start) || own.starts_with(start),
        None => name.eq_ignore_ascii_case(pattern) || own.eq_ignore_ascii_case(pattern),
    };
    (!allowed.attributes.iter().any(fits)).then(|| Contradiction {
        expected: format!("the attributes are {}", listed(allowed.attributes)),
        seen: shown(),
    })
}

fn wrong_address(
    element: &str,
    address: &super::address::Address,
    allowed: &Allowed<'_>,
) -> Option<Contradiction> {
    let scheme = scheme(&address.text)?;
    let never = if allowed.never.is_empty() { ACTING } else { allowed.never };
    let has = |list: &[&str]| list.iter().any(|it| it.trim_end_matches(':').eq_ignore_ascii_case(&scheme));
    let is_fine = if has(allowed.schemes) {
        allowed.never.is_empty() || !has(allowed.never)
    } else if has(never) {
        allowed.never.is_empty() && scheme == "data" && is_plain_image(&address.text)
    } else {
        allowed.schemes.is_empty() || !(allowed.strict || scheme == LOCAL)
    };
    (!is_fine).then(|| Contradiction {
        expected: if allowed.schemes.is_empty() {
            format!("no address has a scheme of {}", listed(never))
        } else {
            format!("addresses are relative or have a scheme of {}", listed(allowed.schemes))
        },
        seen: format!(
            "{} of <{element}> is {:?}, of which a browser reads the scheme `{scheme}`",
            address.attribute,
            cut(&address.text)
        ),
    })
}

/// The beginning of a value that is long.
fn cut(text: &str) -> &str {
    text.char_indices().nth(120).map_or(text, |(at, _)| &text[..at])
}

fn listed(words: &[&str]) -> String {
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: Allowed<'static> =
        Allowed { schemes: &[], strict: false, elements: &[], attributes: &[], never: &[] };

    fn seen(html: &str, allowed: &Allowed<'_>) -> String {
        audit(html, allowed).map_or_else(|| "fine".to_string(), |finding| finding.seen)
    }

    fn is_fine(html: &str, allowed: &Allowed<'_>) -> bool {
        audit(html, allowed).is_none()
    }

    #[test]
    fn addresses_that_act_are_found_however_they_are_written() {
        for html in [
            "<a href=javascript:x>",
            "<a href=' jAvA\tscript:x'>",
            "<a href='&#x64&#x61&#x74&#x61&#x3atext/html,hi'>",
            "<form><button formaction=vbscript:x>",
            "<svg><a><set attributeName=href to=javascript:x /></a></svg>",
            "<math><maction xlink:href=javascript:x>",
            "<img srcset='javascript:x 2x'>",
            "<video poster=javascript:x>",
            "<table background=javascript:x>",
            "<b style='background:url(javascript:x)'>",
            "<!DOCTYPE html><meta http-equiv=refresh content='0;url=data:text/html,x'>",
        ] {
            assert!(!is_fine(html, &ANY), "{html}");
        }
        assert_eq!(
            seen("<a href=javascript:x>", &ANY),
            "href of <a> is \"javascript:x\", of which a browser reads the scheme `javascript`"
        );
    }

    #[test]
    fn what_only_looks_like_it_is_fine() {
        for html in [
            "<a href='https://example.org/javascript:x'>javascript:x</a>",
            "<a href='/javascript:x'>&lt;script></a>",
            "<a href='&amp;#106;avascript:x'>",
            "<img src='data:image/png;base64,AA'>",
            "<p title='onclick=x' class=onclick>",
            "<a href=mailto:a@example.org>",
            "<!-- <script> -->",
        ] {
            assert_eq!(seen(html, &ANY), "fine", "{html}");
        }
    }

    #[test]
    fn a_list_of_schemes_forbids_what_a_browser_opens_and_if_strict_all_others() {
        let web = Allowed { schemes: &["http", "https"], ..ANY };
        assert!(is_fine("<a href=//host><a href=HTTPS:x><a href=foo:x>", &web));
        assert!(!is_fine("<a href=javascript:x>", &web) && !is_fine("<a href=file:///x>", &web));
        assert!(!is_fine("<a href=foo:x>", &Allowed { strict: true, ..web }));
        assert!(is_fine("<a href=data:x>", &Allowed { schemes: &["data"], ..ANY }));
        assert!(!is_fine("<a href=ftp:x>", &Allowed { never: &["ftp"], ..ANY }));
    }

    #[test]
    fn elements_and_attributes_that_act_are_found() {
        for html in
            ["<script>", "<svg><style>", "<iframe srcdoc=''>", "<object>", "<p onclick=x>", "<svg/onload=x>"]
        {
            assert!(!is_fine(html, &ANY), "{html}");
        }
        let few = Allowed { elements: &["p", "table", "a"], attributes: &["a.href", "data-*"], ..ANY };
        assert!(is_fine("<p data-x=1><a href=x>y</a><table></table>", &few));
        assert_eq!(seen("<p href=x>", &few), "<p> has the attribute href=\"x\"");
        assert_eq!(seen("<b>", &few), "there is an element <b>");
        let framed = Allowed { elements: &["iframe"], ..ANY };
        assert_eq!(seen("<iframe srcdoc='&lt;b&gt;'>", &framed), "there is an element <b>");
    }

    #[test]
    fn what_appears_in_a_later_reading_is_found() {
        let html = "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>";
        let styled = Allowed { elements: &["form", "math", "mtext", "mglyph", "style", "img"], ..ANY };
        let seen = seen(html, &styled);
        assert!(seen.starts_with("read again") && seen.contains("onerror"), "{seen}");
    }

    #[test]
    fn both_readings_of_noscript_count() {
        assert!(!is_fine("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>", &ANY));
        assert!(!is_fine("<noscript><img src=x onerror=alert(1)></noscript>", &ANY));
    }
}
