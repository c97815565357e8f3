//! What the files look like, and that nothing but the plan decides it.

use constraints_wire::measure::{AtMost, Dimension, Size};

use proptest::prelude::*;

use crate::emit::{FIRST_LINE, FIRST_LINE_TOML, Wiring, emit};
use crate::kinds::example::{Example, at, example, function, text, words};
use crate::model::KeyValue;
use crate::resolve::{Lend, Recipe, Returns, Target, Tokio};

use super::{beside, links, plan, plans, text_of};

fn like(samples: &[&str]) -> Recipe {
    Recipe::Text { like: samples.iter().map(|it| (*it).to_owned()).collect(), only: false }
}

#[test]
fn a_law_reads_like_its_declaration() {
    let law = example("law", "no_redirect", "link::render")
        .says("A rendered link keeps the host its author typed")
        .argument("text", like(&["https://example.org/a?b=1#c"]), Lend::Ref)
        .when("crate::link::parse(&text).is_ok()")
        .expression("then", "crate::link::host(&result) == crate::link::host(&text)");
    let width = example("law", "shorter", "link::shorten")
        .says("A short link is no longer than asked for")
        .argument("text", text(), Lend::Move)
        .argument("width", Recipe::Integer { ty: "usize", range: None }, Lend::Move)
        .expression("then", "result.len() <= width.min(text.len())");
    insta::assert_snapshot!("law", links(&[law, width]));
}

#[test]
fn futures_are_waited_for_on_tokio_where_the_package_has_it() {
    let later = example("no_panic", "later", "later").argument("text", text(), Lend::Ref).awaited();
    let plain = example("no_panic", "plain", "text").argument("text", text(), Lend::Ref).namespace("plain");
    let files = emit(&plan(&[later, plain]), &on_tokio(true, true));
    insta::assert_snapshot!("tokio", text_of(&files, "generated/links.rs"));
    assert!(!text_of(&files, "generated/plain.rs").contains("tokio"), "nothing is awaited there");
}

fn on_tokio(has_locks: bool, has_paused_time: bool) -> Wiring {
    let tokio = Tokio { name: "tokio".to_owned(), has_locks, has_paused_time };
    Wiring { tokio: Some(tokio), ..beside("app", false) }
}

#[test]
fn a_call_is_dropped_on_one_tokio_a_case_with_what_that_tokio_has() {
    let transfer = || {
        let transfer = example("cancel_safe", "kept", "Bank::transfer").says("No money is lost").awaited();
        let transfer = transfer.value(
            "turns",
            Recipe::Value(syn::parse_str("app::Bank::start().await").expect("an expression")),
        );
        let transfer = transfer.argument("bank", plans::account(), Lend::RefMut);
        transfer.expression("invariant", "bank.total().await == turns")
    };
    let [all, none] = [true, false].map(|has| {
        let files = emit(&plan(&[transfer()]), &on_tokio(has, has));
        text_of(&files, "generated/links.rs")
    });
    insta::assert_snapshot!("cancel_safe", all);
    assert!(!none.contains("start_paused") && !none.contains("fn scarce"), "{none}");
    let awaits = transfer().call("bank.ready().await");
    assert!(links(&[awaits]).contains("turns_.begin(async { bank.ready().await })"), "all of it is dropped");
}

#[test]
fn a_function_that_is_passed_is_a_closure_at_the_call() {
    insta::assert_snapshot!("functions", links(&plans::functions()));
}

#[test]
fn a_no_panic_reads_like_its_declaration() {
    let total = example("no_panic", "parse_total", "link::parse")
        .says("Nothing a visitor types makes the parser panic")
        .argument("text", like(&["https://example.org"]), Lend::Ref);
    let account = example("no_panic", "rename_total", "Account::rename")
        .says("Any account takes any name")
        .argument("this", plans::account(), Lend::RefMut)
        .argument("name", text(), Lend::Ref);
    let gone = example("no_panic", "render_total", "link::rendr")
        .says("Nothing makes rendering panic")
        .target(Target::Missing { nearest: vec!["app::link::render".into()] });
    insta::assert_snapshot!("no_panic", links(&[total, account, gone]));
}

