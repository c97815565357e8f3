//! The oracles about secrets, against subjects that are known to be good or bad.

#![expect(clippy::disallowed_macros, reason = "some subjects print on purpose")]

use constraints_runtime::v1 as rt;

use self::support::{red, says};

mod support;

const LOGIN: &[&str] = &[r#"{"user":"ada","token":"{secret}","scope":"read","port":443}"#];

#[derive(Debug)]
struct Login {
    #[expect(dead_code, reason = "it is shown")]
    scope: String,
    #[expect(dead_code, reason = "it is shown")]
    token: Token,
}

struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}

fn field(text: &str, name: &str) -> Result<String, String> {
    let start = format!("\"{name}\":\"");
    let at = text.find(&start).ok_or_else(|| format!("there is no {name}"))? + start.len();
    let end = text[at..].find('"').ok_or_else(|| format!("{name} has no end"))?;
    Ok(text[at..at + end].to_string())
}

fn login(text: &str) -> Result<Login, String> {
    Ok(Login { scope: field(text, "scope")?, token: Token(field(text, "token")?) })
}

/// The test of a function from the text of a login.
macro_rules! of_login {
    ($name:literal, |$text:ident| $call:expr) => {
        rt::redacted($name, |case| {
            case.plants(&[])?;
            let $text = case.draw("text", rt::text().like(LOGIN))?;
            let result = case.overhear(|| $call)?;
            case.shows_no_secret("the answer", &[], || result.as_ref().map(|it| rt::forms!(it)))
        })
    };
}

#[test]
fn a_secret_that_stays_inside_is_green() {
    of_login!("a_secret_that_stays_inside_is_green", |text| {
        let result = login(&text);
        println!("{result:?}");
        result
    });
}

#[test]
fn a_secret_in_debug_is_red_with_the_place() {
    let message = red(|| {
        of_login!("a_secret_in_debug_is_red_with_the_place", |text| login(&text)
            .map(|login| (login, field(&text, "token"))));
    });
    says(
        &message,
        &[
            "secret can be read nowhere",
            "all of it as it is in the `Debug` form of the answer",
            "text = \"{\\\"user",
        ],
    );
}

#[test]
fn a_secret_in_an_error_of_broken_input_is_red() {
    let message = red(|| {
        of_login!("a_secret_in_an_error_of_broken_input_is_red", |text| match field(&text, "scope") {
            Ok(_) => Ok(()),
            Err(error) => Err(format!("{error} in {text}")),
        });
    });
    says(&message, &["the answer", "in the `Debug` form"]);
}

#[test]
fn what_is_printed_logged_or_said_in_a_panic_is_looked_at() {
    let message = red(|| {
        of_login!("what_is_printed_logged_or_said_in_a_panic_is_looked_at", |text| {
            eprintln!("got {}", field(&text, "token").unwrap_or_default());
        });
    });
    says(&message, &["in what it printed: got "]);
}

#[test]
fn what_is_logged_is_looked_at() {
    let message = red(|| {
        of_login!("what_is_logged_is_looked_at", |text| log::debug!("got {:?}", field(&text, "token")));
    });
    says(&message, &["in what it logged: got "]);
}

#[test]
fn what_a_panic_says_is_looked_at() {
    let message = red(|| {
        of_login!("what_a_panic_says_is_looked_at", |text| assert!(text.is_empty(), "not {text}"));
    });
    says(&message, &["in the message of its panic: "]);
}

#[test]
fn a_value_that_is_secret_as_a_whole_is_found_in_every_spelling() {
    let message = red(|| {
        rt::redacted("a_value_that_is_secret_as_a_whole_is_found_in_every_spelling", |case| {
            case.plants(&["key"])?;
            let key = case.draw("key", rt::bytes())?;
            let result =
                case.overhear(|| key.iter().rev().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>())?;
            case.shows_no_secret("the answer", &[], || result.as_ref().map(|it| rt::forms!(it)))?;
            let forwards = case.overhear(|| key.clone())?;
            case.shows_no_secret("the answer", &["debug"], || forwards.as_ref().map(|it| rt::forms!(it)))
        });
    });
    says(&message, &["as a list of numbers in the `Debug` form of the answer"]);
}

