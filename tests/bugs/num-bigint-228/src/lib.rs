//! Products of large numbers.

use num_bigint::BigUint;

/// The product of two numbers in big-endian bytes.
pub fn product(left: &[u8], right: &[u8]) -> Vec<u8> {
    (BigUint::from_bytes_be(left) * BigUint::from_bytes_be(right)).to_bytes_be()
}
