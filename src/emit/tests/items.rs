//! Targets of every sort, through every stage, and a compiler takes the calls.

#![expect(clippy::disallowed_methods, reason = "the library is a file that the compiler reads")]

use super::compile::compiled;
use super::from_texts;

const LIB: &str = r"
use std::fmt::Display;
use std::io::{Read, Seek, Write};

#[derive(Clone, Debug)]
pub struct Link { pub to: String }
pub mod show {
    pub trait Show { type Word; fn show(&self, word: Self::Word) -> String; fn twice(&self, n: u8) -> Option<String> { let _ = n; None } }
}
impl show::Show for Link { type Word = String; fn show(&self, word: Self::Word) -> String { word + &self.to } }
impl From<u8> for Link { fn from(_: u8) -> Self { Self { to: String::new() } } }
impl From<&str> for Link { fn from(to: &str) -> Self { Self { to: to.into() } } }
impl std::str::FromStr for Link { type Err = (); fn from_str(to: &str) -> Result<Self, ()> { Ok(to.into()) } }
pub trait Loud { fn loud(&self) -> String; }
impl<T: Display + ?Sized> Loud for T { fn loud(&self) -> String { self.to_string().to_uppercase() } }
pub struct Ring<T, const N: usize> { pub parts: [T; N] }
impl<T: Default + Copy, const N: usize> Ring<T, N> {
    pub fn empty() -> Self { Self { parts: [T::default(); N] } }
    pub fn push<U: Into<T>>(&mut self, part: U) { if let Some(last) = self.parts.last_mut() { *last = part.into(); } }
}
pub type Bytes<const N: usize> = Ring<u8, N>;
pub fn parse<T: std::str::FromStr>(text: &str) -> Option<T> { text.parse().ok() }
pub fn join<I>(parts: I) -> usize where I: IntoIterator, I::Item: AsRef<str> { parts.into_iter().map(|it| it.as_ref().len()).sum() }
pub fn count<'a>(parts: impl Iterator<Item = &'a str> + Clone) -> usize { parts.count() }
pub fn codes(parts: impl DoubleEndedIterator<Item = char>) -> usize { parts.rev().count() }
pub fn copy<R: Read + Seek, W: Write>(from: &mut R, into: &mut W) -> std::io::Result<u64> { std::io::copy(from, into) }
pub fn any(from: &mut dyn Read, shown: &dyn Display, boxed: Box<dyn show::Show<Word = String> + Send>) { let _ = (from, shown.to_string(), boxed.twice(1)); }
pub fn hashed<T: std::hash::Hash + ?Sized, H: std::hash::Hasher>(value: &T, state: &mut H) { value.hash(state) }
pub fn sorted<T: Ord + Copy>(list: &mut [T], more: Vec<T>) { list.sort(); drop(more) }
";

const TARGETS: &[(&str, &str)] = &[
    ("show", r#"target = "crate::Link::show""#),
    ("twice", r#"target = "<crate::Link as crate::show::Show>::twice""#),
    ("from", r#"target = "<crate::Link as From<&str>>::from""#),
    ("from_str", r#"target = "crate::Link::from_str""#),
    ("loud", r#"target = "<u16 as crate::Loud>::loud""#),
    ("empty", r#"target = "crate::Ring::empty""#),
    ("alias", r#"target = "crate::Bytes::<3>::empty""#),
    ("push", "target = \"crate::Ring::push\"\ngenerics = { T = \"u64\", U = \"u32\", N = \"2\" }"),
    ("parse", r#"target = "crate::parse""#),
    ("parse_own", "target = \"crate::parse\"\ngenerics = { T = \"crate::Link\" }"),
    ("join", r#"target = "crate::join""#),
    ("count", r#"target = "crate::count""#),
    ("codes", r#"target = "crate::codes""#),
    ("copy", r#"target = "crate::copy""#),
    ("any", r#"target = "crate::any""#),
    ("hashed", r#"target = "crate::hashed""#),
    ("sorted", r#"target = "crate::sorted""#),
];

#[test]
fn every_way_to_name_a_target_compiles() {
    let declared = TARGETS.iter().map(|(name, keys)| {
        format!("[constraint.{name}]\nsays = \"It holds\"\nkind = \"no_panic\"\n{keys}\n")
    });
    let files = from_texts(&declared.collect::<String>(), LIB, "named");
    let folder = tempfile::tempdir().expect("a folder");
    let lib = folder.path().join("named.rs");
    std::fs::write(&lib, LIB).expect("written");
    assert_eq!(compiled(&files, "named", &lib, "2021"), "");
}
