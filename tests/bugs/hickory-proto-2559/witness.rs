use std::hash::{BuildHasher, RandomState};
use subject::Zone;

#[test]
fn equal_names_are_one_key() {
    let state = RandomState::new();
    let names: Vec<Zone> = ["com", "com.", "COM", "Com.", "example.com", "example.com.", "eXample.com", ".", "", "a.b.c", "a.b.c.", "a.b"].iter().map(|text| text.parse().unwrap()).collect();
    for a in &names {
        for b in &names {
            if a == b {
                assert_eq!(state.hash_one(a), state.hash_one(b), "{a:?} {b:?}");
            }
        }
    }
}
