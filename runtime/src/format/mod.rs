//! Documents of formats: trees whose lengths and sums are right, and now and then wrong on purpose.
//!
//! Every format has its own reader for samples, small and lenient: what is odd in a sample is what it is there for,
//! and a strict reader would refuse or repair it. None of them is a dependency, so a user has nothing to switch on.

mod archive;
mod asn1;
mod html;
mod http;
mod json;
mod tar;
mod tree;
mod zip;

use std::sync::{Mutex, PoisonError};

use tree::{Grammar, Node};

use crate::generate::{self, Generator};
use crate::mutate;
use crate::show::{show_bytes, show_text};
use crate::source::Source;
use crate::stop::Stop;
use crate::tape::Maker;

/// Makes documents of one format, as bytes.
#[derive(Clone, Debug)]
pub struct Document {
    format: Format,
    like: Vec<Vec<u8>>,
    only: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    Asn1,
    Request,
    Response,
    Html,
    Tar,
    Zip,
}

impl Format {
    fn grammar(self) -> &'static Grammar {
        match self {
            Self::Json => &json::GRAMMAR,
            Self::Asn1 => &asn1::GRAMMAR,
            Self::Request => &http::REQUEST,
            Self::Response => &http::RESPONSE,
            Self::Html => &html::GRAMMAR,
            Self::Tar => &tar::GRAMMAR,
            Self::Zip => &zip::GRAMMAR,
        }
    }
}

fn document(format: Format) -> Document {
    Document { format, like: Vec::new(), only: false }
}

/// JSON: nested, with keys twice, large numbers, escapes of every sort.
pub fn json() -> Document {
    document(Format::Json)
}

/// BER and DER: lengths that are right in several forms, and wrong ones.
pub fn asn1() -> Document {
    document(Format::Asn1)
}

/// HTTP requests: heads and bodies, one after the other.
pub fn http_request() -> Document {
    document(Format::Request)
}

/// HTTP responses: heads and bodies, one after the other.
pub fn http_response() -> Document {
    document(Format::Response)
}

/// HTML: nested and unclosed elements, attributes that take addresses, SVG, comments, entities.
pub fn html() -> Document {
    document(Format::Html)
}

/// Archives of `tar`: files, folders, links, odd names.
pub fn tar() -> Document {
    document(Format::Tar)
}

/// Archives of `zip`: files, folders, links, odd names.
pub fn zip() -> Document {
    document(Format::Zip)
}

impl Document {
    /// Starts from valid samples: as they are, and changed as the trees that they are.
    #[must_use]
    pub fn like(mut self, samples: &[&[u8]]) -> Self {
        self.like.extend(samples.iter().map(|sample| sample.to_vec()));
        self
    }

    /// The same, of samples in files: paths from the root of the package.
    ///
    /// # Panics
    /// If one of them cannot be read.
    #[must_use]
    pub fn like_files(mut self, paths: &[&str]) -> Self {
        self.like.extend(generate::contents(paths));
        self
    }

    /// Only well-formed documents of the format; nothing is wrong on purpose.
    #[must_use]
    pub fn only(mut self) -> Self {
        self.only = true;
        self
    }

    /// The documents as texts; what is not UTF-8 becomes the replacement character.
    pub fn text(self) -> impl Generator<Value = String> {
        DocumentText(self)
    }

    /// What a case is to be; nothing if it is no document.
    fn wished(&self, maker: &mut Maker<'_>) -> Wish {
        let next = usize::try_from(maker.effort).ok().and_then(|effort| self.like.get(effort));
        if let Some(sample) = next {
            return self.whole(sample);
        }
        let grammar = self.format.grammar();
        let sample = maker.random.pick(&self.like).cloned();
        let keeps = maker.calm || maker.random.one_in(16);
        match sample {
            Some(sample) if keeps => return Wish::Bytes(sample),
            _ if !self.only && maker.random.one_in(16) => return Wish::Anything,
            _ => {}
        }
        let others: Vec<Node> = sample.iter().filter_map(|sample| self.read(sample)).collect();
        let mut node = match others.first() {
            Some(node) if !maker.random.one_in(8) => node.clone(),
            None if sample.is_some() && !self.only => return Wish::Changed(sample.unwrap_or_default()),
            _ => (grammar.made)(maker),
        };
        let other = maker.random.pick(&self.like).cloned().and_then(|sample| self.read(&sample));
        let others: Vec<Node> = others.into_iter().chain(other).collect();
        if !maker.calm && !maker.random.one_in(4) {
            grammar.change(&mut node, &others, maker);
        }
        if self.only {
            straighten(&mut node);
        }
        Wish::Tree(node)
    }

    /// A sample as it stands; as a tree where that says the same, for then each of its parts can be changed.
    fn whole(&self, sample: &[u8]) -> Wish {
        let node = self.read(sample).map(|mut node| {
            if self.only {
                straighten(&mut node);
            }
            node
        });
        match node {
            Some(node) if node.is_small() && (self.format.grammar().write)(&node) == sample => {
                Wish::Tree(node)
            }
            _ => Wish::Bytes(sample.to_vec()),
        }
    }

