//! The oracles that compare calls or values with each other, against subjects that are known to be good or bad.

#![expect(clippy::disallowed_methods, reason = "some subjects read the environment on purpose")]

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use constraints_runtime::v1 as rt;

use self::support::{red, says};

mod support;

const EVERYWHERE: &[&str] = &["calls", "threads", "processes", "surroundings"];

/// A bad subject in the test it would have.
macro_rules! is_red {
    ($name:ident, $oracle:ident, [$($part:expr),*], $($body:tt)*) => {
        #[test]
        fn $name() {
            says(&red(|| rt::$oracle(stringify!($name), $($body)*)), &[$($part),*]);
        }
    };
}

fn port(text: &str) -> Option<u16> {
    text.parse().ok().filter(|port| *port > 0)
}

#[test]
fn declared_values_that_are_accepted_are_green_and_nothing_else_is_tried() {
    rt::accepts("declared_values_that_are_accepted_are_green_and_nothing_else_is_tried", |case| {
        let text = case.draw("text", rt::text().like(&["80", "443"]))?;
        let result = case.call(|| port(&text))?;
        case.accepts(&result, || rt::shown!(result))
    });
}

is_red!(
    a_refused_sample_is_red,
    accepts,
    ["text = \"0\"", "it is accepted", "it is refused with None"],
    |case| {
        let text = case.draw("text", rt::text().like(&["80", "0", "443"]))?;
        let result = case.call(|| port(&text))?;
        case.accepts(&result, || rt::shown!(result))
    }
);

#[test]
fn declared_values_that_are_refused_are_green() {
    rt::rejects("declared_values_that_are_refused_are_green", |case| {
        let text = case.draw("text", rt::text().like(&["", "0", "65536", "-1"]))?;
        let result = case.call(|| port(&text))?;
        case.rejects(&result, || rt::shown!(result))
    });
}

is_red!(
    an_accepted_sample_is_red,
    rejects,
    ["text = \"+5\"", "it is refused", "accepted with Some(5)"],
    |case| {
        let text = case.draw("text", rt::text().like(&["", "+5"]))?;
        let result = case.call(|| port(&text))?;
        case.rejects(&result, || rt::shown!(result))
    }
);

/// A value out of a text, which not every text makes.
fn even(text: &str) -> u32 {
    text.parse::<u32>().map_or(2, |number| number.checked_mul(2).expect("too large to be doubled"))
}

is_red!(
    a_panic_where_values_are_made_is_no_way_around_a_law,
    law,
    ["panicked while the values were made: too large to be doubled"],
    |case| {
        let number =
            case.draw("number", rt::map(rt::text().like(&["12"]), "even", |it: String| even(&it)))?;
        let result = case.call(|| number % 2)?;
        case.then("result == 0", result == 0)
    }
);

fn words(text: &str) -> Vec<String> {
    let words: HashSet<&str> = text.split(' ').collect();
    words.into_iter().map(str::to_string).collect()
}

is_red!(the_order_of_a_hash_map_that_leaks_is_red, deterministic, ["text = ", "gives the same"], |case| {
    let text = case.draw("text", rt::text().like(&["one two three"]))?;
    let result = case.call(|| words(&text))?;
    let again = case.check("second call", || words(&text))?;
    case.agree(EVERYWHERE, rt::answers_of!(result, again))
});

#[test]
fn a_map_whose_order_is_by_chance_is_the_same_everywhere() {
    let count = |text: &str| text.chars().map(|c| (c, text.matches(c).count())).collect::<HashMap<_, _>>();
    rt::deterministic("a_map_whose_order_is_by_chance_is_the_same_everywhere", |case| {
        let text = case.draw("text", rt::text().like(&["one two three"]))?;
        let result = case.call(|| count(&text))?;
        let again = case.check("second call", || count(&text))?;
        case.agree(EVERYWHERE, rt::answers_of!(result, again))
    });
}

fn on_this_thread(number: u8) -> u64 {
    thread_local!(static START: u64 = {
        static THREADS: AtomicU64 = AtomicU64::new(0);
        THREADS.fetch_add(1, Relaxed)
    });
    START.with(|start| *start + u64::from(number))
}

is_red!(
    an_answer_that_depends_on_the_thread_is_red,
    deterministic,
    ["another thread gives the same", "there"],
    |case| {
        let number = case.draw("number", rt::integer::<u8>())?;
        let result = case.call(|| on_this_thread(number))?;
        let again = case.check("second call", || on_this_thread(number))?;
        case.agree(EVERYWHERE, rt::answers_of!(result, again))
    }
);

