//! Looks whether what a person said still stands: it has not ended, and what it was said of has not changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use constraints_wire::Place;
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::spanned::Spanned as _;

use crate::digest::digest;
use crate::findings::{Finding, Look};
use crate::sources::{attributes, each_module, files, inside, is_test, shown};

/// What a person said.
#[derive(Clone, Copy, Debug, Default)]
pub struct Attestation<'a> {
    /// Who said it.
    pub by: &'a str,
    /// The day on which it was said, as `2026-01-31`.
    pub on: &'a str,
    /// The last day on which it stands.
    pub until: &'a str,
    /// Where more about it can be read; may be empty.
    pub evidence: &'a str,
    /// Documents that it was said of besides: patterns from the root of the package.
    pub files: &'a [&'a str],
    /// Digests of what it was said of: one of everything, or `path digest` for each part; none says nothing.
    pub of: &'a [&'a str],
}

/// So many digits of a digest are written down.
const DIGITS: usize = 16;

/// Before the end somebody has to look again; so many days before, a note says so.
const SOON: i64 = 14;

/// Holds until the attestation ends, and while what stands in `module` (path segments below the root of the crate)
/// and in the files is what it was said of.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails. Also if the sources cannot be read.
pub fn attested(id: &str, module: &[&str], attestation: Attestation<'_>) {
    let look = Look {
        id,
        kind: "attested",
        started: Instant::now(),
        expected: "an attestation that stands, of what is there now",
    };
    let parts = parts(&look.root(), module, attestation.files);
    let mut findings = ended(attestation, today());
    findings.extend(changed(attestation, &parts));
    look.conclude(parts.len() as u64, &findings, notes(attestation, &parts, today()));
}

/// Something that was looked at: what it is called, its digest, and where it begins.
#[derive(Debug)]
struct Part {
    name: String,
    digest: String,
    place: Place,
}

/// Every item below the module, tests left out, and every file; what has one name is one part.
fn parts(root: &Path, module: &[&str], patterns: &[&str]) -> Vec<Part> {
    let mut texts: BTreeMap<String, (String, Place)> = BTreeMap::new();
    each_module(root, &mut |part| {
        if !inside(part.module, module) {
            return;
        }
        let path = ["crate"].into_iter().chain(part.module.iter().map(String::as_str));
        let path = path.collect::<Vec<_>>().join("::");
        for item in part.items.iter().filter(|item| !is_test(attributes(item))) {
            if matches!(item, syn::Item::Mod(_)) {
                continue;
            }
            let (name, span) = named(item);
            let known = texts.entry(format!("{path}::{name}"));
            let known = known.or_insert_with(|| (String::new(), part.place(span)));
            spell(without_comments(item.to_token_stream()), &mut known.0);
            known.0.push('\n');
        }
    });
    let code =
        texts.into_iter().map(|(name, (text, place))| Part { name, digest: short(text.as_bytes()), place });
    let documents = patterns.iter().flat_map(|pattern| files(root, pattern)).map(|path| {
        let bytes = fs::read(&path).unwrap_or_else(|error| {
            panic!("{} cannot be read, so nothing can be said about it: {error}", path.display())
        });
        let name = shown(root, &path);
        Part { digest: short(&bytes), place: Place { file: name.clone(), line: 1, column: 1 }, name }
    });
    code.chain(documents).collect()
}

fn short(bytes: &[u8]) -> String {
    let mut digest = digest(bytes);
    digest.truncate(DIGITS);
    digest
}

/// The digest of all parts.
fn whole(parts: &[Part]) -> String {
    let lines: Vec<String> = parts.iter().map(|part| format!("{} {}\n", part.name, part.digest)).collect();
    short(lines.concat().as_bytes())
}

/// What an item is called among those of its module, and where that stands.
fn named(item: &syn::Item) -> (String, Span) {
    let ident = match item {
        syn::Item::Const(item) => &item.ident,
        syn::Item::Enum(item) => &item.ident,
        syn::Item::Fn(item) => &item.sig.ident,
        syn::Item::Static(item) => &item.ident,
        syn::Item::Struct(item) => &item.ident,
        syn::Item::Trait(item) => &item.ident,
        syn::Item::Type(item) => &item.ident,
        syn::Item::Union(item) => &item.ident,
        syn::Item::Use(item) => return ("use".to_string(), item.use_token.span),
        syn::Item::Impl(item) => {
            let of = item.trait_.as_ref().map(|(path, _)| format!("{}_for_", plain(path)));
            let name = format!("impl_{}{}", of.unwrap_or_default(), plain(&item.self_ty));
            return (name, item.impl_token.span);
        }
        syn::Item::Macro(item) => match &item.ident {
            Some(ident) => ident,
            None => return (format!("{}!", plain(&item.mac.path)), item.mac.path.span()),
        },
        item => return ("others".to_string(), item.span()),
    };
    (ident.to_string(), ident.span())
}

