//! A digest of bytes that nobody can make come out alike for other bytes: SHA-256, as FIPS 180-4 describes it.
//!
//! Written out here so that generated tests need no further crate for a few lines of arithmetic; the constants of the
//! standard are the first bits behind the point of roots of primes, and so they are computed.

/// The digest in hex.
pub(crate) fn digest(bytes: &[u8]) -> String {
    let (rounds, mut state) = (fractions(64, 3), fractions(8, 2));
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    // Room for the length at the end of the last block.
    padded.resize((padded.len() + 8).next_multiple_of(64) - 8, 0);
    padded.extend((bytes.len() as u64 * 8).to_be_bytes());
    for block in padded.chunks_exact(64) {
        compress(&mut state, block, &rounds);
    }
    state.iter().map(|word| format!("{word:08x}")).collect::<Vec<_>>().concat()
}

#[expect(clippy::many_single_char_names, reason = "the eight words of the standard")]
fn compress(state: &mut [u32], block: &[u8], rounds: &[u32]) {
    let mut words: Vec<u32> =
        block.chunks_exact(4).map(|it| u32::from_be_bytes([it[0], it[1], it[2], it[3]])).collect();
    for at in 16..64 {
        let (old, new) = (words[at - 15], words[at - 2]);
        let old = old.rotate_right(7) ^ old.rotate_right(18) ^ (old >> 3);
        let new = new.rotate_right(17) ^ new.rotate_right(19) ^ (new >> 10);
        words.push(words[at - 16].wrapping_add(old).wrapping_add(words[at - 7]).wrapping_add(new));
    }
    let mut turned = state.to_vec();
    for (word, round) in words.iter().zip(rounds) {
        let [a, b, c, d, e, f, g, h] = turned[..] else { unreachable!("there are eight words") };
        let mixed = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let chosen = (e & f) ^ (!e & g);
        let first = [mixed, chosen, *round, *word].iter().fold(h, |sum, part| sum.wrapping_add(*part));
        let mixed = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let most = (a & b) ^ (a & c) ^ (b & c);
        let second = mixed.wrapping_add(most);
        turned = vec![first.wrapping_add(second), a, b, c, d.wrapping_add(first), e, f, g];
    }
    for (word, more) in state.iter_mut().zip(turned) {
        *word = word.wrapping_add(more);
    }
}

/// The first 32 bits behind the point of the roots of the first `count` primes.
fn fractions(count: usize, power: u32) -> Vec<u32> {
    let is_prime = |number: &u128| (2..*number).all(|part| !number.is_multiple_of(part));
    let root = |prime: u128| {
        let wanted = prime << (32 * power);
        // The root of the largest prime is below 32.
        let (mut low, mut high) = (0_u128, 1 << 37);
        while high - low > 1 {
            let middle = u128::midpoint(low, high);
            if middle.pow(power) <= wanted { low = middle } else { high = middle }
        }
        (low & u128::from(u32::MAX)) as u32
    };
    (2..).filter(is_prime).take(count).map(root).collect()
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn digests_are_those_of_the_standard() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(digest(b""), empty);
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest(b"abc"), abc);
        let longer = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
        assert_eq!(digest(b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), longer);
        let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
        assert_eq!(digest(&vec![b'a'; 1_000_000]), million);
    }
}
