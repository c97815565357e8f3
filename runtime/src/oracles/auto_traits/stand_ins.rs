//! Types that stand for the parameters of others: each lacks one auto trait, or a pair of them, and has all others.
//!
//! They have the traits of std that parameters are commonly asked for, so that types with bounds can be named.
//! Nobody ever makes a value of them in a test of auto traits; what the methods do means nothing.

#![expect(
    clippy::copy_iterator,
    clippy::non_canonical_partial_ord_impl,
    reason = "nobody makes values of these types; what counts is which traits they have"
)]

use std::cell::UnsafeCell;
use std::fmt;
use std::io;
use std::iter::{FusedIterator, Sum};
use std::marker::{PhantomData, PhantomPinned};
use std::ops::{Add, AddAssign, Deref, DerefMut, Div, Index, Mul, Neg, Not, Rem, Sub};
use std::pin::Pin;
use std::task::{Context, Poll};

/// How each is told from the others, by name.
pub(super) const LACKING: [(&str, &str); 7] = [
    ("Plain", "with all auto traits"),
    ("NotSend", "that is Sync and not Send"),
    ("NotSync", "that is Send and not Sync"),
    ("NotSendSync", "that is neither Send nor Sync"),
    ("NotUnpin", "that is not Unpin"),
    ("NotUnwindSafe", "that is not UnwindSafe"),
    ("NotRefUnwindSafe", "that is not RefUnwindSafe"),
];

macro_rules! stand_ins {
    ($($(#[$doc:meta])* $name:ident($marker:ty);)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Default)]
        pub struct $name(PhantomData<$marker>);

        stand_ins!(@values $name);
        stand_ins!(@operators $name: Add::add, Sub::sub, Mul::mul, Div::div, Rem::rem);
        stand_ins!(@streams $name);
    )+};
    (@values $name:ident) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
        impl std::error::Error for $name {}
        impl PartialEq for $name {
            fn eq(&self, _: &Self) -> bool {
                true
            }
        }
        impl Eq for $name {}
        impl PartialOrd for $name {
            fn partial_cmp(&self, _: &Self) -> Option<std::cmp::Ordering> {
                Some(std::cmp::Ordering::Equal)
            }
        }
        impl Ord for $name {
            fn cmp(&self, _: &Self) -> std::cmp::Ordering {
                std::cmp::Ordering::Equal
            }
        }
        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
        }
        impl std::str::FromStr for $name {
            type Err = Self;
            fn from_str(_: &str) -> Result<Self, Self> {
                Ok(Self::default())
            }
        }
        impl Deref for $name {
            type Target = Self;
            fn deref(&self) -> &Self {
                self
            }
        }
        impl DerefMut for $name {
            fn deref_mut(&mut self) -> &mut Self {
                self
            }
        }
        impl AsRef<Self> for $name {
            fn as_ref(&self) -> &Self {
                self
            }
        }
        impl AsMut<Self> for $name {
            fn as_mut(&mut self) -> &mut Self {
                self
            }
        }
        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &[]
            }
        }
        impl AsMut<[u8]> for $name {
            fn as_mut(&mut self) -> &mut [u8] {
                &mut []
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                ""
            }
        }
    };
    (@operators $name:ident: $($operator:ident::$method:ident),+) => {
        $(impl $operator for $name {
            type Output = Self;
            fn $method(self, _: Self) -> Self {
                self
            }
        })+
        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                self
            }
        }
        impl Not for $name {
            type Output = Self;
            fn not(self) -> Self {
                self
            }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, _: Self) {}
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(_: I) -> Self {
                Self::default()
            }
        }
        impl Index<usize> for $name {
            type Output = Self;
            fn index(&self, _: usize) -> &Self {
                self
            }
        }
    };
    (@streams $name:ident) => {
        impl Iterator for $name {
            type Item = Self;
            fn next(&mut self) -> Option<Self> {
                None
            }
        }
        impl DoubleEndedIterator for $name {
            fn next_back(&mut self) -> Option<Self> {
                None
            }
        }
        impl ExactSizeIterator for $name {}
        impl FusedIterator for $name {}
        impl<A> Extend<A> for $name {
            fn extend<I: IntoIterator<Item = A>>(&mut self, _: I) {}
        }
        impl<A> FromIterator<A> for $name {
            fn from_iter<I: IntoIterator<Item = A>>(_: I) -> Self {
                Self::default()
            }
        }
        impl Future for $name {
            type Output = Self;
            fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self> {
                Poll::Ready(Self::default())
            }
        }
        impl io::Read for $name {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Ok(0)
            }
        }
        impl io::BufRead for $name {
            fn fill_buf(&mut self) -> io::Result<&[u8]> {
                Ok(&[])
            }
            fn consume(&mut self, _: usize) {}
        }
        impl io::Write for $name {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        impl io::Seek for $name {
            fn seek(&mut self, _: io::SeekFrom) -> io::Result<u64> {
                Ok(0)
            }
        }
        impl fmt::Write for $name {
            fn write_str(&mut self, _: &str) -> fmt::Result {
                Ok(())
            }
        }
        impl std::hash::Hasher for $name {
            fn finish(&self) -> u64 {
                0
            }
            fn write(&mut self, _: &[u8]) {}
        }
        impl std::hash::BuildHasher for $name {
            type Hasher = Self;
            fn build_hasher(&self) -> Self {
                *self
            }
        }
    };
}

stand_ins! {
    /// Has all auto traits.
    Plain(());
    /// Is `Sync` and not `Send`, as the guard of a lock.
    NotSend(*const ());
    /// Is `Send` and not `Sync`, as a `Cell`.
    NotSync(*const ());
    /// Is neither `Send` nor `Sync`, as an `Rc`.
    NotSendSync(*const ());
    /// Is not `Unpin`.
    NotUnpin(PhantomPinned);
    /// Is not `UnwindSafe`, as a `&mut`.
    NotUnwindSafe(&'static mut u8);
    /// Is not `RefUnwindSafe`, as what is changed behind a `&`.
    NotRefUnwindSafe(UnsafeCell<u8>);
}

// SAFETY: it holds nothing.
unsafe impl Sync for NotSend {}
// SAFETY: it holds nothing.
unsafe impl Send for NotSync {}
// SAFETY: it holds nothing.
unsafe impl Sync for NotRefUnwindSafe {}