/// Tokens as one word.
fn plain(of: &impl quote::ToTokens) -> String {
    of.to_token_stream().to_string().split_whitespace().collect()
}

/// Comments and how lines are laid out change nothing that code does.
fn without_comments(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    for tree in tokens {
        match tree {
            TokenTree::Group(group) if is_doc(&kept, &group) => {
                while matches!(kept.last(), Some(TokenTree::Punct(punct)) if matches!(punct.as_char(), '#' | '!'))
                {
                    kept.pop();
                }
            }
            TokenTree::Group(group) => {
                let inside = without_comments(group.stream());
                kept.push(TokenTree::Group(Group::new(group.delimiter(), inside)));
            }
            tree => kept.push(tree),
        }
    }
    kept.into_iter().collect()
}

/// The tokens one by one: how they are laid out as a text is the business of whoever prints them, and may change.
fn spell(tokens: TokenStream, text: &mut String) {
    for tree in tokens {
        let TokenTree::Group(group) = tree else {
            *text += &tree.to_string();
            text.push(' ');
            continue;
        };
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("( ", ") "),
            Delimiter::Brace => ("{ ", "} "),
            Delimiter::Bracket => ("[ ", "] "),
            Delimiter::None => ("", ""),
        };
        *text += open;
        spell(group.stream(), text);
        *text += close;
    }
}

/// Whether it is the `[doc = ".."]` of a `#` or `#!` before it.
fn is_doc(before: &[TokenTree], group: &Group) -> bool {
    let hash =
        before.iter().rev().find(|tree| !matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '!'));
    let mut inside = group.stream().into_iter();
    group.delimiter() == Delimiter::Bracket
        && matches!(hash, Some(TokenTree::Punct(punct)) if punct.as_char() == '#')
        && matches!(inside.next(), Some(TokenTree::Ident(ident)) if ident == "doc")
        && matches!(inside.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=')
}

/// Why it does not stand on the day `today`.
fn ended(attestation: Attestation<'_>, today: i64) -> Vec<Finding> {
    let Attestation { by, on, until, .. } = attestation;
    let said = |what: String| Finding { what, place: None };
    match (day(on), day(until)) {
        (Some(first), _) if first > today => {
            vec![said(format!("what {by} says is dated {on}, which is still to come"))]
        }
        (Some(_), Some(last)) if last < today => {
            vec![said(format!("what {by} said on {on} ended on {until}"))]
        }
        (Some(_), Some(_)) => Vec::new(),
        _ => vec![said(format!("`{on}` and `{until}` have to be days, such as `2026-01-31`"))],
    }
}

/// What has changed since.
fn changed(attestation: Attestation<'_>, parts: &[Part]) -> Vec<Finding> {
    let by = attestation.by;
    let mut findings = Vec::new();
    let pairs: Vec<(&str, &str)> = attestation.of.iter().filter_map(|of| of.rsplit_once(' ')).collect();
    for (name, digest) in &pairs {
        match parts.iter().find(|part| part.name == *name) {
            Some(part) if part.digest == *digest => {}
            Some(part) => findings.push(Finding {
                what: format!("`{name}` is not what {by} looked at; it is `{name} {}` now", part.digest),
                place: Some(part.place.clone()),
            }),
            None => findings
                .push(Finding { what: format!("`{name}`, which {by} looked at, is not there"), place: None }),
        }
    }
    if !pairs.is_empty() {
        let is_new = |part: &&Part| pairs.iter().all(|(name, _)| *name != part.name);
        findings.extend(parts.iter().filter(is_new).map(|part| Finding {
            what: format!("`{}` is new since {by} looked; it is `{0} {}`", part.name, part.digest),
            place: Some(part.place.clone()),
        }));
    }
    let now = whole(parts);
    let wholes = attestation.of.iter().filter(|of| !of.contains(' '));
    findings.extend(wholes.filter(|of| **of != now).map(|_| Finding {
        what: format!("something has changed since {by} looked; the digest of all of it is `{now}` now"),
        place: None,
    }));
    findings
}

fn notes(attestation: Attestation<'_>, parts: &[Part], today: i64) -> Vec<String> {
    let Attestation { by, on, until, evidence, of, .. } = attestation;
    let more = if evidence.is_empty() { String::new() } else { format!("; see {evidence}") };
    let mut notes = vec![format!("{by} said so on {on}, and it stands until {until}{more}")];
    if let Some(left @ 0..=SOON) = day(until).map(|last| last - today) {
        notes.push(format!("it ends in {left} days"));
    }
    if of.is_empty() {
        notes.push(format!("`of = \"{}\"` ends it with the next change", whole(parts)));
    }
    notes
}

