//! Forged bytes.

use super::pick::number;
use crate::mutate;
use crate::random::Random;
use crate::source::Source;

/// Ways to forge bytes; the simplest first.
const WAYS: usize = 13;

/// The order of the group of Ed25519, least byte first: `s` and `s` plus this stand for the same number.
const ED25519: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// Forged bytes and how they were made.
pub(super) fn forged(seal: &[u8], source: &mut Source<'_>) -> (Vec<u8>, String) {
    let how = number(source, WAYS);
    let said = |bytes: Vec<u8>, how: &str| (bytes, how.to_string());
    match how {
        0 => said(Vec::new(), "with nothing in the place of the seal"),
        1 => {
            let kept = number(source, seal.len());
            (seal[..kept.min(seal.len())].to_vec(), format!("with the first {kept} bytes of the seal"))
        }
        2 => {
            let gone = (1 + number(source, seal.len().saturating_sub(1))).min(seal.len());
            (seal[gone..].to_vec(), format!("without the first {gone} bytes of the seal"))
        }
        3 => said(vec![0; seal.len()], "with zeros in the place of the seal"),
        4 => said(vec![0xff; seal.len()], "with bytes 0xff in the place of the seal"),
        5 => {
            let mut random = Random::for_case(number(source, usize::MAX) as u64, 3);
            said(
                seal.iter().map(|_| random.next() as u8).collect(),
                "with random bytes in the place of the seal",
            )
        }
        6 | 7 => {
            let (at, bit) = (number(source, seal.len()), number(source, 8));
            let mut bytes = seal.to_vec();
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << bit;
            }
            (bytes, format!("with one bit of byte {at} of the seal turned"))
        }
        8 => said([seal, seal].concat(), "with the seal twice"),
        9 => {
            let more = [0, 1, 0xff, b'A'][number(source, 4)];
            let at = if number(source, 2) == 0 { seal.len() } else { 0 };
            let mut bytes = seal.to_vec();
            bytes.insert(at, more);
            (bytes, format!("with one more byte at {at} of the seal"))
        }
        10 => {
            let (left, right) = seal.split_at(seal.len() / 2);
            said([right, left].concat(), "with the halves of the seal in another order")
        }
        11 => said(plus_order(seal), "with the order of the group added to the number in the signature"),
        _ => {
            let bytes = source.bytes(|maker| {
                let mut bytes = seal.to_vec();
                mutate::bytes::mutate(&mut bytes, &[], maker);
                bytes
            });
            said(bytes, "with a changed seal")
        }
    }
}

/// The second half as a number plus the order of the group, where it is a signature of that length.
fn plus_order(seal: &[u8]) -> Vec<u8> {
    let mut bytes = seal.to_vec();
    if bytes.len() == 64 {
        let mut carry = 0;
        for (byte, more) in bytes[32..].iter_mut().zip(ED25519) {
            let sum = u16::from(*byte) + u16::from(more) + carry;
            *byte = sum as u8;
            carry = sum >> 8;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_of_the_group_is_written_otherwise() {
        let seal: Vec<u8> = (0..64).map(|n| if n < 63 { n } else { 1 }).collect();
        let other = plus_order(&seal);
        assert_eq!((other.len(), &other[..32]), (64, &seal[..32]));
        assert_eq!(other[32], 32_u8.wrapping_add(0xed));
        assert_eq!(other[63], 0x11);
    }
}
