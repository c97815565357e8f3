//! What archives of every format have in common: entries, their names, what they hold.

use super::tree::{Node, Sort};
use super::word;
use crate::mutate;
use crate::show::{show_bytes, show_text};
use crate::tape::Maker;

pub(super) const FILE: usize = 0;
pub(super) const FOLDER: usize = 1;
pub(super) const LINK: usize = 2;
pub(super) const HARD_LINK: usize = 3;
/// A pipe or a device.
pub(super) const SPECIAL: usize = 4;
/// What a file holds, or where a link leads.
pub(super) const CONTENT: usize = 5;
pub(super) const ARCHIVE: usize = 6;

/// The sorts of parts, with so many quirks of entries and of the archive.
pub(super) const fn sorts(of_entries: usize, of_archive: usize) -> [Sort; 7] {
    let entry = Sort { quirks: of_entries, has_text: true, repeats: true, ..Sort::BRANCH };
    let archive = Sort { quirks: of_archive, ..Sort::BRANCH };
    [entry, entry, entry, entry, entry, Sort { repeats: true, ..Sort::LEAF }, archive]
}

const NAMES: &[&str] = &[
    "a",
    "a/b",
    "a/b/c.txt",
    "b",
    "A",
    "../x",
    "../../x",
    "a/../../x",
    "a/../b",
    "/x",
    "//x",
    "./a",
    "a//b",
    "a/./b",
    ".",
    "..",
    "/",
    "",
    "a/",
    "..\\x",
    "a\\..\\..\\x",
    "C:\\x",
    "C:x",
    "\\\\host\\x",
    "a\0b",
    "a\nb",
    "a ",
    "a.",
    " a",
    "-rf",
    "~",
    "~/x",
    "CON",
    "aux.txt",
    "a:b",
    "é",
    "e\u{301}",
    "\u{f780}",
    "a\u{f7ff}b",
    "\u{202e}txt.exe",
    "*",
    "$HOME",
    ".git/config",
    ".ssh/authorized_keys",
    "PaxHeaders/a",
];

const TARGETS: &[&str] =
    &["b", "..", "../..", "/", "/tmp", "/etc/passwd", "../x", "a", ".", "", "a/b", "C:\\"];

pub(super) fn made(maker: &mut Maker<'_>) -> Node {
    let mut entries = Vec::new();
    let mut links: Vec<String> = Vec::new();
    for _ in 0..=maker.random.small(5) {
        // Much of what is odd about archives begins with a link.
        let starts_with_link = entries.is_empty() && maker.random.one_in(3);
        let mut entry = if starts_with_link { link(maker) } else { entry(maker) };
        // What a link let in: an entry that goes through one that came before, or stands in its place.
        if maker.random.one_in(2)
            && let Some(link) = maker.random.pick(&links).cloned()
        {
            // A folder that is there already is taken as it is found, and given the mode that the archive says.
            if maker.random.one_in(3) {
                entry = Node::text(FOLDER, link);
            } else {
                entry.text = through(&link, maker).into_bytes();
            }
        }
        if entry.sort == LINK {
            links.push(String::from_utf8_lossy(&entry.text).into_owned());
        }
        entries.push(entry);
    }
    Node::of(ARCHIVE, entries)
}

/// A name that leads through a link, or is that of the link itself.
fn through(link: &str, maker: &mut Maker<'_>) -> String {
    let link = link.trim_end_matches('/');
    match maker.random.below(8) {
        0 | 1 => link.to_owned(),
        // What is made beside a folder, and not what stands there already.
        2 | 3 => format!("{link}/new/y"),
        4 => format!("{link}/new"),
        5 => format!("{link}/../x"),
        _ => format!("{link}/x"),
    }
}

pub(super) fn part(maker: &mut Maker<'_>, of: usize) -> Node {
    match of {
        FILE => Node::text(CONTENT, mutate::bytes::piece(maker)),
        LINK | HARD_LINK => Node::text(CONTENT, target(maker)),
        _ => entry(maker),
    }
}

fn entry(maker: &mut Maker<'_>) -> Node {
    let name = name(maker);
    match maker.random.below(11) {
        0..=4 => Node::text(FILE, name).with(vec![Node::text(CONTENT, mutate::bytes::piece(maker))]),
        5 | 6 => Node::text(FOLDER, name),
        7 | 8 => link(maker),
        9 => Node::text(HARD_LINK, name).with(vec![Node::text(CONTENT, target(maker))]),
        _ => Node::text(SPECIAL, name),
    }
}

fn link(maker: &mut Maker<'_>) -> Node {
    let name = name(maker);
    Node::text(LINK, name).with(vec![Node::text(CONTENT, target(maker))])
}

fn name(maker: &mut Maker<'_>) -> String {
    match maker.random.below(12) {
        0 => mutate::text::path(maker),
        1 => mutate::text::piece(maker),
        2 => {
            // Around the lengths of fields.
            let length = [99, 100, 101, 154, 155, 156, 255, 256, 300, 5_000][maker.random.below(10)];
            let deep = maker.random.one_in(2);
            // Thousands of folders in each other would take longer to make and remove than all other cases.
            let step = if length > 300 { 200 } else { 3 };
            let part = if deep { format!("{}/", "a".repeat(step - 1)) } else { "a".to_owned() };
            part.repeat(length / part.len() + 1)[..length].to_owned()
        }
        3..=6 => ["a", "b", "a/b"][maker.random.below(3)].to_owned(),
        _ => word(maker, NAMES),
    }
}

