//! Documents as trees, the same for every format: drawn from the tape, changed, and read and written by a grammar.
//!
//! A tree can be written whatever it holds, so that every change of a tree is a document: right where a quirk is 0,
//! and wrong on purpose, in one place, where it is not.

use crate::mutate::{self, how_many};
use crate::source::Source;
use crate::stop::Stop;
use crate::tape::Maker;

/// A part of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Node {
    /// Which of the sorts of its grammar.
    pub(crate) sort: usize,
    /// What is wrong with how it is written; 0 is nothing.
    pub(crate) quirk: usize,
    /// A number that belongs to it, such as a tag.
    pub(crate) code: u32,
    /// How often more it is repeated, or nested in itself.
    pub(crate) times: usize,
    /// Its own text.
    pub(crate) text: Vec<u8>,
    /// Its parts.
    pub(crate) below: Vec<Node>,
}

impl Node {
    pub(crate) fn new(sort: usize) -> Self {
        Self { sort, ..Self::default() }
    }

    pub(crate) fn text(sort: usize, text: impl AsRef<[u8]>) -> Self {
        Self { sort, text: text.as_ref().to_vec(), ..Self::default() }
    }

    pub(crate) fn of(sort: usize, below: Vec<Node>) -> Self {
        Self { sort, below, ..Self::default() }
    }

    pub(crate) fn with(mut self, below: Vec<Node>) -> Self {
        self.below = below;
        self
    }

    pub(crate) fn code(mut self, code: u32) -> Self {
        self.code = code;
        self
    }

    pub(crate) fn quirk(mut self, quirk: usize) -> Self {
        self.quirk = quirk;
        self
    }

    /// Whether it can be drawn from a tape as it is, in no more choices than are changed one by one.
    pub(crate) fn is_small(&self) -> bool {
        /// Parts of a document.
        const MOST: usize = 1_000;
        let (mut open, mut count) = (vec![(self, 0)], 0);
        while let Some((node, depth)) = open.pop() {
            count += 1;
            if depth >= DEEPEST || count > MOST {
                return false;
            }
            open.extend(node.below.iter().map(|below| (below, depth + 1)));
        }
        true
    }
}

/// What a sort of part has.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a table of what is there and what is not")]
pub(crate) struct Sort {
    /// Ways to write it wrong.
    pub(crate) quirks: usize,
    pub(crate) has_code: bool,
    pub(crate) has_text: bool,
    pub(crate) has_parts: bool,
    /// Whether it can be repeated or nested in itself.
    pub(crate) repeats: bool,
}

impl Sort {
    pub(crate) const LEAF: Self =
        Self { quirks: 0, has_code: false, has_text: true, has_parts: false, repeats: false };
    pub(crate) const BRANCH: Self = Self { has_text: false, has_parts: true, ..Self::LEAF };
    pub(crate) const EMPTY: Self = Self { has_text: false, ..Self::LEAF };
}

