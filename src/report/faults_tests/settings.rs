//! Faults of settings, and of the keys of a constraint that say the same.

use super::{FORBIDS, LAW, NO_PANIC, check_lines, human};
use crate::model::{Faults, Sources, read, settings};

/// Settings in, faults out; there is the input `links.link`.
fn check(text: &str) -> String {
    let mut sources = Sources::default();
    let links = sources.add("constraints/links.toml", "input.link = { like = \"a\" }\n");
    let file = sources.add("constraints/settings.toml", text);
    let kinds = [&NO_PANIC, &LAW, &FORBIDS];
    let (model, faults) = read(&sources, &[("links".to_owned(), links)], &kinds);
    assert!(faults.is_empty());
    let (_, faults) = settings(&sources, file, &kinds, &model);
    human(&Faults::sorted(faults), &sources, false)
}

#[test]
fn settings_in_order_are_no_fault() {
    let text = r#"
cases = 20_000
budget = "2 s"

[area.security]
budget = "1 min"

[kind.no_panic]
cases = 0x1000

[runner]
threads = 1
patience = "3 min"

[env]
LANG = "C"
LINK = { input = "links.link", unset = true }
"#;
    assert_eq!(check(text), "");
    assert_eq!(check(""), "");
}

#[test]
fn keys_that_nothing_reads_are_refused_with_the_nearest() {
    insta::assert_snapshot!(check(
        "case = 200\n\n[area.secure]\ncases = 200\n\n[kind.no_panik]\n\n[runner]\nthread = 2\n"
    ));
}

#[test]
fn settings_of_the_wrong_type_say_what_they_take() {
    insta::assert_snapshot!(check(
        "cases = \"many\"\nbudget = true\narea = 1\nkind.law = 3\nrunner = []\nenv.A = 7\n"
    ));
}

#[test]
fn settings_that_say_nothing_sensible_are_refused() {
    insta::assert_snapshot!(check(
        "cases = 99\nbudget = \"0 s\"\n\n[runner]\nthreads = 0\npatience = \"90000 s\"\n\n[env]\nA = { input = \"lnk\" }\nCONSTRAINTS_SEED = \"1\"\n"
    ));
}

#[test]
fn a_file_of_settings_that_is_no_toml_is_shown_at_its_place() {
    insta::assert_snapshot!(check("cases = \n"));
}

#[test]
fn a_constraint_says_how_far_its_own_search_goes() {
    assert_eq!(check_lines("cases = 5_000\nbudget = \"30 s\""), "");
    insta::assert_snapshot!(check_lines("cases = 3\nbudget = \"2 days\""));
}
