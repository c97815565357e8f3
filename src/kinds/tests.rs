//! What is true of every kind, and what each refuses.

use std::path::Path;

use constraints_wire::{Shown, Witness};

use super::example::{Example, at, example, function, text, words};
use super::{ALL, find};
use crate::model::KeyValue;
use crate::resolve::{Lend, Returns, Target};

const HEADINGS: [&str; 8] = [
    "What it requires",
    "Why it matters",
    "Declaration",
    "Holds",
    "Violated",
    "How it is checked",
    "What it cannot see",
    "References",
];

#[test]
fn every_kind_has_all_its_parts() {
    for kind in ALL {
        let about = kind.about();
        let id = about.id;
        let file = |path: &str| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{id}: {}: {error}", path.display()))
        };
        assert_eq!(
            file(&format!("src/kinds/{id}.rs")),
            about.source,
            "{id}: the source is the file of its name"
        );
        assert!(!about.summary.is_empty() && !about.summary.ends_with('.'), "{id}: summary is a fragment");
        let page = about.page();
        assert!(page.starts_with(&format!("# `{id}`\n")), "{id}: the page is headed by the id");
        let sections = sections(&page);
        let headings: Vec<&str> = sections.iter().map(|(heading, _)| *heading).collect();
        assert_eq!(headings, HEADINGS, "{id}");
        for (heading, body) in &sections {
            assert!(!body.trim().is_empty(), "{id}: nothing stands under {heading}");
        }
        for color in ["green", "red"] {
            let folder = format!("tests/fixtures/{id}/{color}");
            let rust = file(&format!("{folder}/src/lib.rs"));
            let toml = file(&format!("{folder}/constraints/main.toml"));
            assert!(
                file(&format!("{folder}/Cargo.toml.in")).contains("{{RUNTIME}}"),
                "{id}: the runtime is put in"
            );
            assert!(
                file(&format!("{folder}/README.md")).lines().next().is_some_and(|line| line.ends_with('.'))
            );
            let shown = if color == "green" { "Holds" } else { "Violated" };
            for (heading, blocks) in sections.iter().map(|(heading, body)| (*heading, blocks(body))) {
                let file = if heading == "Declaration" { &toml } else { &rust };
                if heading == "Declaration" || heading == shown {
                    assert!(!blocks.is_empty(), "{id}: no example under {heading}");
                    for block in blocks {
                        assert!(
                            file.contains(block),
                            "{id}: {color} lacks what stands under {heading}:\n{block}"
                        );
                    }
                }
            }
            assert_eq!(rust.matches("// red: main.").count(), usize::from(color == "red"), "{id} {color}");
        }
    }
}

#[test]
fn red_and_green_declare_the_same_and_differ_in_one_line() {
    for kind in ALL {
        let id = kind.about().id;
        let file = |color: &str, file: &str| {
            let path = format!("{}/tests/fixtures/{id}/{color}/{file}", env!("CARGO_MANIFEST_DIR"));
            std::fs::read_to_string(path).expect("a fixture")
        };
        assert_eq!(file("green", "constraints/main.toml"), file("red", "constraints/main.toml"));
        let (green, red) = (file("green", "src/lib.rs"), file("red", "src/lib.rs"));
        let different = green.lines().zip(red.lines()).filter(|(green, red)| green != red).count();
        assert_eq!((different, green.lines().count()), (1, red.lines().count()), "{id}");
    }
}