fn in_this_process(number: u8) -> u32 {
    if number > 9 { std::process::id() } else { 0 }
}

is_red!(
    an_answer_that_depends_on_the_process_is_red,
    deterministic,
    ["number = 10", "another process gives the same"],
    |case| {
        let number = case.draw("number", rt::integer::<u8>())?;
        let result = case.call(|| in_this_process(number))?;
        let again = case.check("second call", || in_this_process(number))?;
        case.agree(EVERYWHERE, rt::answers_of!(result, again))
    }
);

#[test]
fn processes_are_left_out_where_the_declaration_leaves_them_out() {
    rt::deterministic("processes_are_left_out_where_the_declaration_leaves_them_out", |case| {
        let number = case.draw("number", rt::integer::<u8>())?;
        let result = case.call(|| in_this_process(number))?;
        let again = case.check("second call", || in_this_process(number))?;
        case.agree(&["calls", "threads"], rt::answers_of!(result, again))
    });
}

is_red!(
    an_answer_that_depends_on_the_clock_is_red,
    deterministic,
    // Of other processes alone: a second may end between any two calls, and one look-out has to be the first to see it.
    ["gives the same", "there Some("],
    |case| {
        let number = case.draw("number", rt::integer::<u8>())?;
        let second =
            || std::time::SystemTime::UNIX_EPOCH.elapsed().map(|since| since.as_secs() + u64::from(number));
        let result = case.call(second)?.ok();
        let again = result;
        case.agree(&["processes"], rt::answers_of!(result, again))
    }
);

is_red!(
    an_answer_that_depends_on_the_time_zone_is_red,
    deterministic,
    ["number = 0", "it does not depend on the time zone"],
    |case| {
        let number = case.draw("number", rt::integer::<u8>())?;
        let zone = || std::env::var("TZ").map_or(0, |zone| zone.len()) + usize::from(number);
        let result = case.call(zone)?;
        let again = case.check("second call", zone)?;
        case.agree(EVERYWHERE, rt::answers_of!(result, again))
    }
);

is_red!(an_answer_that_depends_on_the_folder_is_red, deterministic, ["the folder it runs in"], |case| {
    case.draw("number", rt::integer::<u8>())?;
    let folder = || std::env::current_dir().ok();
    let result = case.call(folder)?;
    let again = case.check("second call", folder)?;
    case.agree(EVERYWHERE, rt::answers_of!(result, again))
});

is_red!(an_answer_that_earlier_calls_leave_behind_is_red, deterministic, ["gives the same"], |case| {
    static KNOWN: Mutex<Vec<(usize, String)>> = Mutex::new(Vec::new());
    let text = case.draw("text", rt::text().like(&["one", "two"]))?;
    // A cache with a key that leaves out what matters.
    let cached = || {
        let Ok(mut known) = KNOWN.lock() else { return String::new() };
        if let Some((_, answer)) = known.iter().find(|(length, _)| *length == text.len()) {
            return answer.clone();
        }
        known.push((text.len(), text.to_uppercase()));
        text.to_uppercase()
    };
    let result = case.call(cached)?;
    let again = case.check("second call", cached)?;
    case.agree(EVERYWHERE, rt::answers_of!(result, again))
});

/// Draws three values and states the laws, in the order in which generated tests do.
macro_rules! laws {
    ($make:expr, $($law:ident),*) => {
        |case| {
            let a = case.draw("a", $make)?;
            case.resemble(&["a"]);
            let b = case.draw("b", $make)?;
            case.resemble(&["b"]);
            let c = case.draw("c", $make)?;
            $(case.$law([&a, &b, &c])?;)*
            Ok(())
        }
    };
}

