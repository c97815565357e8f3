//! How large a value is.

use crate::show::Wrap;

/// Bytes and items of a value, as far as it has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    pub(crate) bytes: Option<u64>,
    pub(crate) items: Option<u64>,
    pub(crate) chars: Option<u64>,
}

/// The length of a value of any type: texts and bytes have bytes, collections have items.
#[macro_export]
macro_rules! length_of {
    ($value:expr $(,)?) => {{
        #[allow(unused_imports)]
        use $crate::v1::{BytesLength as _, ItemsLength as _, NoLength as _};
        (&&&$crate::v1::Wrap(&$value)).length()
    }};
}

/// Of what holds bytes.
pub trait BytesLength {
    /// How large it is.
    fn length(&self) -> Length;
}

impl<T: AsRef<[u8]> + ?Sized> BytesLength for &&Wrap<'_, T> {
    fn length(&self) -> Length {
        of_bytes(self.0.as_ref())
    }
}

/// Not generic, so that it is built with the optimization of this crate: long values are counted in every case.
fn of_bytes(bytes: &[u8]) -> Length {
    let length = bytes.len() as u64;
    let (words, rest) = bytes.as_chunks::<8>();
    // Of UTF-8; each byte that begins with the bits 10 goes on with the character before it.
    let in_words = words.iter().map(|word| {
        let word = u64::from_le_bytes(*word);
        u64::from((word >> 7 & !word >> 6 & 0x0101_0101_0101_0101).count_ones())
    });
    let in_rest = rest.iter().filter(|byte| **byte & 0xc0 == 0x80).count() as u64;
    let chars = length - in_words.sum::<u64>() - in_rest;
    Length { bytes: Some(length), items: Some(length), chars: Some(chars) }
}

/// Of what holds items.
pub trait ItemsLength {
    /// How large it is.
    fn length(&self) -> Length;
}

impl<'a, T: ?Sized> ItemsLength for &Wrap<'a, T>
where
    &'a T: IntoIterator<IntoIter: ExactSizeIterator>,
{
    fn length(&self) -> Length {
        Length { bytes: None, items: Some(self.0.into_iter().len() as u64), chars: None }
    }
}

/// Of anything else.
pub trait NoLength {
    /// How large it is.
    fn length(&self) -> Length;
}

impl<T: ?Sized> NoLength for Wrap<'_, T> {
    fn length(&self) -> Length {
        Length::default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    #[test]
    fn texts_bytes_and_collections_have_a_length() {
        struct Other;
        let of = |length: super::Length| (length.bytes, length.items);
        let text = String::from("ab");
        assert_eq!(of(length_of!(text)), (Some(2), Some(2)));
        assert_eq!(of(length_of!("ab")), (Some(2), Some(2)));
        assert_eq!(of(length_of!(vec![1_u8])), (Some(1), Some(1)));
        assert_eq!(of(length_of!(vec![1_u32])), (None, Some(1)));
        assert_eq!(of(length_of!(BTreeMap::from([(1, 2)]))), (None, Some(1)));
        assert_eq!(of(length_of!(Other)), (None, None));
    }

    #[test]
    fn characters_are_counted_wherever_they_stand() {
        for text in ["", "a", "é", "aé€🦀 plain text é", "🦀🦀🦀", &"x".repeat(31), &"é".repeat(40)]
        {
            assert_eq!(length_of!(text).chars, Some(text.chars().count() as u64), "{text}");
        }
    }
}
