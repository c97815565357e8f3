//! Seeds of games, which players exchange as bytes.

/// So many words of a seed, the least byte first. Too few bytes are no seed, and the function panics.
pub fn words(bytes: &[u8], count: u8) -> Vec<u32> {
    let mut words = vec![0; usize::from(count)];
    rand_core::le::read_u32_into(bytes, &mut words);
    words
}