#[test]
fn a_value_made_elsewhere_can_be_the_secret() {
    let message = red(|| {
        rt::redacted("a_value_made_elsewhere_can_be_the_secret", |case| {
            case.plants(&[])?;
            let key = case.draw("key", rt::array::<32, _>(rt::integer::<u8>()))?;
            case.hides(rt::secret_of!(key))?;
            let result = case.overhear(|| u128::from_be_bytes(*key.first_chunk().expect("32 bytes")))?;
            case.shows_no_secret("the answer", &[], || result.as_ref().map(|it| rt::forms!(it)))?;
            let result = case.overhear(|| String::from_utf8_lossy(&key).into_owned())?;
            case.shows_no_secret("the answer", &[], || result.as_ref().map(|_| rt::forms!(&key)))
        });
    });
    says(&message, &["the answer"]);
}

fn sign(key: &str, text: &str) -> String {
    let mix = |hash: u128, byte: u8| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0100_0000_01b3_u128 << 40 | 0x13b).rotate_left(47)
    };
    format!(
        "v1={:032x}",
        key.bytes().chain([0xff]).chain(text.bytes()).fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, mix)
    )
}

/// The test of a function that opens a seal over a text.
macro_rules! of_seal {
    ($name:expr, |$key:ident, $text:ident, $seal:ident| $open:expr) => {
        rt::unforgeable($name, |case| {
            let $key = case.draw("key", rt::text().like(&["k3y-Of-the-Shop-17"]))?;
            let $text = case.draw("text", rt::text())?;
            let $seal = case.attempt(|| sign(&$key, &$text))?;
            let opened = case.tolerate(|| $open)?;
            case.authentic(opened.is_some_and(|it| it))?;
            case.forge("seal", &["text"], &["key"], false);
            let $key = rt::forged!(case, "key", $key)?;
            let $text = rt::forged!(case, "text", $text)?;
            let $seal = rt::forged!(case, "seal", $seal)?;
            let opened = case.tolerate(|| $open)?;
            case.stays_shut(opened.is_some_and(|it| it))
        })
    };
}

#[test]
fn a_seal_that_is_compared_as_a_whole_is_green() {
    of_seal!("a_seal_that_is_compared_as_a_whole_is_green", |key, text, seal| seal == sign(&key, &text));
}

#[test]
fn other_spellings_of_the_whole_seal_are_no_forgery() {
    of_seal!("other_spellings_of_the_whole_seal_are_no_forgery", |key, text, seal| {
        let own = sign(&key, &text);
        let wanted = own.strip_prefix("v1=").expect("a prefix");
        seal.split([' ', ','])
            .any(|one| one.trim().rsplit('=').next().is_some_and(|hex| hex.eq_ignore_ascii_case(wanted)))
    });
}

/// A function that opens too much in the test it would have.
macro_rules! opens_too_much {
    ($name:ident, [$($part:expr),*], |$key:ident, $text:ident, $seal:ident| $open:expr) => {
        #[test]
        fn $name() {
            let message = red(|| { of_seal!(stringify!($name), |$key, $text, $seal| $open); });
            says(&message, &[$($part),*]);
        }
    };
}

opens_too_much!(
    a_comparison_up_to_the_shorter_end_is_red,
    ["nothing but the authentic seal opens", "with nothing in the place"],
    |key, text, seal| { sign(&key, &text).bytes().zip(seal.bytes()).all(|(a, b)| a == b) }
);
opens_too_much!(
    a_comparison_of_the_first_half_is_red,
    ["nothing but the authentic seal opens"],
    |key, text, seal| { seal.len() == 35 && seal[..20] == sign(&key, &text)[..20] }
);
opens_too_much!(
    a_seal_over_a_part_of_the_text_is_red,
    ["made for", "`text` was changed"],
    |key, text, seal| [text.as_str(), text.trim_end_matches('x')].iter().any(|text| seal == sign(&key, text))
);
opens_too_much!(a_seal_of_any_key_is_red, ["with another `key`"], |_key, text, seal| {
    seal == sign("k3y-Of-the-Shop-17", &text)
        || seal.len() == 35 && !text.is_empty() && seal == sign(&_key, &text)
});

#[test]
fn a_seal_that_never_opens_is_vacuous() {
    let message = red(|| {
        of_seal!("a_seal_that_never_opens_is_vacuous", |key, text, seal| seal.is_empty() && key == text);
    });
    says(&message, &["the authentic seal opens", "in none of"]);
}