/// A format.
pub(crate) struct Grammar {
    /// Sorts of parts, the simplest first.
    pub(crate) sorts: &'static [Sort],
    /// The sort of a whole document.
    pub(crate) root: usize,
    /// A document as a tree, if it is one.
    pub(crate) read: fn(&[u8]) -> Option<Node>,
    /// A new document.
    pub(crate) made: fn(&mut Maker<'_>) -> Node,
    /// A new part for a part of this sort.
    pub(crate) part: fn(&mut Maker<'_>, usize) -> Node,
    /// Another text for a part.
    pub(crate) retext: fn(&mut Node, &mut Maker<'_>),
    /// The bytes of a tree.
    pub(crate) write: fn(&Node) -> Vec<u8>,
    /// How a document looks to a person.
    pub(crate) shown: fn(&Node, &[u8]) -> String,
}

/// Parts of parts end here; what nests deeper repeats one part.
const DEEPEST: usize = 120;
/// Parts of a tree that changes choose from.
const MOST_PARTS: usize = 3_000;
/// Times a part is repeated at most.
pub(crate) const MOST_TIMES: usize = 100_000;

impl Grammar {
    /// Draws the tree that `wish` is from the tape, or the tree that is on the tape.
    pub(crate) fn draw(&self, source: &mut Source<'_>, wish: Option<&Node>) -> Result<Node, Stop> {
        let node = self.drawn(source, wish, 0)?;
        Ok(if node.sort == self.root { node } else { Node::of(self.root, vec![node]) })
    }

    fn drawn(&self, source: &mut Source<'_>, wish: Option<&Node>, depth: usize) -> Result<Node, Stop> {
        let number = |source: &mut Source<'_>, most: usize, wish: Option<usize>| {
            source.number(most as u128, |_| wish.unwrap_or(0) as u128) as usize
        };
        let mut node = Node::new(number(source, self.sorts.len() - 1, wish.map(|it| it.sort)));
        let sort = self.sorts[node.sort];
        if sort.quirks > 0 {
            node.quirk = number(source, sort.quirks, wish.map(|it| it.quirk));
        }
        if sort.has_code {
            node.code = number(source, u32::MAX as usize, wish.map(|it| it.code as usize)) as u32;
        }
        if sort.repeats {
            node.times = number(source, MOST_TIMES, wish.map(|it| it.times));
        }
        if sort.has_text {
            node.text = source.raw(|_| wish.map(|it| it.text.clone()).unwrap_or_default());
        }
        loop {
            if !sort.has_parts || depth >= DEEPEST {
                break;
            }
            if source.is_full() {
                return Err(Stop::rejected());
            }
            let part = wish.and_then(|wish| wish.below.get(node.below.len()));
            // A part and the choice that it is there are one span, so that both are taken off the tape together.
            source.open();
            let goes_on = number(source, 1, Some(usize::from(part.is_some()))) == 1;
            let part = if goes_on { Some(self.drawn(source, part, depth + 1)) } else { None };
            source.close();
            match part {
                Some(part) => node.below.push(part?),
                None => break,
            }
        }
        Ok(node)
    }

    /// A sample, changed in a few places.
    pub(crate) fn change(&self, node: &mut Node, others: &[Node], maker: &mut Maker<'_>) {
        for _ in 0..how_many(maker.random, maker.effort) {
            self.change_once(node, others, maker);
        }
    }

    fn change_once(&self, root: &mut Node, others: &[Node], maker: &mut Maker<'_>) {
        let paths = paths(root);
        let Some(path) = maker.random.pick(&paths).cloned() else { return };
        if path.is_empty() || maker.random.one_in(5) {
            return self.change_list(root, &path, others, maker);
        }
        match maker.random.below(12) {
            0 => _ = take(root, &path),
            1 => {
                if let Some((parent, at)) = parent(root, &path) {
                    let twin = parent.below[at].clone();
                    let to = maker.random.within(0..parent.below.len() + 1);
                    parent.below.insert(to, twin);
                }
            }
            2 => {
                let new = self.fresh(root, &path, maker);
                put(root, &path, new);
            }
            3 => {
                // What stands somewhere else, or in another document.
                let other = if maker.random.one_in(2) { maker.random.pick(others) } else { None };
                let from = other.unwrap_or(root).clone();
                if let Some(part) = any_part(&from, maker) {
                    put(root, &path, part);
                }
            }
            4 => {
                if let Some(node) = at(root, &path) {
                    let inner = any_part(node, maker);
                    if let Some(inner) = inner {
                        *node = inner;
                    }
                }
            }
            5 => {
                if let Some(node) = at(root, &path) {
                    node.quirk = maker.random.below(self.sorts[node.sort].quirks + 1);
                }
            }
            6 => {
                if let Some(node) = at(root, &path)
                    && self.sorts[node.sort].repeats
                {
                    node.times = often(maker);
                }
            }
            7 => {
                if let Some(node) = at(root, &path) {
                    let sort = maker.random.below(self.sorts.len());
                    if sort != self.root {
                        node.sort = sort;
                    }
                }
            }
            8 => {
                if let Some(moved) = take(root, &path)
                    && let Some(to) = maker.random.pick(&self::paths(root)).cloned()
                    && let Some(to) = at(root, &to)
                {
                    let place = maker.random.within(0..to.below.len() + 1);
                    to.below.insert(place, moved);
                }
            }
            _ => self.change_text(root, &path, maker),
        }
    }

    fn change_list(&self, root: &mut Node, path: &[usize], others: &[Node], maker: &mut Maker<'_>) {
        let Some(node) = at(root, path) else { return };
        if !self.sorts[node.sort].has_parts {
            return self.change_text(root, path, maker);
        }
        let place = maker.random.within(0..node.below.len() + 1);
        match maker.random.below(6) {
            0 if node.below.len() > 1 => {
                let other = maker.random.below(node.below.len());
                node.below.swap(place.min(other), other);
            }
            1 if !others.is_empty() => {
                let part = maker.random.pick(others).and_then(|other| any_part(other, maker));
                node.below.extend(part);
            }
            2 if path.is_empty() && self.sorts[node.sort].quirks > 0 => {
                node.quirk = maker.random.below(self.sorts[node.sort].quirks + 1);
            }
            3 if self.sorts[node.sort].repeats => node.times = often(maker),
            _ => {
                let new = (self.part)(maker, node.sort);
                node.below.insert(place, new);
            }
        }
    }

    fn fresh(&self, root: &mut Node, path: &[usize], maker: &mut Maker<'_>) -> Node {
        let sort = parent(root, path).map_or(self.root, |(parent, _)| parent.sort);
        (self.part)(maker, sort)
    }

    fn change_text(&self, root: &mut Node, path: &[usize], maker: &mut Maker<'_>) {
        let Some(node) = at(root, path) else { return };
        if !self.sorts[node.sort].has_text {
            return;
        }
        if maker.random.one_in(2) {
            return (self.retext)(node, maker);
        }
        match String::from_utf8(std::mem::take(&mut node.text)) {
            Ok(mut text) => {
                mutate::text::mutate(&mut text, &[], maker);
                node.text = text.into_bytes();
            }
            Err(error) => {
                node.text = error.into_bytes();
                mutate::bytes::mutate(&mut node.text, &[], maker);
            }
        }
    }
}

/// Ways to repeat a part, by how often: their first number as operators, and how many there are.
const REPEATS: (usize, usize) = (52, 7);

/// How often a part is repeated: often a little, seldom so often that whoever descends into it notices, and that the
/// less where it costs most of the time.
fn often(maker: &mut Maker<'_>) -> usize {
    match maker.operator(REPEATS) {
        0..=2 => maker.random.within(2..6),
        3 | 4 => maker.random.within(6..40),
        5 => maker.random.within(40..600),
        _ => [600, 1_000, 5_000, 20_000, MOST_TIMES][maker.random.below(5)],
    }
}

/// The way to every part, the document itself first.
fn paths(root: &Node) -> Vec<Vec<usize>> {
    let mut paths = vec![Vec::new()];
    let mut open = vec![(root, Vec::new())];
    while let Some((node, path)) = open.pop() {
        for (place, below) in node.below.iter().enumerate() {
            if paths.len() >= MOST_PARTS {
                return paths;
            }
            let path: Vec<usize> = path.iter().copied().chain([place]).collect();
            paths.push(path.clone());
            open.push((below, path));
        }
    }
    paths
}

fn at<'n>(root: &'n mut Node, path: &[usize]) -> Option<&'n mut Node> {
    path.iter().try_fold(root, |node, place| node.below.get_mut(*place))
}

fn parent<'n>(root: &'n mut Node, path: &[usize]) -> Option<(&'n mut Node, usize)> {
    let (place, above) = path.split_last()?;
    at(root, above).filter(|node| *place < node.below.len()).map(|node| (node, *place))
}

fn take(root: &mut Node, path: &[usize]) -> Option<Node> {
    parent(root, path).map(|(parent, place)| parent.below.remove(place))
}

fn put(root: &mut Node, path: &[usize], node: Node) {
    if let Some((parent, place)) = parent(root, path) {
        parent.below[place] = node;
    }
}

/// A part of a document that is not the document.
fn any_part(node: &Node, maker: &mut Maker<'_>) -> Option<Node> {
    let paths = paths(node);
    let path = maker.random.pick(paths.get(1..)?)?;
    path.iter().try_fold(node, |node, place| node.below.get(*place)).cloned()
}