fn target(maker: &mut Maker<'_>) -> String {
    if maker.random.one_in(4) { name(maker) } else { word(maker, TARGETS) }
}

pub(super) fn retext(node: &mut Node, maker: &mut Maker<'_>) {
    node.text = match node.sort {
        CONTENT if maker.random.one_in(2) => mutate::bytes::piece(maker),
        CONTENT => target(maker).into_bytes(),
        _ => name(maker).into_bytes(),
    };
}

/// A name as bytes: letters of a private block stand for single bytes that are no UTF-8.
pub(super) fn raw(text: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(text) else {
        return text.to_vec();
    };
    let mut out = Vec::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{f780}'..='\u{f7ff}' => out.push((u32::from(letter) - 0xf700) as u8),
            letter => out.extend(letter.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    out
}

/// Bytes up to which what an entry holds, and the entry, are repeated.
const LARGEST: usize = 1 << 18;

/// What an entry holds.
pub(super) fn content(entry: &Node) -> Vec<u8> {
    let held = |part: &Node| part.text.repeat(1 + part.times.min(LARGEST / part.text.len().max(1)));
    entry.below.iter().filter(|part| part.sort == CONTENT).flat_map(held).collect()
}

/// Every entry, as often as it is there; whatever else stands in an archive holds its own text.
pub(super) fn entries(archive: &Node) -> Vec<Node> {
    let mut entries = Vec::new();
    let mut open: Vec<&Node> = archive.below.iter().rev().collect();
    while let Some(node) = open.pop() {
        match node.sort {
            ARCHIVE => open.extend(node.below.iter().rev()),
            CONTENT => entries.push(Node::text(FILE, "x").with(vec![node.clone()])),
            _ => {
                let times = node.times.min(300).min(LARGEST / content(node).len().max(1));
                entries.extend(std::iter::repeat_n(node, times + 1).cloned());
                // An entry inside an entry comes behind it.
                open.extend(node.below.iter().rev().filter(|below| below.sort != CONTENT));
            }
        }
    }
    entries
}

/// An archive as the list that a person would make of it.
pub(super) fn shown(format: &str, archive: &Node, quirks: &[&str]) -> String {
    let name = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => show_text(text),
        Err(_) => show_bytes(bytes),
    };
    let one = |entry: &Node| {
        let sort = ["file", "folder", "link", "hard link", "special file"][entry.sort.min(4)];
        let held = content(entry);
        let held = match entry.sort {
            LINK | HARD_LINK => format!(" -> {}", name(&raw(&held))),
            FILE => format!(" of {}", name(&held)),
            _ => String::new(),
        };
        let quirk = entry.quirk.checked_sub(1).and_then(|quirk| quirks.get(quirk));
        let quirk = quirk.map_or_else(String::new, |quirk| format!(" ({quirk})"));
        format!("{sort} {}{held}{quirk}", name(&raw(&entry.text)))
    };
    let entries = entries(archive);
    let most = 12;
    let mut all: Vec<String> = entries.iter().take(most).map(one).collect();
    if entries.len() > most {
        all.push(format!("and {} more", entries.len() - most));
    }
    let end = if archive.quirk > 0 { "; the end is not as it should be" } else { "" };
    format!("{format} archive: {}{end}", if all.is_empty() { "empty".to_owned() } else { all.join(", ") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::random::Random;
    use crate::sandbox;

    #[test]
    fn a_new_folder_behind_a_link_that_leads_out_is_no_rare_archive() {
        let dictionary = Dictionary::default();
        let leads_out = |seed: &u64| {
            let mut random = Random::for_case(1, *seed);
            let archive = made(&mut Maker::for_tests(&mut random, &dictionary, *seed, &mut 0));
            archive.below.iter().enumerate().any(|(at, link)| {
                let folder = [&link.text[..], b"/new/"].concat();
                let is_out = link.sort == LINK && [&b".."[..], b"../.."].contains(&&content(link)[..]);
                is_out && archive.below[at..].iter().any(|entry| entry.text.starts_with(&folder))
            })
        };
        let count = (0..4_000).filter(leads_out).count();
        assert!(count >= 12, "{count} of 4,000");
    }

    #[test]
    fn a_folder_in_the_place_of_a_link_that_leads_out_is_no_rare_archive() {
        let dictionary = Dictionary::default();
        let has_one = |seed: &u64| {
            let mut random = Random::for_case(1, *seed);
            let archive = made(&mut Maker::for_tests(&mut random, &dictionary, *seed, &mut 0));
            archive.below.iter().enumerate().any(|(at, link)| {
                let is_out = link.sort == LINK && [&b".."[..], b"../.."].contains(&&content(link)[..]);
                let is_there = |entry: &Node| entry.sort == FOLDER && entry.text == link.text;
                is_out && archive.below[at..].iter().any(is_there)
            })
        };
        let count = (0..4_000).filter(has_one).count();
        assert!(count >= 30, "{count} of 4,000");
    }

    #[test]
    fn an_entry_leads_through_a_link_to_a_folder_that_is_not_there_yet() {
        let (mut random, dictionary) = (Random::new(1), Dictionary::default());
        let mut name = || through("a", &mut Maker::for_tests(&mut random, &dictionary, 0, &mut 0));
        let is_new = |name: String| {
            let parts: Vec<&str> = name.split('/').collect();
            matches!(parts[..], ["a", folder, _] if folder != ".." && !sandbox::NAMES.contains(&folder))
        };
        assert!((0..40).any(|_| is_new(name())), "files of these names stand around every folder");
    }
}
