//! The runtime's promise to generated tests, as signatures only: how its values are made.

use std::fmt::Debug;
use std::marker::PhantomData;

use crate::v1::*;

pub struct Column<T>(PhantomData<T>);
impl<T> Generator for Column<T> {
    type Value = T;
}
impl<T> Column<T> {
    pub fn or<G: Generator<Value = T>>(self, _: G) -> Self {
        self
    }
}
pub fn column<T: Clone>(_: Vec<T>) -> Column<T> {
    todo!()
}
pub fn near_column<T: Clone>(_: Vec<T>) -> Column<T> {
    todo!()
}
pub fn unset() -> Of<Option<String>> {
    todo!()
}

pub struct Of<T>(PhantomData<T>);
impl<T> Generator for Of<T> {
    type Value = T;
}
pub struct Text;
impl Generator for Text {
    type Value = String;
}
impl Text {
    pub fn like(self, _: &[&str]) -> Self {
        self
    }
    pub fn only(self) -> Self {
        self
    }
}
pub struct Bytes;
impl Generator for Bytes {
    type Value = Vec<u8>;
}
impl Bytes {
    pub fn like(self, _: &[&[u8]]) -> Self {
        self
    }
    pub fn only(self) -> Self {
        self
    }
}
impl<T> Of<T> {
    pub fn between(self, _: T, _: T) -> Self {
        self
    }
}
impl Text {
    pub fn like_files(self, _: &[&str]) -> Self {
        self
    }
}
impl Bytes {
    pub fn like_files(self, _: &[&str]) -> Self {
        self
    }
}
pub enum Letters {
    Any,
    Ascii,
    Printable,
    Line,
    Word,
}
pub struct Fit<G>(G);
impl<G: Generator> Generator for Fit<G> {
    type Value = G::Value;
}
impl<G> Fit<G> {
    pub fn length(self, _: usize, _: usize) -> Self {
        self
    }
    pub fn letters(self, _: Letters) -> Self {
        self
    }
    pub fn without(self, _: &[&'static str]) -> Self {
        self
    }
}
pub fn fit<G: Generator>(_: G) -> Fit<G> {
    todo!()
}
pub fn pieces<G: Generator>(_: G) -> Of<Vec<G::Value>> {
    todo!()
}
pub struct Document;
impl Generator for Document {
    type Value = Vec<u8>;
}
impl Document {
    pub fn like(self, _: &[&[u8]]) -> Self {
        self
    }
    pub fn like_files(self, _: &[&str]) -> Self {
        self
    }
    pub fn only(self) -> Self {
        self
    }
    pub fn text(self) -> Text {
        Text
    }
}
pub fn json() -> Document {
    Document
}
pub fn tar() -> Document {
    Document
}
pub struct Files;
impl Files {
    pub fn file<G: Generator>(&mut self, _: &'static str, _: G) -> Result<(), Stop>
    where
        G::Value: AsRef<[u8]>,
    {
        todo!()
    }
}
pub fn folder(_: impl Fn(&mut Files) -> Result<(), Stop>) -> Around {
    Around
}
pub fn program() -> Around {
    Around
}
pub fn server<S: std::fmt::Display + 'static>(_: &'static str, _: impl Fn() -> S) -> Around {
    Around
}
pub struct Around;
impl Generator for Around {
    type Value = std::path::PathBuf;
}
impl Around {
    pub fn only(self) -> Self {
        self
    }
    pub fn text(self) -> Text {
        Text
    }
}
pub trait Recorded {}
pub fn text_of_files(_: &'static [&'static str]) -> Of<String> {
    todo!()
}
pub fn bytes_of_files(_: &'static [&'static str]) -> Of<Vec<u8>> {
    todo!()
}
pub fn text() -> Text {
    Text
}
pub fn bytes() -> Bytes {
    Bytes
}
pub fn integer<T>() -> Of<T> {
    todo!()
}
pub fn float<T>() -> Of<T> {
    todo!()
}
pub fn boolean() -> Of<bool> {
    todo!()
}
pub fn character() -> Of<char> {
    todo!()
}
pub fn unit() -> Of<()> {
    todo!()
}
impl<T> Of<Vec<T>> {
    pub fn length(self, _: usize, _: usize) -> Self {
        self
    }
}
pub fn vec<G: Generator>(_: G) -> Of<Vec<G::Value>> {
    todo!()
}
pub fn array<const N: usize, G: Generator>(_: G) -> Of<[G::Value; N]> {
    todo!()
}
pub fn option<G: Generator>(_: G) -> Of<Option<G::Value>> {
    todo!()
}
pub fn result<A: Generator, B: Generator>(_: A, _: B) -> Of<Result<A::Value, B::Value>> {
    todo!()
}
pub fn boxed<G: Generator>(_: G) -> Of<Box<G::Value>> {
    todo!()
}
pub trait Parts {
    type Values;
}
impl<A: Generator> Parts for (A,) {
    type Values = (A::Value,);
}
impl<A: Generator, B: Generator> Parts for (A, B) {
    type Values = (A::Value, B::Value);
}
impl<A: Generator, B: Generator, C: Generator> Parts for (A, B, C) {
    type Values = (A::Value, B::Value, C::Value);
}
pub fn tuple<P: Parts>(_: P) -> Of<P::Values> {
    todo!()
}
pub fn one_of<T: Clone + Debug>(_: Vec<T>) -> Of<T> {
    todo!()
}
pub fn value<T>(_: &str, _: impl Fn() -> T) -> Of<T> {
    todo!()
}
pub fn strategy<T>(_: std::ops::Range<T>) -> Of<T> {
    todo!()
}
pub fn arbitrary<T>() -> Of<T> {
    todo!()
}
pub fn matching(_: &str) -> Text {
    Text
}
pub fn near<G: Generator>(_: &G::Value, _: G) -> Of<G::Value> {
    todo!()
}
pub fn near_made<T, A: Generator<Value = T>, B: Generator<Value = T>>(_: &str, _: A, _: B) -> Of<T> {
    todo!()
}
pub struct Function<T>(PhantomData<T>);
impl<T> Clone for Function<T> {
    fn clone(&self) -> Self {
        todo!()
    }
}
pub struct Started<T>(PhantomData<T>);
impl<T> Function<T> {
    pub fn start(&self) -> Started<T> {
        todo!()
    }
}
impl<T> Started<T> {
    pub fn answer(&self, _: &[u64]) -> T {
        todo!()
    }
}
#[derive(Clone, Debug)]
pub struct Stream(std::io::Cursor<Vec<u8>>);
impl Stream {
    pub fn new(_: Vec<u8>) -> Self {
        todo!()
    }
}
impl std::io::Read for Stream {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        std::io::Read::read(&mut self.0, into)
    }
}
impl std::io::Seek for Stream {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        std::io::Seek::seek(&mut self.0, to)
    }
}
pub struct Slot;
impl Slot {
    pub fn keep<T>(&self, _: &Function<T>) {}
    pub fn answer<T>(&self, _: &[u64]) -> T {
        todo!()
    }
}
#[macro_export]
macro_rules! closure_by_reference {
    ($function:expr, $($argument:ident),*) => {{
        let function = $crate::v1::Function::start(&$function);
        move |$($argument),*| {
            $(let _ = &$argument;)*
            function.answer(&[])
        }
    }};
}
pub use closure_by_reference as closure;
#[macro_export]
macro_rules! pointer_by_reference {
    ($function:expr, $($argument:ident),*) => {{
        static FUNCTION: $crate::v1::Slot = $crate::v1::Slot;
        FUNCTION.keep(&$function);
        |$($argument),*| {
            $(let _ = &$argument;)*
            FUNCTION.answer(&[])
        }
    }};
}
pub use pointer_by_reference as pointer;
pub fn function<G: Generator + Send + Sync + 'static>(_: G) -> Of<Function<G::Value>> {
    todo!()
}
pub fn os_string(_: String) -> std::ffi::OsString {
    todo!()
}
pub fn ordering() -> Of<Function<std::cmp::Ordering>> {
    todo!()
}
pub fn named<G: Generator, T>(_: G, _: impl Fn(G::Value) -> T) -> Of<T> {
    todo!()
}
pub fn map<G: Generator, T>(_: G, _: &str, _: impl Fn(G::Value) -> T) -> Of<T> {
    todo!()
}
pub struct Made<T>(PhantomData<T>);
impl<T> Generator for Made<T> {
    type Value = T;
}
impl<T> Made<T> {
    pub fn ending(self, _: &[usize]) -> Self {
        self
    }
}
pub fn made<T>(_: &str, _: impl Fn(&mut Fields<'_, '_>) -> Result<T, Stop>) -> Made<T> {
    todo!()
}
pub fn chosen<T>(_: &str, _: &[&str], _: impl Fn(usize, &mut Fields<'_, '_>) -> Result<T, Stop>) -> Made<T> {
    todo!()
}
pub fn constructed<T>(
    _: &str,
    _: &[&str],
    _: impl Fn(usize, &mut Fields<'_, '_>) -> Result<T, Stop>,
) -> Made<T> {
    todo!()
}
pub fn built<G: Generator, T: Debug>(_: G, _: impl Fn(G::Value) -> T) -> Of<T> {
    todo!()
}
pub fn tried<G: Generator, A: Refusable>(_: G, _: impl Fn(G::Value) -> A) -> Of<A::Value>
where
    A::Value: Debug,
{
    todo!()
}
#[derive(Default)]
pub struct Keep;
pub fn kept<'k, G: Generator, R>(_: &'k Keep, _: G, _: impl Fn(&'k G::Value) -> R) -> Of<R>
where
    G::Value: 'static,
{
    todo!()
}
pub fn leaked<'k, G: Generator, R>(_: G, _: impl Fn(&'k mut G::Value) -> R) -> Of<R>
where
    G::Value: 'k,
{
    todo!()
}
