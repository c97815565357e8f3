pub fn rest(number: u128, lots: u128) -> Option<u128> {
    number.checked_rem(lots)
}