#[test]
fn seals_of_any_type_are_forged() {
    #[derive(Clone, PartialEq)]
    struct Tag(Vec<u8>);
    impl AsRef<[u8]> for Tag {
        fn as_ref(&self) -> &[u8] {
            &self.0
        }
    }
    impl TryFrom<&[u8]> for Tag {
        type Error = ();
        fn try_from(bytes: &[u8]) -> Result<Self, ()> {
            Ok(Self(bytes.to_vec()))
        }
    }
    let message = red(|| {
        rt::unforgeable("seals_of_any_type_are_forged", |case| {
            let text = case.draw("text", rt::text())?;
            let seal = case.attempt(|| Tag(sign("key", &text).into_bytes()))?;
            let opens = |seal: &Tag| sign("key", &text).into_bytes().starts_with(&seal.0);
            case.authentic(opens(&seal))?;
            case.forge("seal", &[], &[], false);
            let seal = rt::forged!(case, "seal", seal)?;
            case.stays_shut(opens(&seal))
        });
    });
    says(&message, &["nothing but the authentic seal opens"]);
}

const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A number that nobody knows.
fn chance() -> u64 {
    std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), 7)
}

/// A token out of numbers.
fn token(number: impl FnMut() -> u64) -> String {
    let letters = LETTERS.as_bytes();
    std::iter::repeat_with(number)
        .take(16)
        .map(|at| char::from(letters[usize::try_from(at % 62).unwrap_or(0)]))
        .collect()
}

/// The test of a function without arguments.
macro_rules! of_outputs {
    ($name:expr, $expected:expr, || $output:expr) => {
        rt::unpredictable($name, |case| {
            let result = case.sampled(|| $output)?;
            case.unguessable(&$expected, result.iter().filter_map(|it| rt::symbols!(it)).collect())
        })
    };
}

#[test]
fn tokens_drawn_by_chance_are_green() {
    of_outputs!("tokens_drawn_by_chance_are_green", rt::Expected::default().alphabet(LETTERS), || token(
        chance
    ));
}

/// A source that can be predicted, in the test it would have.
macro_rules! is_predictable {
    ($name:ident, [$($part:expr),*], $expected:expr, || $output:expr) => {
        #[test]
        fn $name() {
            let message = red(|| of_outputs!(stringify!($name), $expected, || $output));
            says(&message, &[$($part),*]);
        }
    };
}

is_predictable!(
    half_of_the_alphabet_is_red,
    ["every symbol of the alphabet occurs", "32 of 62 symbols occur"],
    rt::Expected::default().alphabet(LETTERS),
    || token(|| chance() % 32)
);
is_predictable!(
    a_lean_of_the_remainder_is_red,
    ["every symbol is as likely as the others"],
    rt::Expected::default().alphabet(LETTERS),
    || token(|| chance() % 256)
);
is_predictable!(
    a_seed_that_every_process_has_is_red,
    ["no two processes give the same"],
    rt::Expected::default().bits(64),
    || {
        use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
        static NEXT: AtomicU64 = AtomicU64::new(42);
        let mut mixed = NEXT.fetch_add(0x9e37_79b9_7f4a_7c15, Relaxed);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
);
is_predictable!(
    a_seed_that_every_thread_has_is_red,
    ["comes again", "came before"],
    rt::Expected::default(),
    || {
        use std::cell::Cell;
        std::thread_local!(static NEXT: Cell<u64> = const { Cell::new(42) });
        let mut mixed = NEXT.replace(NEXT.get().wrapping_add(0x9e37_79b9_7f4a_7c15));
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
);
is_predictable!(a_counter_is_red, ["is red"], rt::Expected::default(), || {
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("session-{:020}", NEXT.fetch_add(1, Relaxed))
});

/// The test of a function from a role and an action.
macro_rules! of_roles {
    ($name:expr, |$role:ident, $action:ident| $passes:expr) => {
        rt::authorized($name, |case| {
            let $role = case.draw("role", rt::text().like(&["admin", "guest"]))?;
            let $action = case.draw("action", rt::text().like(&["read", "write"]))?;
            case.asks(&*$role, &*$action, &[("admin", &["*"]), ("guest", &["read"])])?;
            let result = case.tolerate(|| $passes)?;
            case.decides(result.is_some_and(|it| it))
        })
    };
}

#[test]
fn what_decides_as_the_table_says_is_green() {
    of_roles!("what_decides_as_the_table_says_is_green", |role, action| {
        role == "admin" || (role.to_lowercase() == "guest" && action == "read")
    });
}

#[test]
fn a_role_that_may_too_much_or_too_little_is_red() {
    let message = red(|| {
        of_roles!("a_role_that_may_too_much_or_too_little_is_red", |role, action| role == "admin"
            || action == "read");
    });
    says(&message, &["what the table does not list is refused", "is allowed `read`"]);
}

#[test]
fn refusing_everything_is_red() {
    let message = red(|| of_roles!("refusing_everything_is_red", |role, action| role == action));
    says(&message, &["what the table lists is allowed"]);
}
