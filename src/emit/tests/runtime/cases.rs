//! The runtime's promise to generated tests, as signatures only: what a test does with its case.

use std::marker::PhantomData;

use crate::v1::*;

pub struct Stop;
pub struct Case;
pub struct Fields<'a, 'b>(PhantomData<(&'a (), &'b ())>);

pub trait Generator {
    type Value;
}

pub trait Refusable {
    type Value;
}
impl<T> Refusable for Option<T> {
    type Value = T;
}
impl<T, E> Refusable for Result<T, E> {
    type Value = T;
}

impl Case {
    pub fn draw<G: Generator>(&mut self, _: &str, _: G) -> Result<G::Value, Stop> {
        todo!()
    }
    pub fn when(&mut self, _: bool) -> Result<(), Stop> {
        todo!()
    }
    pub fn call<R>(&mut self, _: impl FnOnce() -> R) -> Result<R, Stop> {
        todo!()
    }
    pub fn grows(&mut self, _: &str, _: Length) -> Result<(), Stop> {
        todo!()
    }
    pub fn n(&mut self, _: u64) -> Result<(), Stop> {
        todo!()
    }
    pub fn release<R>(&mut self, _: R) -> Result<(), Stop> {
        todo!()
    }
    pub fn must_pass(&mut self) {}
    pub fn env<G: Generator>(&mut self, _: &str, _: G) -> Result<(), Stop> {
        todo!()
    }
    pub fn sample_row(&mut self, _: usize) {}
    pub fn attempt<R>(&mut self, _: impl FnOnce() -> R) -> Result<R, Stop> {
        todo!()
    }
    pub fn tolerate<R>(&mut self, _: impl FnOnce() -> R) -> Result<Option<R>, Stop> {
        todo!()
    }
    pub fn folder(&mut self, _: &str) -> Result<std::path::PathBuf, Stop> {
        todo!()
    }
    pub fn folder_text(&mut self, _: &str) -> Result<String, Stop> {
        todo!()
    }
    pub fn within(&mut self, _: &(impl AsRef<std::path::Path> + ?Sized)) -> Result<(), Stop> {
        todo!()
    }
    pub fn shut(&mut self, _: &[Vec<u8>]) -> Result<(), Stop> {
        todo!()
    }
    pub fn kept_within(&mut self) -> Result<(), Stop> {
        todo!()
    }
    pub fn kept_secret(&mut self, _: &[u8]) -> Result<(), Stop> {
        todo!()
    }
    pub fn refused(&mut self, _: bool) -> Result<(), Stop> {
        todo!()
    }
    pub fn passed(&mut self, _: bool) -> Result<(), Stop> {
        todo!()
    }
    pub fn check<R>(&mut self, _: &str, _: impl FnOnce() -> R) -> Result<R, Stop> {
        todo!()
    }
    pub fn ask<R>(&mut self, _: &str, _: impl FnOnce() -> R) -> Result<Option<R>, Stop> {
        todo!()
    }
    pub fn accepted<R: Refusable>(&mut self, _: R) -> Result<R::Value, Stop> {
        todo!()
    }
    pub fn see(&mut self, _: &str, _: impl FnOnce() -> String) {
        todo!()
    }
    pub fn then(&mut self, _: &str, _: bool) -> Result<(), Stop> {
        todo!()
    }
    pub fn same(&mut self, _: &str, _: bool, _: impl FnOnce() -> [String; 2]) -> Result<(), Stop> {
        todo!()
    }
}