    /// A sample as a tree. Read once for all cases that follow each other.
    fn read(&self, sample: &[u8]) -> Option<Node> {
        type Read = (Format, Vec<u8>, Option<Node>);
        static LAST: Mutex<Vec<Read>> = Mutex::new(Vec::new());
        const KEPT: usize = 32;
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        let known = last.iter().find(|(format, bytes, _)| *format == self.format && bytes == sample);
        if let Some((_, _, node)) = known {
            return node.clone();
        }
        let node = (self.format.grammar().read)(sample);
        if last.len() >= KEPT {
            last.remove(0);
        }
        last.push((self.format, sample.to_vec(), node.clone()));
        node
    }

    fn bytes(&self, source: &mut Source<'_>) -> Result<Vec<u8>, Stop> {
        let grammar = self.format.grammar();
        let mut wish = Wish::Anything;
        let is_tree = source.number(1, |maker| {
            wish = self.wished(maker);
            u128::from(!matches!(wish, Wish::Tree(_)))
        }) == 0;
        if !is_tree {
            let bytes = source.bytes(|maker| match wish {
                Wish::Bytes(bytes) => bytes,
                Wish::Changed(mut bytes) => {
                    mutate::bytes::mutate(&mut bytes, &self.like, maker);
                    bytes
                }
                _ => generate::bytes_without_sample(maker),
            });
            source.show(|| show(&bytes));
            return Ok(bytes);
        }
        let wish = if let Wish::Tree(node) = &wish { Some(node) } else { None };
        let mut node = grammar.draw(source, wish)?;
        if self.only {
            straighten(&mut node);
        }
        let mut bytes = (grammar.write)(&node);
        let damage = if self.only { 0 } else { damaged(&mut bytes, self.like.len(), source) };
        source.show(|| if damage > 0 { show(&bytes) } else { (grammar.shown)(&node, &bytes) });
        Ok(bytes)
    }
}

/// What a case is to be.
enum Wish {
    Tree(Node),
    /// These bytes.
    Bytes(Vec<u8>),
    /// These bytes, changed: a sample that is no document of the format.
    Changed(Vec<u8>),
    /// Bytes of any sort.
    Anything,
}

impl Generator for Document {
    type Value = Vec<u8>;

    fn make(&self, source: &mut Source<'_>) -> Result<Vec<u8>, Stop> {
        self.bytes(source)
    }

    fn samples(&self) -> Vec<Vec<u8>> {
        self.like.clone()
    }

    fn has_samples(&self) -> bool {
        true
    }
}

struct DocumentText(Document);

impl Generator for DocumentText {
    type Value = String;

    fn make(&self, source: &mut Source<'_>) -> Result<String, Stop> {
        let bytes = self.0.bytes(source)?;
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        source.show(|| show_text(&text));
        Ok(text)
    }

    fn samples(&self) -> Vec<String> {
        self.0.like.iter().map(|sample| String::from_utf8_lossy(sample).into_owned()).collect()
    }

    fn has_samples(&self) -> bool {
        true
    }
}

fn straighten(node: &mut Node) {
    node.quirk = 0;
    node.below.iter_mut().for_each(straighten);
}

/// Bytes as a text where they are one.
fn show(bytes: &[u8]) -> String {
    show_bytes(bytes)
}

/// Changes single bytes of what was written, seldom, and never of the first ones, which are samples; says how many.
fn damaged(bytes: &mut Vec<u8>, samples: usize, source: &mut Source<'_>) -> usize {
    let mut count = 0;
    let mut wished = None;
    while count < 4
        && source.number(1, |maker| {
            let wished = wished.get_or_insert_with(|| {
                let is_sample = maker.effort < samples as u64;
                if maker.calm || is_sample || !maker.random.one_in(10) {
                    0
                } else {
                    1 + maker.random.small(4)
                }
            });
            u128::from(count < *wished)
        }) == 1
    {
        count += 1;
        let how = source.number(4, |maker| maker.random.below(5) as u128);
        let place = source.number(bytes.len() as u128, |maker| maker.random.below(bytes.len() + 1) as u128);
        let byte = source.number(255, |maker| u128::from(mutate::bytes::any_byte(maker))) as u8;
        let place = place as usize;
        match how {
            0 => bytes.truncate(place),
            1 if place < bytes.len() => _ = bytes.remove(place),
            2 => bytes.insert(place, byte),
            3 if place < bytes.len() => bytes[place] ^= 1 << (byte % 8),
            _ if place < bytes.len() => bytes[place] = byte,
            _ => {}
        }
    }
    count
}

/// A word that the code under test knows, or one of these.
fn word(maker: &mut Maker<'_>, others: &[&str]) -> String {
    if maker.random.one_in(3)
        && let Some(word) = maker.dictionary.word(maker.random)
    {
        return word.to_owned();
    }
    maker.random.pick(others).copied().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod strength;
#[cfg(test)]
mod tests;