#[test]
fn ids_are_unique_and_sorted() {
    let ids: Vec<&str> = ALL.iter().map(|kind| kind.about().id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
    assert!(ids.iter().all(|id| find(id).is_some_and(|kind| kind.about().id == *id)));
    assert!(find("no_such_kind").is_none());
}

#[test]
fn names_say_what_must_hold() {
    for kind in ALL {
        let id = kind.about().id;
        let banned = ["check_", "must_", "no_bad_", "test_", "assert_", "ensure_", "verify_"];
        assert!(
            banned.iter().all(|prefix| !id.starts_with(prefix)),
            "{id}: names the property, not the checking"
        );
        assert!(id.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'), "{id}: snake_case");
        for key in kind.about().keys {
            assert!(key.says.ends_with('.'), "{id}.{}: one sentence", key.name);
        }
    }
}

#[test]
fn messages_are_fragments_with_the_values() {
    let witness = Witness {
        values: vec![
            Shown { name: "text".into(), text: "\"é\"".into() },
            Shown { name: "width".into(), text: "0".into() },
        ],
        seen: "`unwrap` is called in src/lib.rs".into(),
        ..Witness::default()
    };
    let all: Vec<String> = ALL.iter().map(|kind| kind.message(&witness)).collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
    differs from its reference on text = "é", width = 0
    `unwrap` is called in src/lib.rs
    changes its own result on text = "é", width = 0
    does not hold on text = "é", width = 0
    panics on text = "é", width = 0
    does not come back on text = "é", width = 0
    "#);
    assert_eq!(find("no_panic").expect("a kind").message(&Witness::default()), "panics");
}

#[test]
fn round_trip_of_several_arguments_asks_which_one() {
    let one = |name: &str| {
        example("round_trip", "comes_back", "encode")
            .argument("text", text(), Lend::Ref)
            .argument(name, text(), Lend::Ref)
            .path("inverse", function("app::decode", &[Lend::Ref], Returns::Plain))
    };
    insta::assert_snapshot!(refused(&one("key")), @"
    invalid-value: the target takes several arguments, and the declaration does not say which one is compared
    help: add `arg = \"NAME\"` with one of `text`, `key`
    ");
    insta::assert_snapshot!(refused(&one("key").key("arg", KeyValue::Text(at("txt".into())))), @"
    unknown-argument: `txt` is not an argument
    help: the arguments are `text`, `key`
    ");
    assert_eq!(refused(&one("key").key("arg", KeyValue::Text(at("key".into())))), "accepted");
}

#[test]
fn round_trip_needs_something_to_compare_with_and_an_inverse_of_one_argument() {
    let none = example("round_trip", "comes_back", "encode")
        .path("inverse", function("app::decode", &[Lend::Ref], Returns::Plain));
    insta::assert_snapshot!(refused(&none), @"invalid-value: the target takes no argument, so there is nothing to compare with");
    let two = example("round_trip", "comes_back", "encode")
        .argument("text", text(), Lend::Ref)
        .path("inverse", function("app::decode", &[Lend::Ref, Lend::Ref], Returns::Plain));
    insta::assert_snapshot!(refused(&two), @"
    wrong-target: the inverse has to take exactly one argument
    help: wrap it in a function of `constraints/support.rs` that takes what the target gives
    ");
}

#[test]
fn idempotent_needs_a_result() {
    let unit =
        example("idempotent", "once", "clean").argument("text", text(), Lend::RefMut).returns(Returns::Unit);
    insta::assert_snapshot!(refused(&unit), @"
    wrong-target: the target returns nothing that it could be applied to
    help: wrap it in a function of `constraints/support.rs` that gives the changed value back
    ");
}

#[test]
fn a_reference_takes_as_many_arguments_as_the_target() {
    let fewer = example("equivalent", "same", "fast")
        .argument("text", text(), Lend::Ref)
        .path("reference", function("app::slow", &[], Returns::Plain));
    insta::assert_snapshot!(refused(&fewer), @"
    wrong-target: the reference takes 0 arguments, the target 1
    help: wrap it in a function of `constraints/support.rs` that takes the same arguments
    ");
}

#[test]
fn forbidding_nothing_is_refused() {
    let nothing = || example("forbids", "pure", "core").target(Target::Module(vec!["core".into()]));
    insta::assert_snapshot!(refused(&nothing()), @"
    missing-key: the declaration forbids nothing
    help: add at least one of `calls`, `macros` and `unsafe = true`
    ");
    assert_eq!(refused(&nothing().key("calls", words(&["unwrap"]))), "accepted");
    assert_eq!(refused(&nothing().key("unsafe", KeyValue::Flag(at(true)))), "accepted");
    assert_eq!(
        refused(&nothing().key("calls", words(&["unwrap"])).key("except", words(&["crate::core::io"]))),
        "accepted"
    );
    let outside = nothing().key("calls", words(&["unwrap"])).key("except", words(&["crate::cli"]));
    insta::assert_snapshot!(refused(&outside), @"
    invalid-value: `crate::cli` is not a module below `crate::core`
    help: write its whole path, such as `crate::core::cli`
    ");
    insta::assert_snapshot!(refused(&example("forbids", "pure", "core")), @"
    wrong-target: the target is not a module
    help: write `target = \"crate\"` for the whole crate, or the path of a module
    ");
}

/// The fault and its help, or `accepted`.
fn refused(example: &Example) -> String {
    let bound = example.bound();
    match find(bound.constraint.kind.value.id).expect("a kind").plan(&bound) {
        Ok(_) => "accepted".to_owned(),
        Err(fault) => {
            let said = format!("{}: {}", fault.code.name(), fault.message);
            let help = fault.help.iter().map(|help| format!("help: {help}"));
            std::iter::once(said).chain(help).collect::<Vec<_>>().join("\n")
        }
    }
}

fn sections(page: &str) -> Vec<(&str, &str)> {
    page.split("\n## ").skip(1).filter_map(|section| section.split_once('\n')).collect()
}

fn blocks(body: &str) -> Vec<&str> {
    body.split("```").skip(1).step_by(2).filter_map(|block| Some(block.split_once('\n')?.1)).collect()
}