#[test]
fn the_order_of_texts_and_floats_is_lawful() {
    rt::lawful_order("the_order_of_texts_and_floats_is_lawful", |case| {
        let texts: fn(&mut rt::Case<'_>) -> _ =
            laws!(rt::text(), partial_eq_laws, eq_laws, partial_ord_laws, ord_laws, hash_laws);
        texts(case)?;
        let a = case.draw("d", rt::float::<f64>())?;
        case.resemble(&["d"]);
        let b = case.draw("e", rt::float::<f64>())?;
        case.partial_eq_laws([&a, &b, &a])?;
        case.partial_ord_laws([&a, &b, &b])
    });
}

#[derive(Debug, Clone, Eq)]
struct Header(String);
impl PartialEq for Header {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}
impl Hash for Header {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

is_red!(
    a_hash_that_knows_case_where_equality_does_not_is_red,
    lawful_order,
    ["have the same hash", "differ"],
    laws!(rt::map(rt::text(), "Header(it)", Header), partial_eq_laws, eq_laws, hash_laws)
);

#[derive(Debug, Clone, Copy)]
struct Score(f64);
impl PartialEq for Score {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl Eq for Score {}
impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Score {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.partial_cmp(&other.0).unwrap_or(Ordering::Equal)
    }
}

is_red!(
    an_order_that_takes_nan_for_equal_is_red,
    lawful_order,
    ["NaN"],
    laws!(rt::map(rt::float::<f64>(), "Score(it)", Score), partial_ord_laws, ord_laws)
);
is_red!(
    a_float_that_claims_to_be_equal_to_itself_is_red,
    lawful_order,
    ["a == a, as `Eq` says", "NaN"],
    laws!(rt::map(rt::float::<f64>(), "Score(it)", Score), eq_laws)
);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Close(i32);
impl PartialOrd for Close {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Close {
    /// By a difference that overflows.
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.wrapping_sub(other.0).cmp(&0)
    }
}

is_red!(
    an_order_by_difference_that_overflows_is_red,
    lawful_order,
    ["a = Close"],
    laws!(rt::map(rt::integer::<i32>(), "Close(it)", Close), partial_eq_laws, ord_laws)
);

#[derive(Debug, Clone)]
struct Near(i32);
impl PartialEq for Near {
    fn eq(&self, other: &Self) -> bool {
        self.0.abs_diff(other.0) <= 1
    }
}

is_red!(
    an_equality_within_a_tolerance_is_red,
    lawful_order,
    // Which of the values lies between the others is up to the search.
    ["expected: ", " == ", ", for ", " and ", "seen:     it is false"],
    laws!(rt::map(rt::integer::<i32>(), "Near(it)", Near), partial_eq_laws)
);

fn slug(title: &str) -> String {
    title.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-")
}

is_red!(slugs_that_collide_are_red, injective, ["title = ", "other_title = ", "both give"], |case| {
    let title = case.draw("title", rt::text().like(&["Hello World"]))?;
    case.resemble(&["title"]);
    let other = case.draw("other_title", rt::text().like(&["Hello World"]))?;
    let result = case.call(|| slug(&title))?;
    let other_result = case.check("second call", || slug(&other))?;
    case.told_apart(title == other, result != other_result, || rt::shown!(result))
});

is_red!(keys_that_are_joined_without_a_border_are_red, injective, ["both give"], |case| {
    let user = case.draw("user", rt::text().like(&["anna", "bert"]))?;
    let path = case.draw("path", rt::text().like(&["inbox", "sent"]))?;
    case.resemble(&["user", "path"]);
    let other_user = case.draw("other_user", rt::text().like(&["anna", "bert"]))?;
    let other_path = case.draw("other_path", rt::text().like(&["inbox", "sent"]))?;
    // Longer than any mutation is likely to make equal by chance.
    case.when(user.len() > 3 && path.len() > 4)?;
    let result = case.call(|| format!("{user}{path}"))?;
    let other_result = case.check("second call", || format!("{other_user}{other_path}"))?;
    let same = (&user, &path) == (&other_user, &other_path);
    case.told_apart(same, result != other_result, || rt::shown!(result))
});

#[test]
fn keys_with_a_border_that_cannot_be_in_them_are_green() {
    rt::injective("keys_with_a_border_that_cannot_be_in_them_are_green", |case| {
        let (key, at) = (|text: &String, at: u8| format!("{at}:{text}"), rt::integer::<u8>);
        let text = case.draw("text", rt::text())?;
        let number = case.draw("number", at())?;
        case.resemble(&["text", "number"]);
        let other_text = case.draw("other_text", rt::text())?;
        let other_number = case.draw("other_number", at())?;
        let result = case.call(|| key(&text, number))?;
        let other_result = case.check("second call", || key(&other_text, other_number))?;
        let same = (&text, &number) == (&other_text, &other_number);
        case.told_apart(same, result != other_result, || rt::shown!(result))
    });
}

is_red!(a_saturating_sum_is_not_associative, algebra, ["associative", "is not"], |case| {
    let a = case.draw("a", rt::integer::<i8>())?;
    let b = case.draw("b", rt::integer::<i8>())?;
    let c = case.draw("c", rt::integer::<i8>())?;
    let add = |x: &i8, y: &i8| Some(x.saturating_add(*y));
    case.commutative([&a, &b], add, |x, y| x == y, |it| rt::shown!(it))?;
    case.associative([&a, &b, &c], add, |x, y| x == y, |it| rt::shown!(it))
});

is_red!(a_difference_is_not_commutative, algebra, ["commutative", "is not"], |case| {
    let a = case.draw("a", rt::integer::<i32>())?;
    let b = case.draw("b", rt::integer::<i32>())?;
    case.commutative([&a, &b], |x, y| x.checked_sub(*y), |x, y| x == y, |it| rt::shown!(it))
});

is_red!(an_identity_on_one_side_alone_is_red, algebra, ["identity: e·a = a"], |case| {
    let a = case.draw("a", rt::integer::<i32>())?;
    case.identity(&a, &0, |x, y| x.checked_sub(*y), |x, y| x == y, |it| rt::shown!(it))
});

is_red!(a_zero_that_does_not_absorb_is_red, algebra, ["absorbing: z·a = z"], |case| {
    let a = case.draw("a", rt::integer::<i32>())?;
    case.absorbing(&a, &0, |x, y| x.checked_add(*y), |x, y| x == y, |it| rt::shown!(it))
});

is_red!(a_list_joined_with_itself_is_not_idempotent, algebra, ["idempotent: a·a = a"], |case| {
    let a = case.draw("a", rt::text())?;
    case.self_absorbing(&a, |x, y| Some(format!("{x}{y}")), |x, y| x == y, |it| rt::shown!(it))
});

is_red!(a_product_that_saturates_is_not_distributive, algebra, ["distributive"], |case| {
    let a = case.draw("a", rt::integer::<i8>())?;
    let b = case.draw("b", rt::integer::<i8>())?;
    let c = case.draw("c", rt::integer::<i8>())?;
    let (times, plus) =
        (|x: &i8, y: &i8| Some(x.saturating_mul(*y)), |x: &i8, y: &i8| Some(x.saturating_add(*y)));
    case.distributive([&a, &b, &c], times, plus, |x, y| x == y, |it| rt::shown!(it))
});

#[test]
#[expect(clippy::float_cmp, reason = "the larger of two is one of them, to the last bit")]
fn the_larger_of_two_keeps_every_law() {
    rt::algebra("the_larger_of_two_keeps_every_law", |case| {
        let a = case.draw("a", rt::float::<f64>())?;
        let b = case.draw("b", rt::float::<f64>())?;
        let c = case.draw("c", rt::float::<f64>())?;
        let larger = |x: &f64, y: &f64| Some(x.max(*y));
        let smaller = |x: &f64, y: &f64| Some(x.min(*y));
        case.commutative([&a, &b], larger, |x, y| x == y, |it| rt::shown!(it))?;
        case.associative([&a, &b, &c], larger, |x, y| x == y, |it| rt::shown!(it))?;
        case.self_absorbing(&a, larger, |x, y| x == y, |it| rt::shown!(it))?;
        case.identity(&a, &f64::NAN, larger, |x, y| x == y, |it| rt::shown!(it))?;
        case.when(!a.is_nan() && !b.is_nan() && !c.is_nan())?;
        case.absorbing(&a, &f64::INFINITY, larger, |x, y| x == y, |it| rt::shown!(it))?;
        case.distributive([&a, &b, &c], larger, smaller, |x, y| x == y, |it| rt::shown!(it))
    });
}

/// Counts characters of bytes that come in pieces.
fn characters<'p>(pieces: impl IntoIterator<Item = &'p [u8]>) -> usize {
    pieces.into_iter().map(|piece| String::from_utf8_lossy(piece).chars().count()).sum()
}

is_red!(
    a_character_that_is_cut_in_two_is_red,
    prefix_stable,
    ["text = ", "pieces = [b\"\\x", "the pieces give what the whole gives"],
    |case| {
        let text = case.draw("text", rt::text())?;
        let pieces = case.draw("pieces", rt::cut_bytes(&text))?;
        let whole = case.call(|| characters([text.as_bytes()]))?;
        let streamed = case.check("streamed form", || characters(pieces.iter().copied()))?;
        case.same("the pieces give what the whole gives", whole == streamed, || {
            [rt::shown!(streamed), rt::shown!(whole)]
        })
    }
);

#[test]
fn pieces_put_together_are_the_whole() {
    rt::prefix_stable("pieces_put_together_are_the_whole", |case| {
        let text = case.draw("text", rt::text())?;
        let list = case.draw("list", rt::vec(rt::integer::<u16>()))?;
        let pieces = case.draw("pieces", rt::cut(&text))?;
        let parts = case.draw("parts", rt::cut(&list))?;
        let bytes = case.draw("bytes", rt::cut_bytes(&text))?;
        case.then("texts", pieces.concat() == text)?;
        case.then("lists", parts.concat() == list)?;
        case.then("bytes", bytes.concat() == text.as_bytes())
    });
}
