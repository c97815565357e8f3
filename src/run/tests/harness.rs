//! What is made of the harness's output.

use crate::run::Ending;
use crate::run::libtest::Said;

fn check(output: &str, test: &str, of: usize) -> Option<Ending> {
    Said::read(output).ending(test, of)
}

#[test]
fn a_line_of_its_own_says_how_a_test_ended() {
    let output =
        "running 3 tests\ntest a::my_test ... ok\ntest a::b ... ignored, slow\ntest a::c ... FAILED\n";
    assert_eq!(check(output, "a::my_test", 3), Some(Ending::Passed));
    assert_eq!(check(output, "a::b", 3), Some(Ending::Skipped));
    assert_eq!(check(output, "a::c", 3), Some(Ending::Failed(String::new())));
    assert_eq!(check(output, "a::d", 3), None);
}

#[test]
fn text_in_front_of_the_line_does_not_hide_it() {
    assert_eq!(check("printed by the testtest a::b ... ok\n", "a::b", 1), Some(Ending::Passed));
}

#[test]
fn a_line_that_was_broken_counts_only_when_all_passed() {
    let broken = "test a::b ... printed\nok\n";
    assert_eq!(check(broken, "a::b", 1), None);
    let all = format!("{broken}test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 4 filtered out\n");
    assert_eq!(check(&all, "a::b", 1), Some(Ending::Passed));
    assert_eq!(check(&all, "a::b", 2), None, "one of them did not pass");
}

#[test]
fn a_test_that_should_panic_says_nothing() {
    assert_eq!(check("test a::b - should panic ... ok\n", "a::b", 1), Some(Ending::Skipped));
}

#[test]
fn of_two_lines_the_worse_counts() {
    let output = "test a::b ... ok\ntest a::b ... FAILED\ntest a::b ... ok\n";
    assert_eq!(check(output, "a::b", 1), Some(Ending::Failed(String::new())));
}

#[test]
fn a_failed_test_is_quoted() {
    let output = "\
test a::b ... FAILED

failures:

---- a::b stdout ----

thread 'a::b' panicked at generated/a.rs:3:5:
no temporary folder
stack backtrace:
   0: __rustc::rust_begin_unwind
note: Some details are omitted


failures:
    a::b
";
    let said = "thread 'a::b' panicked at generated/a.rs:3:5:\nno temporary folder".to_owned();
    assert_eq!(check(output, "a::b", 1), Some(Ending::Failed(said)));
}