pub struct Turns;
pub type Scarce = fn(&mut std::task::Context<'_>, usize) -> usize;
pub fn scarce(_: &mut std::task::Context<'_>, _: usize) -> usize {
    todo!()
}
impl Turns {
    pub async fn begin<F: std::future::Future>(&self, future: F) -> F::Output {
        future.await
    }
    pub fn take<F: std::future::Future>(
        &self,
        _: Scarce,
        future: F,
    ) -> impl std::future::Future<Output = ()> {
        async { drop(future.await) }
    }
}
impl Case {
    pub fn cancel(&mut self, _: impl FnOnce(&Turns)) -> Result<(), Stop> {
        todo!()
    }
    pub fn cancel_or_panic(&mut self, _: impl FnOnce(&Turns)) -> Result<(), Stop> {
        todo!()
    }
}

impl Case {
    pub fn walk(&mut self, _: usize, _: usize, _: &'static [usize]) {}
    pub fn next_step(&mut self, _: &'static [&'static str]) -> Result<Option<usize>, Stop> {
        todo!()
    }
    pub fn argument<G: Generator>(&mut self, _: &str, _: G) -> Result<G::Value, Stop> {
        todo!()
    }
    pub fn fuse(&mut self) {}
    pub fn leaks(&mut self) {}
    pub fn explained<T: Send + Sync + 'static, M>(&mut self, _: &Together<'_, T, M>) -> Result<(), Stop> {
        todo!()
    }
    pub fn skips(&mut self, _: bool) -> bool {
        todo!()
    }
    pub fn step<R>(&mut self, _: impl FnOnce() -> R) -> Result<R, Stop> {
        todo!()
    }
    pub fn dare<R>(&mut self, _: impl FnOnce() -> R) -> Result<Option<R>, Stop> {
        todo!()
    }
    pub fn gave(&mut self, _: impl FnOnce() -> String) {}
    pub fn as_reference(&mut self, _: &str, _: &str) -> Result<(), Stop> {
        todo!()
    }
    pub fn part(&mut self) {}
    pub fn holds(&mut self, _: &str, _: bool) -> Result<(), Stop> {
        todo!()
    }
    pub fn now(&mut self, _: &str, _: impl FnOnce() -> String) {}
    pub fn leave<T>(&mut self, _: T) -> Result<(), Stop> {
        todo!()
    }
    pub fn leave_panicking<T>(&mut self, _: T) -> Result<(), Stop> {
        todo!()
    }
    pub fn ends(&mut self) -> Result<(), Stop> {
        todo!()
    }
}

