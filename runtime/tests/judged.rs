//! The oracles against subjects that are known to be good or bad, each in the test it would have.

#![expect(clippy::disallowed_methods, reason = "a test runs in two processes, and some subjects end theirs")]

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::sleep;
use std::time::{Duration, Instant};

use constraints_runtime::v1 as rt;

use self::support::{red, says};

mod support;

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

/// Cuts at a fixed place, and takes long over whatever is well-formed.
fn salt(hash: &str) -> usize {
    if hash.len() != 60 {
        return 0;
    }
    if hash.is_ascii() {
        sleep(Duration::from_millis(400));
    }
    hash[..29].len()
}

#[test]
fn a_fixed_place_inside_of_a_character_is_found_where_chance_has_no_time() {
    let message = red(|| {
        rt::no_panic("a_fixed_place_inside_of_a_character_is_found_where_chance_has_no_time", |case| {
            let hash = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
            let hash = case.draw("hash", rt::text().like(&[hash]))?;
            case.call(|| salt(&hash))?;
            Ok(())
        });
    });
    says(&message, &["is red", "panicked", "29 is not a char boundary"]);
}

#[test]
fn what_is_made_in_the_temporary_folder_can_be_moved_into_the_one_that_may_be_used() {
    rt::confined("what_is_made_in_the_temporary_folder_can_be_moved_into_the_one_that_may_be_used", |case| {
        let text = case.draw("text", rt::text())?;
        let folder = case.folder("folder")?;
        case.shut(&[])?;
        case.call(|| {
            let made = std::env::temp_dir().join(format!("judged-{}", std::process::id()));
            std::fs::write(&made, &text).expect("written");
            std::fs::rename(&made, folder.join("moved")).expect("moved");
        })?;
        case.kept_within()
    });
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

#[test]
fn a_verdict_that_the_code_under_test_wrote_is_none() {
    let message = red(|| {
        rt::no_panic("a_verdict_that_the_code_under_test_wrote_is_none", |case| {
            let text = case.draw("text", rt::text())?;
            case.call(|| {
                // What the environment held at the start cannot be taken back.
                let environment = std::fs::read_to_string("/proc/self/environ").unwrap_or_default();
                let folder = environment.split('\0').find_map(|pair| pair.strip_prefix("CONSTRAINTS_JOB="));
                if let (Some(folder), true) = (folder, text.contains('x')) {
                    let said = r#"{"tally":{"executed":999,"accepted":999,"rejected":0,"slow":0}}"#;
                    let forged = format!(r#"{{"ticket":0,"said":{said}}}"#);
                    let _ = std::fs::write(format!("{folder}/verdict"), forged);
                    let _ = std::fs::read_to_string(format!("{folder}/job")).map(|job| panic!("{job}"));
                }
                if text.contains('x') {
                    std::process::exit(86);
                }
            })?;
            Ok(())
        });
    });
    says(&message, &["text = \"x\"", "exited with code 86"]);
}

#[test]
fn code_under_test_cannot_tell_from_variables_that_it_is_tested() {
    rt::law("code_under_test_cannot_tell_from_variables_that_it_is_tested", |case| {
        let number = case.draw("number", rt::integer::<u8>())?;
        let known = |name: &str| name.starts_with("CONSTRAINTS_") || name.starts_with("PROPTEST_");
        let seen = case.call(|| std::env::vars_os().any(|(name, _)| known(&name.to_string_lossy())))?;
        case.then("nothing of it is seen", !seen || u32::from(number) > 255)
    });
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

/// As deep as brackets are open at a time.
fn nested(rest: &[u8]) -> usize {
    let room = std::hint::black_box([0_u8; 256]);
    match rest.split_first() {
        Some((b'(', rest)) => nested(rest) + usize::from(room[0]),
        _ => 0,
    }
}

#[test]
fn a_witness_of_an_amount_says_how_much_it_was_before_it_was_made_small() {
    let name = "a_witness_of_an_amount_says_how_much_it_was_before_it_was_made_small";
    let message = red(|| {
        rt::bounded_stack(name, rt::limits().at_most("64 KiB"), |case| {
            let text = case.draw("text", rt::text().like(&["((a))"]))?;
            case.grows("text", rt::length_of!(text))?;
            case.call(|| nested(text.as_bytes()))?;
            Ok(())
        });
    });
    says(&message, &["at first", "64 KiB"]);
}

/// Takes time in proportion to the square of a length, and no step that is counted.
fn squared(length: usize) {
    (0..length * length / 256).for_each(|step| _ = std::hint::black_box(step));
}

#[test]
fn growth_that_only_clocks_see_is_red() {
    let message = red(|| {
        let limits = rt::limits().at_most("n").size("64 KiB");
        rt::bounded_time("growth_that_only_clocks_see_is_red", limits, |case| {
            let text = case.draw("text", rt::text().like(&["a b"]))?;
            case.grows("text", rt::length_of!(text))?;
            case.call(|| squared(text.len()))?;
            Ok(())
        });
    });
    says(&message, &["is red", "by two clocks, twice", "about n^"]);
}

#[test]
fn growth_that_could_not_be_confirmed_in_time_is_neither_red_nor_green() {
    let name = "growth_that_could_not_be_confirmed_in_time_is_neither_red_nor_green";
    let message = red(|| {
        rt::budget(5.0);
        rt::bounded_time(name, rt::limits().at_most("n").size("64 KiB"), |case| {
            let text = case.draw("text", rt::text().like(&["a b"]))?;
            case.grows("text", rt::length_of!(text))?;
            // The lengths of the second ladder, none of which comes before it.
            let is_second = (0..5).any(|step| text.len().abs_diff((48 << 10) >> step) < 16);
            case.call(|| {
                squared(text.len());
                if is_second {
                    sleep(Duration::from_millis(1_200));
                }
            })?;
            Ok(())
        });
    });
    says(&message, &["undecided", "the time was over before that was confirmed", "where n^1.0 is allowed"]);
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
fn a_hang_next_to_cases_that_only_waited_is_red() {
    static WAITED: AtomicBool = AtomicBool::new(false);
    let message = red(|| {
        rt::no_panic("a_hang_next_to_cases_that_only_waited_is_red", |case| {
            let text = case.draw("text", rt::text().like(&["a=1"]))?;
            case.call(|| {
                // As on a machine with too much to do.
                if !WAITED.swap(true, Relaxed) {
                    sleep(Duration::from_millis(200));
                }
                while text.contains('%') {
                    std::hint::black_box(&text);
                }
            })?;
            Ok(())
        });
    });
    says(&message, &["text = \"%\"", "no answer"]);
}

/// Asked for the first time it makes something, for three seconds.
fn made_once() -> usize {
    static MADE: OnceLock<usize> = OnceLock::new();
    *MADE.get_or_init(|| {
        let started = Instant::now();
        std::iter::repeat_with(|| started.elapsed())
            .take_while(|elapsed| *elapsed < Duration::from_secs(3))
            .count()
    })
}

/// The arguments of a program that sends a mail, if it is one address.
fn arguments(address: &str, mark: Option<&str>) -> Option<Vec<String>> {
    let (name, host) = address.split_once('@')?;
    let is_word = |text: &str| {
        !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-.".contains(letter))
    };
    let marks = mark.map(str::to_string);
    let all = ["-i".to_string()].into_iter().chain(marks).chain([address.to_string()]);
    (is_word(name) && is_word(host) && host.contains('.')).then(|| all.collect())
}

/// What a generated test says of them.
fn address_stays_one(
    case: &mut rt::Case<'_>,
    send: impl Fn(&str) -> Option<Vec<String>>,
) -> Result<(), rt::Stop> {
    case.against("argv")?;
    let to = case.draw("to", rt::text().like(&["a.name@example.org"]))?;
    case.hostile(rt::written!(to))?;
    let result = case.attempt(|| send(&to))?;
    let result = case.accepted(result)?;
    case.harmlessly(&["to"])?;
    let plain_to = case.draw("plain_to", rt::text().like(&["a.name@example.org"]))?;
    case.instead(rt::written!(plain_to))?;
    let plain = case.attempt(|| send(&plain_to))?;
    let plain = case.accepted(plain)?;
    case.same_structure(rt::written!(result), rt::written!(plain), &rt::into("argv"))?;
    Ok(())
}

#[test]
fn a_target_that_takes_no_letters_is_compared_with_its_samples() {
    let id = "a_target_that_takes_no_letters_is_compared_with_its_samples";
    let message = red(|| rt::escaped(id, |case| address_stays_one(case, |to| arguments(to, None))));
    says(&message, &["to = \"-"]);
}

#[test]
fn samples_in_place_of_letters_speak_against_nothing_that_is_right() {
    rt::escaped("samples_in_place_of_letters_speak_against_nothing_that_is_right", |case| {
        address_stays_one(case, |to| arguments(to, Some("--")))
    });
}

#[test]
fn what_is_made_once_in_the_first_call_is_no_hang() {
    rt::no_panic("what_is_made_once_in_the_first_call_is_no_hang", |case| {
        let text = case.draw("text", rt::text())?;
        case.call(|| text.len().min(made_once()))?;
        Ok(())
    });
}

#[test]
fn a_hang_next_to_what_is_made_once_is_red() {
    let message = red(|| {
        rt::no_panic("a_hang_next_to_what_is_made_once_is_red", |case| {
            let text = case.draw("text", rt::text().like(&["a%b"]))?;
            case.call(|| {
                made_once();
                while text.contains('%') {
                    std::hint::spin_loop();
                }
            })?;
            Ok(())
        });
    });
    says(&message, &["%", "no answer within 5 s"]);
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
    says(&message, &["undecided", "reached the statement", "because `when` was false"]);
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

#[test]
fn a_value_is_shown_as_it_looks_and_not_as_it_was_made() {
    #[derive(Debug)]
    struct Day(u8);
    struct Silent;
    let message = red(|| {
        rt::law("a_value_is_shown_as_it_looks_and_not_as_it_was_made", |case| {
            let day = case.draw("day", rt::map(rt::integer::<u8>(), "Day(it)", Day))?;
            case.see("day", || rt::shown!(day));
            let silent = case.draw("silent", rt::map(rt::unit(), "Silent", |()| Silent))?;
            case.see("silent", || rt::shown!(silent));
            case.then("day.0 < 7", day.0 < 7)
        });
    });
    assert!(message.contains("Day(7)") && message.contains("Silent where it ="), "{message}");
}

fn seal(key: &str, text: &str) -> String {
    format!("{}{}", key.len(), text.chars().rev().collect::<String>())
}

#[test]
fn rows_are_used_whole_and_then_one_column_is_changed() {
    let message = red(|| {
        rt::law("rows_are_used_whole_and_then_one_column_is_changed", |case| {
            case.must_pass();
            case.sample_row(2);
            let key =
                case.draw("key", rt::near_column(vec!["k".to_string(), "long".to_string()]).or(rt::text()))?;
            let text = case.draw("text", rt::near_column(vec!["abc".to_string(), String::new()]))?;
            let tag = case.draw("tag", rt::near_column(vec!["1cba".to_string(), "4".to_string()]))?;
            let right = case.call(|| seal(&key, &text) == tag)?;
            case.refused(!right)?;
            // Another key of the same length is right as well.
            case.then("only the two keys are right", key == "k" || key == "long")
        });
    });
    says(&message, &["is red", "expected: only the two keys"]);
    assert!(!message.contains("every sample"), "{message}");
}

#[test]
fn a_sample_that_has_to_pass_and_does_not_is_red_and_shown() {
    let message = red(|| {
        rt::no_panic("a_sample_that_has_to_pass_and_does_not_is_red_and_shown", |case| {
            case.must_pass();
            let text = case.draw("text", rt::text().like(&["12", "x7", "9"]))?;
            let result = case.call(|| text.parse::<u8>())?;
            case.passed(!rt::refuses!(result))
        });
    });
    says(&message, &["text = \"x7\"", "every sample gets through", "the target refused"]);
}

#[test]
fn samples_that_have_to_pass_and_do_are_no_hindrance() {
    rt::no_panic("samples_that_have_to_pass_and_do_are_no_hindrance", |case| {
        case.must_pass();
        let text = case.draw("text", rt::text().like(&["12", "7"]))?;
        let some = case.draw("some", rt::option(rt::text().like(&["1"])))?;
        let big = case.draw("big", rt::integer::<u64>())?;
        let result = case.call(|| text.parse::<u8>().ok().filter(|_| big > 100 && some.is_some()))?;
        case.passed(!rt::refuses!(result))
    });
}

#[test]
fn a_panic_may_be_a_refusal() {
    let message = red(|| {
        rt::law("a_panic_may_be_a_refusal", |case| {
            let number = case.draw("number", rt::integer::<u32>())?;
            let result = case.attempt(|| {
                assert!(number % 2 == 0, "odd");
                number / 2
            })?;
            case.then("result < 1000", result < 1000)
        });
    });
    says(&message, &["number = 2000", "result < 1000"]);
}

#[test]
fn what_a_panic_leaves_behind_is_judged() {
    let message = red(|| {
        rt::law("what_a_panic_leaves_behind_is_judged", |case| {
            let mut list = case.draw("list", rt::bytes())?;
            case.tolerate(|| {
                list.push(0);
                assert!(list.len() < 4, "full");
            })?;
            case.then("never more than three", list.len() < 4)
        });
    });
    says(&message, &["list = b\"\\x00\\x00\\x00\"", "expected: never more than three"]);
}

#[test]
fn a_target_that_always_panics_is_undecided_and_not_green() {
    let message = red(|| {
        rt::law("a_target_that_always_panics_is_undecided_and_not_green", |case| {
            let number = case.draw("number", rt::integer::<u32>())?;
            let result =
                case.attempt(|| if std::hint::black_box(true) { panic!("never") } else { number })?;
            case.then("result == number", result == number)
        });
    });
    says(&message, &["undecided", "the target refused by a panic"]);
}

/// Reads a variable once, as many programs do.
fn mode() -> Option<String> {
    static MODE: std::sync::OnceLock<Option<String>> = std::sync::OnceLock::new();
    MODE.get_or_init(|| std::env::var("JUDGED_MODE").ok()).clone()
}

#[test]
fn every_value_of_a_variable_has_a_process_of_its_own() {
    rt::law("every_value_of_a_variable_has_a_process_of_its_own", |case| {
        let modes = ["slow", "fast", "faster"].map(String::from).to_vec();
        case.env("JUDGED_MODE", rt::option(rt::one_of(modes)))?;
        let number = case.draw("number", rt::integer::<u8>())?;
        let result = case.call(mode)?;
        let same = result == std::env::var("JUDGED_MODE").ok();
        case.then("what was read once is what is set", same || u32::from(number) > 300)
    });
}

#[test]
fn a_variable_that_breaks_the_code_is_found_and_replayed() {
    let message = red(|| {
        rt::no_panic("a_variable_that_breaks_the_code_is_found_and_replayed", |case| {
            case.env("JUDGED_LEVEL", rt::text().like(&["12", "7"]))?;
            case.env("JUDGED_NEVER", rt::unset())?;
            let number = case.draw("number", rt::integer::<u8>())?;
            case.call(|| {
                let level = std::env::var("JUDGED_LEVEL").unwrap_or_default();
                assert!(!level.contains(|letter: char| !letter.is_ascii_digit()), "no level {number}");
            })?;
            Ok(())
        });
    });
    says(
        &message,
        &["env.JUDGED_LEVEL = \"", "env.JUDGED_NEVER = not set", "number = 0", "panicked: no level 0"],
    );
}

#[test]
fn code_that_changes_its_variables_is_started_anew_for_each_case() {
    rt::law("code_that_changes_its_variables_is_started_anew_for_each_case", |case| {
        case.env("JUDGED_ONCE", rt::value("first", || "first"))?;
        let number = case.draw("number", rt::integer::<u8>())?;
        let seen = case.call(|| {
            let seen = std::env::var("JUDGED_ONCE").ok();
            if number % 128 == 0 {
                // SAFETY: nothing else runs in this process.
                unsafe { std::env::set_var("JUDGED_ONCE", "second") };
            }
            seen
        })?;
        case.then("first", seen.as_deref() == Some("first"))
    });
}

/// How many rows the head of a sheet says there are.
fn rows(sheet: &str) -> u32 {
    let said = sheet.strip_prefix("rows=").and_then(|rest| rest.split(' ').next());
    said.and_then(|said| said.parse().ok()).unwrap_or(0)
}

#[test]
fn a_call_that_believes_a_huge_number_does_not_come_back() {
    let message = red(|| {
        rt::cases(700);
        rt::terminates("a_call_that_believes_a_huge_number_does_not_come_back", TICK, |case| {
            let sheet = case.draw("sheet", rt::text().like(&["rows=3 a;b;c"]))?;
            // No row is the last one where one more than their number is none at all.
            case.tolerate(|| while rows(&sheet) == u32::MAX {})?;
            Ok(())
        });
    });
    says(&message, &["is red", "rows=4294967295", "no answer after 0.3 s of processor time"]);
}

#[test]
fn a_call_that_takes_twice_as_long_for_each_bracket_does_not_come_back() {
    let message = red(|| {
        rt::cases(700);
        rt::terminates("a_call_that_takes_twice_as_long_for_each_bracket_does_not_come_back", TICK, |case| {
            let list = case.draw("list", rt::text().like(&["of(x)"]))?;
            let depth = list.bytes().filter(|byte| *byte == b'(').count();
            case.tolerate(|| (0..1_u64 << depth.min(60)).for_each(|step| _ = std::hint::black_box(step)))?;
            Ok(())
        });
    });
    says(&message, &["is red", " × ", "no answer after 0.3 s of processor time"]);
}

#[test]
fn a_call_whose_work_merely_grows_comes_back() {
    rt::cases(700);
    let limit = Duration::from_secs(5);
    rt::terminates("a_call_whose_work_merely_grows_comes_back", limit, |case| {
        let sheet = case.draw("sheet", rt::text().like(&["rows=3 (a;b;c)"]))?;
        let length = sheet.len().min(2_048);
        case.tolerate(|| (0..length * length).for_each(|step| _ = std::hint::black_box(step)))?;
        case.tolerate(|| (0..rows(&sheet).min(1 << 16)).for_each(|row| _ = std::hint::black_box(row)))?;
        Ok(())
    });
}

/// The processor time of a call that comes back.
const TICK: Duration = Duration::from_millis(300);
