//! The oracles against subjects that are known to be good or bad, each in the test it would have.

#![expect(clippy::disallowed_methods, reason = "a test runs in two processes, and some subjects end theirs")]

use std::panic::catch_unwind;

use constraints_runtime::v1 as rt;

/// What a red test says; a green one is an error.
fn red(test: impl FnOnce() + std::panic::UnwindSafe) -> String {
    // In the process that runs the cases, there is no verdict yet.
    if std::env::var_os("CONSTRAINTS_JOB").is_some() {
        test();
        return String::new();
    }
    let panic = catch_unwind(test).expect_err("the test is red");
    panic.downcast_ref::<String>().cloned().unwrap_or_default()
}

fn says(message: &str, parts: &[&str]) {
    if std::env::var_os("CONSTRAINTS_JOB").is_none() {
        for part in parts {
            assert!(message.contains(part), "{part:?} is not in\n{message}");
        }
    }
}

fn cut(text: &str) -> usize {
    if text.starts_with('\\') { text[1..2].len() } else { 0 }
}

#[test]
fn a_total_function_is_green() {
    rt::no_panic("a_total_function_is_green", |case| {
        let text = case.draw("text", rt::text())?;
        case.call(|| text.len())?;
        Ok(())
    });
}

#[test]
fn a_panic_is_red_with_its_smallest_input() {
    let message = red(|| {
        rt::no_panic("a_panic_is_red_with_its_smallest_input", |case| {
            let text = case.draw("text", rt::text().like(&["\\n and \\t"]))?;
            case.call(|| cut(&text))?;
            Ok(())
        });
    });
    says(&message, &["is red", "text = \"\\\\", "panicked", "judged.rs"]);
}

#[test]
fn a_false_law_is_red() {
    let message = red(|| {
        rt::law("a_false_law_is_red", |case| {
            let number = case.draw("number", rt::integer::<u32>())?;
            case.when(number % 2 == 0)?;
            let result = case.call(|| number / 2)?;
            case.see("result", || rt::shown!(result));
            case.then("result < 1000", result < 1000)?;
            Ok(())
        });
    });
    says(&message, &["number = 2000", "expected: result < 1000", "result = 1000"]);
}

#[test]
fn an_exit_is_red() {
    let message = red(|| {
        rt::no_panic("an_exit_is_red", |case| {
            let bytes = case.draw("bytes", rt::bytes().like(&[b"abc"]))?;
            case.call(|| {
                if bytes.contains(&0) {
                    std::process::exit(0)
                }
            })?;
            Ok(())
        });
    });
    says(&message, &["bytes = b\"\\x00\"", "exited with code 0"]);
}

#[expect(
    unconditional_recursion,
    clippy::only_used_in_recursion,
    reason = "the subject overflows its stack on purpose"
)]
fn deep(n: u64) -> u64 {
    std::hint::black_box(deep(n + 1) + 1)
}

#[test]
fn a_stack_overflow_is_red() {
    let message = red(|| {
        rt::no_panic("a_stack_overflow_is_red", |case| {
            let number = case.draw("number", rt::integer::<u8>())?;
            case.call(|| if number > 100 { deep(0) } else { 0 })?;
            Ok(())
        });
    });
    says(&message, &["number = 101", "the stack overflowed"]);
}

#[test]
fn an_abort_is_red() {
    let message = red(|| {
        rt::no_panic("an_abort_is_red", |case| {
            let list = case.draw("list", rt::vec(rt::integer::<i16>()))?;
            case.call(|| {
                if list.iter().any(|n| *n < -1000) {
                    std::process::abort()
                }
            })?;
            Ok(())
        });
    });
    says(&message, &["list = vec![-1001]", "signal 6"]);
}

#[test]
fn a_hang_is_red() {
    let message = red(|| {
        rt::no_panic("a_hang_is_red", |case| {
            let text = case.draw("text", rt::text().like(&["a=1"]))?;
            case.call(|| {
                while text.contains('%') {
                    std::hint::black_box(&text);
                }
            })?;
            Ok(())
        });
    });
    says(&message, &["text = \"%\"", "no answer"]);
}

#[test]
fn work_that_grows_with_a_number_is_slow_and_not_stuck() {
    rt::no_panic("work_that_grows_with_a_number_is_slow_and_not_stuck", |case| {
        let text = case.draw("text", rt::text().like(&["cost=5;"]))?;
        case.call(|| {
            let cost =
                text.strip_prefix("cost=").and_then(|rest| rest.split(';').next()?.parse::<u32>().ok());
            if let Some(cost @ ..=31) = cost {
                let until = std::time::Instant::now() + std::time::Duration::from_micros(20 << cost.min(24));
                while std::time::Instant::now() < until {}
            }
        })?;
        Ok(())
    });
}

#[test]
fn a_precondition_that_is_never_true_is_undecided() {
    let message = red(|| {
        rt::law("a_precondition_that_is_never_true_is_undecided", |case| {
            let number = case.draw("number", rt::integer::<u64>())?;
            case.when(number == 123_456_789_123)?;
            case.then("true", true)
        });
    });
    says(&message, &["undecided", "got past `when`"]);
}

#[test]
fn values_of_every_sort_are_made_and_shown() {
    #[derive(Debug)]
    struct Account {
        name: String,
        pin: [u8; 4],
        flags: (bool, Option<char>),
    }
    let message = red(|| {
        rt::law("values_of_every_sort_are_made_and_shown", |case| {
            let account = case.draw(
                "account",
                rt::made("Account", |fields| {
                    Ok(Account {
                        name: fields.draw("name", rt::text())?,
                        pin: fields.draw("pin", rt::array::<4, _>(rt::integer::<u8>()))?,
                        flags: fields
                            .draw("flags", rt::tuple((rt::boolean(), rt::option(rt::character()))))?,
                    })
                }),
            )?;
            let word = case.draw("word", rt::matching("[a-c]{2,4}"))?;
            let twin = case.draw("twin", rt::near(&word, rt::matching("[a-c]{2,4}")))?;
            let _ = twin;
            case.then("no pin", account.pin == [0; 4] || account.name.is_empty() || !account.flags.0)?;
            Ok(())
        });
    });
    says(
        &message,
        &["account = Account { name: \"", "pin: [0, 0, 0, 1]", "flags: (true, None)", "word = \"aa\""],
    );
}