impl Case {
    pub fn resemble(&mut self, _: &[&str]) {}
    pub fn accepts<A>(&mut self, _: &A, _: impl FnOnce() -> String) -> Result<(), Stop> {
        todo!()
    }
    pub fn rejects<A>(&mut self, _: &A, _: impl FnOnce() -> String) -> Result<(), Stop> {
        todo!()
    }
    pub fn agree(&mut self, _: &[&str], (): ()) -> Result<(), Stop> {
        todo!()
    }
    pub fn plants(&mut self, _: &[&str]) -> Result<(), Stop> {
        todo!()
    }
    pub fn hides(&mut self, _: Option<Vec<u8>>) -> Result<(), Stop> {
        todo!()
    }
    pub fn overhear<R>(&mut self, _: impl FnOnce() -> R) -> Result<Option<R>, Stop> {
        todo!()
    }
    pub fn watched<R>(&mut self, _: impl FnOnce() -> R) -> Result<Option<Held<R>>, Stop> {
        todo!()
    }
    pub fn drops_answer<R>(&mut self, _: Option<Held<R>>) -> Result<(), Stop> {
        todo!()
    }
    pub fn drops<T>(&mut self, _: &str, _: T) -> Result<(), Stop> {
        todo!()
    }
    pub fn forgets<T>(&mut self, _: T) -> Result<(), Stop> {
        todo!()
    }
    pub fn keeps_no_copy(&mut self) -> Result<(), Stop> {
        todo!()
    }
    pub fn keeps_secret(&mut self, _: &[&str]) -> Result<(), Stop> {
        todo!()
    }
    pub fn shows_length(&mut self, _: Length) -> Result<(), Stop> {
        todo!()
    }
    pub fn stepped<R>(&mut self, _: impl FnOnce() -> R) -> Result<Option<R>, Stop> {
        todo!()
    }
    pub fn built(&mut self, _: bool) -> Result<(), Stop> {
        todo!()
    }
    pub fn timed<R>(&mut self, _: impl FnOnce() -> R) -> Result<R, Stop> {
        todo!()
    }
    pub fn beside<R>(&mut self, _: impl FnOnce() -> R) -> Result<R, Stop> {
        todo!()
    }
    pub fn comes_out(&mut self, _: bool) -> Result<(), Stop> {
        todo!()
    }
    pub fn shows_no_secret(
        &mut self,
        _: &str,
        _: &[&str],
        _: impl FnOnce() -> Option<Formed>,
    ) -> Result<(), Stop> {
        todo!()
    }
    pub fn authentic(&mut self, _: bool) -> Result<(), Stop> {
        todo!()
    }
    pub fn forge(&mut self, _: &str, _: &[&str], _: &[&str], _: bool) {
        todo!()
    }
    pub fn stays_shut(&mut self, _: bool) -> Result<(), Stop> {
        todo!()
    }
    pub fn against(&mut self, _: &str) -> Result<(), Stop> {
        todo!()
    }
    pub fn only_allowed(&mut self, _: Written, _: &Allowed<'_>) -> Result<(), Stop> {
        todo!()
    }
    pub fn hostile(&mut self, _: Written) -> Result<(), Stop> {
        todo!()
    }
    pub fn instead(&mut self, _: Written) -> Result<(), Stop> {
        todo!()
    }
    pub fn harmlessly(&mut self, _: &[&str]) -> Result<(), Stop> {
        todo!()
    }
    pub fn same_structure(&mut self, _: Written, _: Written, _: &Place) -> Result<(), Stop> {
        todo!()
    }
    pub fn same_words(&mut self, _: Written, _: &[Written], _: &Place) -> Result<(), Stop> {
        todo!()
    }
    pub fn sampled<R>(&mut self, _: impl FnMut() -> R) -> Result<Vec<R>, Stop> {
        todo!()
    }
    pub fn unguessable(&mut self, _: &Expected, _: Vec<Symbols>) -> Result<(), Stop> {
        todo!()
    }
    pub fn asks(&mut self, _: &str, _: &str, _: &[(&str, &[&str])]) -> Result<(), Stop> {
        todo!()
    }
    pub fn decides(&mut self, _: bool) -> Result<(), Stop> {
        todo!()
    }
    pub fn told_apart(&mut self, _: bool, _: bool, _: impl FnOnce() -> String) -> Result<(), Stop> {
        todo!()
    }
    pub fn partial_eq_laws<T: PartialEq>(&mut self, _: [&T; 3]) -> Result<(), Stop> {
        todo!()
    }
    pub fn eq_laws<T: Eq>(&mut self, _: [&T; 3]) -> Result<(), Stop> {
        todo!()
    }
    pub fn hash_laws<T: PartialEq + std::hash::Hash>(&mut self, _: [&T; 3]) -> Result<(), Stop> {
        todo!()
    }
    pub fn partial_ord_laws<T: PartialOrd>(&mut self, _: [&T; 3]) -> Result<(), Stop> {
        todo!()
    }
    pub fn ord_laws<T: Ord>(&mut self, _: [&T; 3]) -> Result<(), Stop> {
        todo!()
    }
    pub fn commutative<T, R>(
        &mut self,
        _: [&T; 2],
        _: impl Fn(&T, &T) -> Option<R>,
        _: impl Fn(&R, &R) -> bool,
        _: impl Fn(&R) -> String,
    ) -> Result<(), Stop> {
        todo!()
    }
    pub fn associative<T>(
        &mut self,
        _: [&T; 3],
        _: impl Fn(&T, &T) -> Option<T>,
        _: impl Fn(&T, &T) -> bool,
        _: impl Fn(&T) -> String,
    ) -> Result<(), Stop> {
        todo!()
    }
    pub fn self_absorbing<T>(
        &mut self,
        _: &T,
        _: impl Fn(&T, &T) -> Option<T>,
        _: impl Fn(&T, &T) -> bool,
        _: impl Fn(&T) -> String,
    ) -> Result<(), Stop> {
        todo!()
    }
    pub fn identity<T>(
        &mut self,
        _: &T,
        _: &T,
        _: impl Fn(&T, &T) -> Option<T>,
        _: impl Fn(&T, &T) -> bool,
        _: impl Fn(&T) -> String,
    ) -> Result<(), Stop> {
        todo!()
    }
    pub fn absorbing<T>(
        &mut self,
        _: &T,
        _: &T,
        _: impl Fn(&T, &T) -> Option<T>,
        _: impl Fn(&T, &T) -> bool,
        _: impl Fn(&T) -> String,
    ) -> Result<(), Stop> {
        todo!()
    }
    pub fn distributive<T>(
        &mut self,
        _: [&T; 3],
        _: impl Fn(&T, &T) -> Option<T>,
        _: impl Fn(&T, &T) -> Option<T>,
        _: impl Fn(&T, &T) -> bool,
        _: impl Fn(&T) -> String,
    ) -> Result<(), Stop> {
        todo!()
    }
}

pub trait Whole {
    type Piece: ?Sized;
}
impl Whole for String {
    type Piece = str;
}
impl<T> Whole for Vec<T> {
    type Piece = [T];
}
pub fn cut<W: Whole + ?Sized>(_: &W) -> Of<Vec<&W::Piece>> {
    todo!()
}
pub fn cut_bytes<W: AsRef<[u8]> + ?Sized>(_: &W) -> Of<Vec<&[u8]>> {
    todo!()
}

