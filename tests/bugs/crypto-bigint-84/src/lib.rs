//! Numbers of lots, drawn from large ones.

use crypto_bigint::{Encoding, U128};

/// What is left of `number` when it is divided by `lots`; none if there are no lots.
pub fn rest(number: u128, lots: u128) -> Option<u128> {
    let (number, lots) = (U128::from_be_bytes(number.to_be_bytes()), U128::from_be_bytes(lots.to_be_bytes()));
    let rest: Option<U128> = number.checked_rem(&lots).into();
    Some(u128::from_be_bytes(rest?.to_be_bytes()))
}
