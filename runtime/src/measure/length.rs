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
        let bytes = self.0.as_ref();
        let length = bytes.len() as u64;
        // Of UTF-8; each character has one byte that goes on with none before it.
        let chars = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count() as u64;
        Length { bytes: Some(length), items: Some(length), chars: Some(chars) }
    }
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
}