#[macro_export]
macro_rules! answers_by_reference {
    ($first:expr, $second:expr) => {{
        let _ = (&$first, &$second);
    }};
}
pub use answers_by_reference as answers_of;

impl Fields<'_, '_> {
    pub fn draw<G: Generator>(&mut self, _: &str, _: G) -> Result<G::Value, Stop> {
        todo!()
    }
    pub fn again(&mut self) -> Result<bool, Stop> {
        todo!()
    }
}
pub fn accepted<R: Refusable>(_: R) -> Result<R::Value, Stop> {
    todo!()
}

pub fn unpredictable(_: &str, _: impl Fn(&mut Case) -> Result<(), Stop>) {}
pub fn wiped(_: &str, _: impl Fn(&mut Case) -> Result<(), Stop>) {}
pub fn constant_time(_: &str, _: impl Fn(&mut Case) -> Result<(), Stop>) {}
pub fn latency(_: &str, _: Pace, _: impl Fn(&mut Case) -> Result<(), Stop>) {}
pub struct Pace;
impl Pace {
    pub fn times(_: f64, _: f64) -> Self {
        Self
    }
    pub fn seconds(_: f64, _: f64) -> Self {
        Self
    }
}
pub fn leak_free(_: &str, _: impl Fn(&mut Case) -> Result<(), Stop>) {}
pub struct Held<R>(R);
impl<R> std::ops::Deref for Held<R> {
    type Target = R;
    fn deref(&self) -> &R {
        &self.0
    }
}
pub fn missing_target(_: &str, _: &str, _: &str, _: &[&str]) {}
pub struct Forbidden<'a> {
    pub calls: &'a [&'a str],
    pub macros: &'a [&'a str],
    pub uses: &'a [&'a str],
    pub unsafe_code: bool,
    pub cfg_test: bool,
    pub layers: &'a [&'a str],
    pub may_use: &'a [(&'a str, &'a [&'a str])],
    pub except: &'a [&'a str],
}
pub fn forbids(_: &str, _: &[&str], _: Forbidden<'_>) {}
pub struct Attestation<'a> {
    pub by: &'a str,
    pub on: &'a str,
    pub until: &'a str,
    pub evidence: &'a str,
    pub files: &'a [&'a str],
    pub of: &'a [&'a str],
}
pub fn attested(_: &str, _: &[&str], _: Attestation<'_>) {}
pub struct Command<'a> {
    pub run: &'a [&'a str],
    pub folder: &'a str,
    pub seconds: f64,
}
pub fn tool(_: &str, _: &[&str], _: Command<'_>) {}
pub struct Searched<'a> {
    pub files: &'a [&'a str],
    pub except: &'a [&'a str],
}
pub fn no_secret(_: &str, _: &[&str], _: Searched<'_>) {}
pub struct Documented {
    pub examples: bool,
    pub errors: bool,
    pub panics: bool,
    pub safety: bool,
}
pub fn documented(_: &str, _: &[&str], _: Documented) {}
pub struct Documents<'a> {
    pub files: &'a [&'a str],
    pub exactly: bool,
}
pub fn env_documented(_: &str, _: &[&str], _: Documents<'_>) {}
pub fn block_on<F: std::future::Future>(_: F) -> F::Output {
    todo!()
}

pub struct Length;
pub struct Limits;
impl Limits {
    pub fn at_most(self, _: &str) -> Self {
        self
    }
    pub fn size(self, _: &str) -> Self {
        self
    }
    pub fn within(self, _: &str) -> Self {
        self
    }
}
pub fn limits() -> Limits {
    Limits
}

pub struct Heap;
unsafe impl std::alloc::GlobalAlloc for Heap {
    unsafe fn alloc(&self, _: std::alloc::Layout) -> *mut u8 {
        todo!()
    }
    unsafe fn dealloc(&self, _: *mut u8, _: std::alloc::Layout) {}
}

#[macro_export]
macro_rules! length_by_reference {
    ($value:expr) => {{
        let _ = &$value;
        $crate::v1::Length
    }};
}
pub use length_by_reference as length_of;

#[macro_export]
macro_rules! shown_by_reference {
    ($value:expr) => {{
        let _ = &$value;
        String::new()
    }};
    ($value:expr, $other:expr) => {
        match &$value {
            value => {
                let _ = || *value == $other;
                String::new()
            }
        }
    };
}
pub use shown_by_reference as shown;
pub struct Said;
impl Said {
    pub fn holds(&self, _: &'static str, _: bool) {}
}
pub struct Together<'s, T, M>(PhantomData<(&'s (), T, M)>);
impl<'s, T, M> Together<'s, T, M> {
    pub fn may_panic(&mut self) {}
    pub fn holds(&mut self, _: &'static str, _: impl Fn(&T) -> bool + 's) {}
    pub fn agrees(&mut self, _: &'static str, _: impl Fn(&T, &M) -> bool + 's) {}
    pub fn takes_as(
        &mut self,
        _: &mut Case,
        _: impl Fn(&T, &Said) -> String + Send + Sync + 'static,
        _: impl Fn(&mut M) -> String + 'static,
    ) {
    }
}
impl<T> Together<'_, T, T> {
    pub fn takes(&mut self, _: &mut Case, _: impl Fn(&T, &Said) -> String + Send + Sync + 'static) {}
}
pub fn together<'s, T: Send + Sync + 'static>(_: usize, _: impl Fn() -> T + 's) -> Together<'s, T, T> {
    todo!()
}
pub fn together_like<'s, T: Send + Sync + 'static, M>(
    _: usize,
    _: impl Fn() -> T + 's,
    _: impl Fn() -> M + 's,
) -> Together<'s, T, M> {
    todo!()
}
#[macro_export]
macro_rules! used_by_value {
    ($value:expr $(,)?) => {{
        let _ = $value;
        String::new()
    }};
}
pub use used_by_value as used;
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tracked;
impl std::fmt::Display for Tracked {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        todo!()
    }
}
pub fn tracked() -> Of<Tracked> {
    todo!()
}
pub fn items<G: Generator>(_: G) -> Of<std::vec::IntoIter<G::Value>> {
    todo!()
}

