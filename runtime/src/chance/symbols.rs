//! Outputs of any type as symbols.

use std::fmt::{Debug, Display};

use super::Symbols;

/// An output as symbols; nothing for a refusal, or for a type that shows nothing.
#[macro_export]
macro_rules! symbols {
    ($value:expr $(,)?) => {{
        #[allow(unused_imports)]
        use $crate::v1::{AnyParts as _, ByOption as _, ByResult as _};
        let value = $value;
        let (first, _) = (&$crate::v1::Forms(value)).parts();
        match first {
            _ if $crate::refuses!(*value) => None,
            Some(first) => $crate::symbols_of!(first),
            None => $crate::symbols_of!(value),
        }
    }};
}

/// The symbols of a value itself.
#[doc(hidden)]
#[macro_export]
macro_rules! symbols_of {
    ($value:ident) => {{
        #[allow(unused_imports)]
        use $crate::v1::{
            AnySymbols as _, OfBytes as _, OfDebug as _, OfDisplay as _, OfNumber as _, OfText as _,
        };
        (&&&&&$crate::v1::Output($value)).symbols()
    }};
}

/// Carries an output to the right way of reading it: method lookup tries [`OfText`] first, [`AnySymbols`] last.
pub struct Output<'a, T: ?Sized>(pub &'a T);

impl<T: ?Sized> Debug for Output<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Output")
    }
}

/// Integers, by their bytes.
pub trait Number: Copy {
    /// The bytes, the highest first.
    #[doc(hidden)]
    fn bytes(self) -> Vec<u8>;
}

macro_rules! number {
    ($($integer:ident)*) => { $(
        impl Number for $integer {
            fn bytes(self) -> Vec<u8> {
                self.to_be_bytes().to_vec()
            }
        }
    )* };
}

number!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

/// One way to read outputs.
macro_rules! way {
    ($name:ident: $bound:path, $($reference:tt)*) => {
        way!(@ $name, [T: $bound + ?Sized], $($reference)*);
    };
    (@ $name:ident, [$($bounds:tt)*], [$carrier:ty] |$value:ident| $read:expr) => {
        /// Reads the output.
        pub trait $name {
            /// Its symbols.
            fn symbols(&self) -> Option<Symbols>;
        }

        impl<$($bounds)*> $name for $carrier {
            fn symbols(&self) -> Option<Symbols> {
                let $value = self.0;
                $read
            }
        }
    };
}

way!(OfText: AsRef<str>, [&&&&Output<'_, T>] |value| Some(Symbols::of_text(value.as_ref())));
way!(OfBytes: AsRef<[u8]>, [&&&&&Output<'_, T>] |value| Some(Symbols::of_bytes(value.as_ref())));
way!(OfNumber: Number, [&&&Output<'_, T>] |value| Some(Symbols::of_bytes(&value.bytes())));
way!(OfDisplay: Display, [&&Output<'_, T>] |value| Some(Symbols::of_text(&value.to_string())));
way!(OfDebug: Debug, [&Output<'_, T>] |value| Some(Symbols::of_text(&format!("{value:?}"))));

/// Shows nothing.
pub trait AnySymbols {
    /// Nothing.
    fn symbols(&self) -> Option<Symbols> {
        None
    }
}

impl<T: ?Sized> AnySymbols for Output<'_, T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_of_any_type_are_symbols() {
        struct Silent;
        let text = Some(Symbols::of_text("ab"));
        assert_eq!(symbols!(&"ab".to_string()), text);
        assert_eq!(symbols!(&Some("ab")), text);
        assert_eq!(symbols!(&Ok::<_, u8>("ab")), text);
        assert_eq!(symbols!(&Err::<String, _>(7)), None);
        assert_eq!(symbols!(&vec![1_u8, 2]), Some(Symbols::of_bytes(&[1, 2])));
        assert_eq!(symbols!(&[1_u8, 2]), symbols!(&0x0102_u16));
        assert_eq!(symbols!(&'c'), Some(Symbols::of_text("c")));
        assert_eq!(symbols!(&Silent), None);
    }
}