#[test]
fn a_round_trip_reads_like_its_declaration() {
    let plain = example("round_trip", "field_comes_back", "quote")
        .argument("field", text(), Lend::Ref)
        .path("inverse", function("app::unquote", &[Lend::Ref], Returns::Option));
    let refusing = example("round_trip", "frame_comes_back", "frame")
        .argument("payload", plans::bytes(), Lend::Move)
        .returns(Returns::Result)
        .path("inverse", function("app::unframe", &[Lend::Ref], Returns::Result));
    insta::assert_snapshot!("round_trip", links(&[plain, refusing]));
}

#[test]
fn kinds_about_secrets_read_like_their_declarations() {
    let quiet = example("redacted", "quiet", "sign_in_log")
        .argument("answer", like(&[r#"{"ok":true,"token":"{secret}"}"#]), Lend::Ref)
        .argument("password", text(), Lend::Ref)
        .key("secret", words(&["password"]))
        .returns(Returns::Result);
    let signed = example("unforgeable", "only_signed", "accept")
        .value("secret", Recipe::Value(syn::parse_quote!(String::from("whsec_MfKQ9r8G"))))
        .value("id", text())
        .value("body", plans::bytes())
        .expression("seal", "crate::sign(&secret, &id, &body).unwrap()")
        .expression("open", "crate::accept(&secret, crate::Notice { id, signature: seal, body }) == Ok(true)")
        .without_call();
    let opened = example("unforgeable", "whole_tag", "open")
        .argument("key", text(), Lend::Ref)
        .argument("text", text(), Lend::Ref)
        .argument("tag", plans::bytes(), Lend::Ref)
        .returns(Returns::Result)
        .expression("seal", "crate::seal(&key, &text)");
    insta::assert_snapshot!("secrets", links(&[quiet, signed, opened]));
}

#[test]
fn an_idempotent_reads_like_its_declaration() {
    let once = example("idempotent", "clean_once", "clean").argument("name", text(), Lend::Ref);
    let of_two = example("idempotent", "scaled_once", "scale")
        .argument("image", plans::bytes(), Lend::Move)
        .argument("palette", plans::bytes(), Lend::Move)
        .returns(Returns::Result)
        .key("arg", KeyValue::Text(at("image".into())));
    insta::assert_snapshot!("idempotent", links(&[once, of_two]));
}

#[test]
fn kinds_that_compare_calls_read_like_their_declarations() {
    let accepted = example("accepts", "taken", "port").argument("text", like(&["80", "443"]), Lend::Ref);
    let same = example("deterministic", "same", "tags").argument("post", text(), Lend::Ref);
    let changed = example("deterministic", "same_state", "Account::rename")
        .argument("this", plans::account(), Lend::RefMut)
        .argument("name", text(), Lend::Ref)
        .returns(Returns::Unit)
        .key("across", words(&["threads"]));
    let own = example("injective", "own_entry", "cache_key")
        .argument("user", text(), Lend::Ref)
        .argument("question", text(), Lend::Move)
        .when("!user.is_empty()");
    let streamed = example("prefix_stable", "in_pieces", "parse")
        .argument("bytes", plans::bytes(), Lend::Ref)
        .returns(Returns::Result)
        .expression("streamed", "support::parse(&pieces)");
    let sum = example("algebra", "sums", "add")
        .argument("left", Recipe::Integer { ty: "u32", range: None }, Lend::Move)
        .argument("right", Recipe::Integer { ty: "u32", range: None }, Lend::Move)
        .returns(Returns::Option)
        .key("laws", words(&["associative", "identity"]))
        .expression("identity", "0");
    let files = emit(&plan(&[accepted, same, changed, own, streamed, sum]), &beside("app", true));
    insta::assert_snapshot!("comparing", text_of(&files, "generated/links.rs"));
}

#[test]
fn kinds_that_measure_read_like_their_declarations() {
    let bytes = |text| KeyValue::AtMost(at(AtMost::parse(text, Dimension::Bytes).expect("a bound")));
    let memory = example("bounded_memory", "small", "read")
        .argument("body", plans::bytes(), Lend::Ref)
        .argument("strict", Recipe::Bool, Lend::Move)
        .key("at_most", bytes("64 * size + 64 KiB"))
        .key("size", KeyValue::Size(at(Size::parse("4 MiB").expect("a size"))));
    let stack = example("bounded_stack", "shallow", "parse")
        .argument("text", like(&["[[1]]"]), Lend::Ref)
        .returns(Returns::Result);
    let files = emit(&plan(&[memory, stack]), &beside("app", false));
    insta::assert_snapshot!("measured", text_of(&files, "generated/links.rs"));
    assert!(text_of(&files, "generated/mod.rs").contains("#[global_allocator]"));
}

#[test]
fn an_equivalent_reads_like_its_declaration() {
    let exact = example("equivalent", "exact_or_refused", "scale_amount")
        .argument("bits", Recipe::Integer { ty: "u32", range: Some((int(0), int(200))) }, Lend::Move)
        .returns(Returns::Result)
        .path("reference", function("support::scale", &[Lend::Move], Returns::Result));
    let owned = example("equivalent", "same_text", "fast")
        .argument("text", text(), Lend::Move)
        .path("reference", function("app::plain", &[Lend::Move], Returns::Plain));
    let files = emit(&plan(&[exact, owned]), &beside("app", true));
    insta::assert_snapshot!("equivalent", text_of(&files, "generated/links.rs"));
}

#[test]
fn a_forbids_reads_like_its_declaration() {
    let pure = example("forbids", "core_is_pure", "core")
        .target(Target::Module(vec!["core".into()]))
        .key("calls", words(&["unwrap", "std::process::exit"]))
        .key("macros", words(&["println"]))
        .key("except", words(&["crate::core::io"]));
    insta::assert_snapshot!("forbids", links(&[pure]));
}

#[test]
fn the_samples_of_an_input_stand_once_in_a_file() {
    let one = |name: &str, samples: &[&str], namespace: &str, input: &str| {
        example("no_panic", name, "text")
            .argument("a", like(samples), Lend::Ref)
            .by_input("a", namespace, input)
    };
    let title = &["A title that is long enough for a line of its own", "An Übergröße"];
    let bytes = Recipe::Option(Box::new(Recipe::Bytes { like: vec![vec![0xff, b'a']], only: true }));
    let raw =
        example("no_panic", "raw", "text").argument("a", bytes, Lend::Move).by_input("a", "links", "title");
    let text = links(&[one("first", title, "links", "title"), one("second", title, "links", "title"), raw]);
    insta::assert_snapshot!("inputs", text);
    // What would stand under one name for two things stands with each test.
    let same = links(&[one("a", &["1"], "pages.new", "x"), one("b", &["2"], "links", "pages_new__x")]);
    assert!(
        !same.contains("\nconst ") && same.contains("like(&[\"1\"])") && same.contains("like(&[\"2\"])"),
        "{same}"
    );
}

#[test]
fn a_long_call_gets_a_name_unless_it_lends_to_be_changed() {
    let path = "app::a::module::with::a::very::long::path::that::goes::on_and_on_until_the_line_is_full";
    let called = |lend: Lend| {
        let function = function(path, &[], Returns::Plain);
        let target = example("law", "long", "x").target(Target::Function(function));
        links(&[target.argument("call", text(), lend).expression("then", "result > 0")])
    };
    let named = called(Lend::Ref);
    assert!(named.contains(&format!("let call_ = || {path}(\n")), "{named}");
    assert!(named.contains("let result = case.call(call_)?;"), "{named}");
    let lent = called(Lend::RefMut);
    assert!(!lent.contains("call_") && lent.contains("&mut call"), "{lent}");
}

#[test]
fn the_root_lists_namespaces_and_the_roll_lists_tests() {
    let one = |namespace: &str, name: &str| {
        example("no_panic", name, "text").argument("a", text(), Lend::Ref).namespace(namespace)
    };
    let files = emit(
        &plan(&[one("main", "b"), one("api.v2", "total"), one("main", "a"), one("main.x", "a")]),
        &beside("app", true),
    );
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "generated/api/v2.rs",
            "generated/main.rs",
            "generated/main/x.rs",
            "generated/mod.rs",
            "generated/manifest.toml"
        ]
    );
    insta::assert_snapshot!("root", text_of(&files, "generated/mod.rs"));
    insta::assert_snapshot!("roll", text_of(&files, "generated/manifest.toml"));
}

#[test]
fn every_file_says_first_what_made_it() {
    for file in emit(&plan(&plans::all()), &beside("app", true)) {
        let first = if file.path == "generated/manifest.toml" { FIRST_LINE_TOML } else { FIRST_LINE };
        assert_eq!(file.text.lines().next(), Some(first), "{}", file.path);
        assert!(file.text.ends_with('\n') && !file.text.ends_with("\n\n"), "{}", file.path);
    }
}

#[test]
fn an_empty_plan_gives_a_root_without_tests_and_an_empty_roll() {
    let files = emit(&plan(&[]), &beside("app", false));
    assert_eq!(files.len(), 2);
    insta::assert_snapshot!("empty_root", text_of(&files, "generated/mod.rs"));
    insta::assert_snapshot!(text_of(&files, "generated/manifest.toml"), @"
    # @generated by cargo constraints; edits are lost
    format = 1
    test = []
    ");
}

#[test]
fn sentences_of_any_sort_stay_in_their_comment() {
    let said = example("no_panic", "a", "text")
        .argument("a", text(), Lend::Ref)
        .says("first\n#[test] fn second() {} */ \u{202e}third\r\u{2028}\"fourth\\");
    let text = links(&[said]);
    assert!(text.contains("/// first #[test] fn second() {} */ third \"fourth\\\n"), "{text}");
    assert_eq!(text.matches("\n#[test]\n").count(), 1, "{text}");
}

fn int(value: u32) -> syn::Expr {
    syn::parse_str(&value.to_string()).expect("a number")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_declarations_changes_no_byte(keys in prop::collection::vec(any::<u32>(), plans::all().len())) {
        let mut shuffled: Vec<(u32, Example)> = keys.into_iter().zip(plans::all()).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let shuffled: Vec<Example> = shuffled.into_iter().map(|(_, example)| example).collect();
        prop_assert_eq!(emit(&plan(&shuffled), &beside("app", true)), emit(&plan(&plans::all()), &beside("app", true)));
    }

    #[test]
    fn any_texts_give_files_that_parse(says in any::<String>(), name in "[a-z_][a-z0-9_]{0,8}", namespace in "[a-z]{1,6}(\\.[a-z]{1,3})?", samples in prop::collection::vec(any::<String>(), 0..3), library in "[a-z]{1,5}") {
        let one = example("no_panic", &name, "text")
            .namespace(&namespace)
            .says(&says)
            .argument("a", Recipe::Text { like: samples.clone(), only: false }, Lend::Ref);
        for file in emit(&plan(&[one]), &beside(&library, true)) {
            if file.path == "generated/manifest.toml" {
                prop_assert!(toml::from_str::<constraints_wire::Roll>(&file.text).is_ok(), "{}", file.text);
            } else {
                prop_assert!(syn::parse_file(&file.text).is_ok(), "{}", file.text);
            }
        }
    }
}

#[test]
fn how_far_a_search_goes_is_said_before_its_oracle() {
    let declared = r#"
        constraint.a = { says = "A", kind = "no_panic", target = "crate::a", cases = 5_000, budget = "2.5 s" }
        constraint.b = { says = "B", kind = "no_panic", target = "crate::a" }
    "#;
    let files = super::from_texts(declared, "pub fn a(text: &str) {}", "app");
    let text = text_of(&files, "generated/main.rs");
    insta::assert_snapshot!(text.split_once("#[test]").expect("a test").1);
}