pub struct Formed;
pub struct Symbols;
#[derive(Default)]
pub struct Expected;
impl Expected {
    pub fn alphabet(self, _: &str) -> Self {
        self
    }
    pub fn length(self, _: usize, _: usize) -> Self {
        self
    }
    pub fn bits(self, _: u32) -> Self {
        self
    }
}

#[macro_export]
macro_rules! symbols_by_reference {
    ($value:expr) => {{
        let _ = $value;
        None::<$crate::v1::Symbols>
    }};
}
pub use symbols_by_reference as symbols;

pub trait Answer {
    fn is_refusal(&self) -> bool {
        false
    }
}
impl Answer for bool {}
impl<T> Answer for Option<T> {}
impl<T, E> Answer for Result<T, E> {}

#[macro_export]
macro_rules! forms_by_reference {
    ($value:expr) => {{
        let _ = $value;
        $crate::v1::Formed
    }};
}
pub use forms_by_reference as forms;

#[macro_export]
macro_rules! secret_by_reference {
    ($value:expr) => {{
        let _ = &$value;
        None
    }};
}
pub use secret_by_reference as secret_of;

#[macro_export]
macro_rules! forged_by_value {
    ($case:ident, $name:literal, $value:expr) => {{
        let _ = &mut *$case;
        Ok::<_, $crate::v1::Stop>($value)
    }};
}
pub use forged_by_value as forged;

#[macro_export]
macro_rules! whole_by_reference {
    ($value:expr) => {{
        let _ = &$value;
        Vec::<u8>::new()
    }};
}
pub use whole_by_reference as whole;

#[macro_export]
macro_rules! unasked {
    ($id:literal, $of:literal, $([$($parameter:tt)+])* for $ty:ty: $([$($claim:tt)+])+) => {{}};
}
pub use unasked as auto_traits;

#[macro_export]
macro_rules! refused_by_reference {
    ($value:expr) => {{
        let _ = &$value;
        false
    }};
}
pub use refused_by_reference as refuses;

#[macro_export]
macro_rules! written_by_reference {
    ($value:expr) => {{
        let _ = &$value;
        $crate::v1::Written
    }};
}
pub use written_by_reference as written;

pub struct Written;

pub struct Place;
pub fn into(_: &str) -> Place {
    Place
}
impl Place {
    pub fn part(self, _: &str) -> Self {
        self
    }
    pub fn shell(self, _: &str) -> Self {
        self
    }
    pub fn one_line(self, _: bool) -> Self {
        self
    }
    pub fn or_dropped(self) -> Self {
        self
    }
}

pub struct Allowed<'a> {
    pub schemes: &'a [&'a str],
    pub strict: bool,
    pub elements: &'a [&'a str],
    pub attributes: &'a [&'a str],
    pub never: &'a [&'a str],
}