/// The number of a day such as `2026-01-31`, counted from the first of 1970.
fn day(text: &str) -> Option<i64> {
    let mut numbers = text.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    if numbers.next().is_some() || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years that begin in March have the day that is not always there at their end.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(days + (153 * month + 2) / 5 + day - 719_469)
}

fn today() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs() / 86_400).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Attestation, changed, day, ended, notes, parts, whole};
    use crate::sources::laid_out::with_files;

    const LIB: &str = "pub mod token;\nuse std::fmt;\npub fn other() {}\n";
    const TOKEN: &str = "/// Compares.\npub fn same(a: &str) -> bool { a == \"x\" }\npub struct T;\nimpl T { fn a() {} }\nimpl T { fn b() {} }\n\
                         #[cfg(test)]\nmod tests { fn t() {} }\n";

    fn said<'a>(of: &'a [&'a str]) -> Attestation<'a> {
        Attestation { by: "ana", on: "2026-01-31", until: "2026-07-31", of, ..Attestation::default() }
    }

    /// What is found in a package with this module, where the digests of the first one were written down.
    fn found(token: &str, by_part: bool) -> Vec<String> {
        let look = |token: &str| {
            let files = [("src/lib.rs", LIB), ("src/token.rs", token), ("docs/a.md", "A")];
            with_files(&files, |root| parts(root, &["token"], &["docs/*.md"]))
        };
        let before = look(TOKEN);
        let written: Vec<String> = if by_part {
            before.iter().map(|part| format!("{} {}", part.name, part.digest)).collect()
        } else {
            vec![whole(&before)]
        };
        let written: Vec<&str> = written.iter().map(String::as_str).collect();
        let now = look(token);
        let shown = changed(said(&written), &now).into_iter().map(|it| {
            let line = it.place.map_or(0, |place| place.line);
            format!("{line}: {}", it.what.split("; ").next().unwrap_or_default())
        });
        shown.collect()
    }

    #[test]
    fn comments_layout_and_tests_change_nothing() {
        let other = "//! About it.\n// Plain.\n/// Compares texts.\npub fn same(\n    a: &str,\n) -> bool {\n    a == \"x\" // here\n}\n\
                     pub struct T;\nimpl T { fn a() {} }\nimpl T { #[doc = \"B\"] fn b() {} }\n#[cfg(test)]\nmod tests { fn u() {} }\n";
        let other = other.replace("    a: &str,\n", "    a: &str\n");
        assert_eq!(found(&other, true), Vec::<String>::new());
        assert_eq!(found(&other, false), Vec::<String>::new());
    }

    #[test]
    fn a_change_is_found_in_its_part() {
        let other = TOKEN.replace("a == \"x\"", "a != \"x\"");
        assert_eq!(found(&other, true), ["2: `crate::token::same` is not what ana looked at"]);
        assert_eq!(found(&other, false), ["0: something has changed since ana looked"]);
        let other = TOKEN.replace("fn b() {}", "fn b() { loop {} }");
        assert_eq!(found(&other, true), ["4: `crate::token::impl_T` is not what ana looked at"]);
        let other = TOKEN.replace("pub struct T;", "pub struct T;\nstatic U: u8 = 1;");
        assert_eq!(found(&other, true), ["4: `crate::token::U` is new since ana looked"]);
        let other = TOKEN.replace("pub fn same", "pub fn alike");
        let both = [
            "0: `crate::token::same`, which ana looked at, is not there",
            "2: `crate::token::alike` is new since ana looked",
        ];
        assert_eq!(found(&other, true), both);
    }

    #[test]
    fn what_was_said_stands_on_its_days_only() {
        let on = |today: &str| {
            let findings = ended(said(&[]), day(today).expect("a day"));
            findings.into_iter().map(|it| it.what).collect::<Vec<_>>().concat()
        };
        assert_eq!(on("2026-01-30"), "what ana says is dated 2026-01-31, which is still to come");
        assert_eq!([on("2026-01-31"), on("2026-07-31")], ["", ""]);
        assert_eq!(on("2026-08-01"), "what ana said on 2026-01-31 ended on 2026-07-31");
        let soon = notes(said(&["x"]), &[], day("2026-07-20").expect("a day"));
        assert_eq!(soon, ["ana said so on 2026-01-31, and it stands until 2026-07-31", "it ends in 11 days"]);
    }

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        assert_eq!(day("1970-01-01"), Some(0));
        assert_eq!(day("2000-03-01").zip(day("2000-02-28")).map(|(a, b)| a - b), Some(2));
        assert_eq!(day("2100-03-01").zip(day("2100-02-28")).map(|(a, b)| a - b), Some(1));
        assert_eq!(day("2026-11-28"), Some(20_785));
        assert_eq!([day("2026-13-01"), day("2026-01"), day("x-1-1"), day("2026-01-01-1")], [None; 4]);
    }
}
