use std::hash::{Hash, Hasher};
fn hash(look: &subject::Look) -> u64 {
    let mut hasher = std::collections::hash_map::DefaultHasher::new();
    look.hash(&mut hasher);
    hasher.finish()
}
#[test]
fn equal_looks_have_equal_hashes() {
    let all: Vec<_> = (0..2u8).flat_map(|c| (0..8u8).map(move |m| subject::Look::new(c, m & 1 > 0, m & 2 > 0, m & 4 > 0))).collect();
    for a in &all {
        for b in &all {
            assert!(a != b || hash(a) == hash(b), "{a:?} {b:?}");
        }
    }
}
