//! Each fixture crate through every stage: what becomes of its declarations, and that a compiler takes it.

use std::fs;
use std::path::Path;

use crate::kinds;

use super::compile::compiled;
use super::{from_texts, text_of};

#[test]
fn red_and_green_crates_get_the_same_test_and_it_compiles_with_both() {
    for kind in kinds::ALL {
        let id = kind.about().id;
        let files = |color: &str| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/{id}/{color}"));
            let lib = folder.join("src/lib.rs");
            let declarations =
                fs::read_to_string(folder.join("constraints/main.toml")).expect("declarations");
            let files = from_texts(&declarations, &fs::read_to_string(&lib).expect("a library"), "fixture");
            assert_eq!(compiled(&files, "fixture", &lib, "2021"), "", "{id} {color}");
            files
        };
        let green = files("green");
        assert_eq!(green, files("red"), "{id}");
        insta::assert_snapshot!(format!("fixture_{id}"), text_of(&green, "generated/main.rs"));
    }
}
