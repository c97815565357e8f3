pub fn words(bytes: &[u8], count: u8) -> Option<Vec<u32>> {
    let word = |word: &[u8]| u32::from_le_bytes(word.try_into().unwrap());
    (bytes.len() >= usize::from(count) * 4).then(|| bytes.chunks_exact(4).take(usize::from(count)).map(word).collect())
}
