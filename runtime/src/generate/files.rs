//! Samples and values that stand in files of the package, read once, when the first case asks for them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::{Generator, with};
use crate::show::{show_bytes, show_text};
use crate::source::Source;
use crate::stop::Stop;

/// The content of one of the files, whose paths are from the root of the package.
///
/// # Panics
/// If one of them cannot be read, or is not UTF-8.
pub fn text_of_files(paths: &'static [&'static str]) -> impl Generator<Value = String> {
    with(move |source| {
        let text = texts(paths).get(chosen(source, paths)).cloned().ok_or_else(Stop::rejected)?;
        source.show(|| show_text(&text));
        Ok(text)
    })
}

/// The content of one of the files, whose paths are from the root of the package.
///
/// # Panics
/// If one of them cannot be read.
pub fn bytes_of_files(paths: &'static [&'static str]) -> impl Generator<Value = Vec<u8>> {
    with(move |source| {
        let bytes = contents(paths).get(chosen(source, paths)).cloned().ok_or_else(Stop::rejected)?;
        source.show(|| show_bytes(&bytes));
        Ok(bytes)
    })
}

fn chosen(source: &mut Source<'_>, paths: &[&str]) -> usize {
    let most = paths.len().saturating_sub(1) as u128;
    // Each is tried once before chance decides.
    let fresh = |maker: &mut crate::tape::Maker<'_>| match usize::try_from(maker.effort) {
        Ok(effort) if effort < paths.len() => effort as u128,
        _ => maker.random.below(paths.len()) as u128,
    };
    source.number(most, fresh) as usize
}

/// The files as texts.
pub(super) fn texts(paths: &[&str]) -> Vec<String> {
    let text = |(path, bytes): (&&str, Vec<u8>)| match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => panic!("the sample {path} of this package is no text: {error}"),
    };
    paths.iter().zip(contents(paths)).map(text).collect()
}

/// The files as bytes.
pub(crate) fn contents(paths: &[&str]) -> Vec<Vec<u8>> {
    static READ: Mutex<BTreeMap<String, Vec<u8>>> = Mutex::new(BTreeMap::new());
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    paths.iter().map(|path| read.entry((*path).to_owned()).or_insert_with(|| content(path)).clone()).collect()
}

#[expect(clippy::disallowed_methods, reason = "Cargo names the package to every test that it starts")]
fn content(path: &str) -> Vec<u8> {
    // Code under test may have left the folder that the test was started in.
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    match std::fs::read(root.join(path)) {
        Ok(bytes) => bytes,
        Err(error) => panic!("the sample {path} of this package cannot be read: {error}"),
    }
}
