//! The whole way from declarations and sources to generated tests, on input that nobody would write.
//!
//! Whatever it is given it ends, in time, with tests or with faults: it never panics, and the same input gives the same
//! bytes. `CONSTRAINTS_FUZZ_SECONDS` says how long to look; `cargo xtask fuzz --minutes 30` sets it.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests read the environment and say how much they looked at"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use cargo_constraints::emit::Earlier;
use cargo_constraints::graph::ConstraintGraph;
use cargo_constraints::kinds;
use cargo_constraints::make::{STACK, make};
use cargo_constraints::model::{self, Sources};
use cargo_constraints::report::faults;
use cargo_constraints::resolve::{CrateFacts, fan_out};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// Says for how many seconds to look.
const SECONDS: &str = "CONSTRAINTS_FUZZ_SECONDS";

/// As long as nothing else is said.
const FEW_SECONDS: u64 = 10;

/// No text of the size that is tried here may take longer, not even on a machine that does much else.
const PATIENCE: Duration = Duration::from_mins(2);

/// One package: declarations by their namespace, and the library.
#[derive(Clone, Debug, PartialEq)]
struct Package {
    declared: Vec<(String, String)>,
    library: String,
}

/// The files that are generated and the faults that are shown; a refusal gives no files.
fn gen_in_memory(package: &Package) -> (Vec<String>, String) {
    let mut sources = Sources::default();
    let facts = CrateFacts::from_texts("subject", &[("src/lib.rs", package.library.as_str())], &mut sources);
    let facts = facts.expect("its root file is there");
    let files: Vec<_> = package
        .declared
        .iter()
        .map(|(name, text)| (name.clone(), sources.add(format!("constraints/{name}.toml"), text.as_str())))
        .collect();
    let (mut model, mut found) = model::read(&sources, &files, &kinds::about_all());
    found.extend(fan_out(&mut model, &facts, &sources));
    let (graph, of_graph) = ConstraintGraph::build(&model);
    found.extend(of_graph);
    let (files, found) = match make(&model, &graph, &facts, &sources, found, &Earlier::default()) {
        Ok(made) => (made.files, made.faults),
        Err(refusal) => {
            assert!(!refusal.is_empty(), "a refusal says why");
            (Vec::new(), refusal)
        }
    };
    let shown = faults::human(&found, &sources, false) + &faults::json(&found, &sources).to_string();
    (files.into_iter().map(|file| format!("{}\n{}", file.path, file.text)).collect(), shown)
}

/// What has to hold for every input.
fn judge(package: &Package) -> Result<(), TestCaseError> {
    let (files, shown) = gen_in_memory(package);
    for file in files.iter().filter(|file| {
        file.split('\n')
            .next()
            .is_some_and(|path| Path::new(path).extension().is_some_and(|ending| ending == "rs"))
    }) {
        let (path, text) = file.split_once('\n').expect("a path and a text");
        if let Err(error) = syn::parse_file(text) {
            return Err(TestCaseError::fail(format!("{path} does not parse: {error}\n{text}")));
        }
    }
    prop_assert_eq!((files, shown), gen_in_memory(package), "the same input gives the same bytes");
    Ok(())
}

/// A change of a text; numbers are places in it, in thousandths.
#[derive(Clone, Debug)]
enum Change {
    Cut(u16),
    TakeOut(u16, u16),
    Twice(u16, u16),
    Swap(u16, u16),
    Put(u16, String),
    Word(u16, String),
    Nest(u16, char, u16),
}

/// Words that mean something to one of the readers.
const WORDS: &str = "[constraint.x] [goal.x] [risk.x] [input.x] [[constraint.x.sample]] says kind target targets then when \
    call refused panics must_pass serves after answers conflicts refines at_most grows n size length range matching like \
    like_hex is is_hex one_of value near strategy type each each_key text without only map input json archive markup \
    env.HOME given.x args.text generics.T signature calls macros unsafe except layers owner until since = \"\" '' \"\"\" { \
    } [ ] -1 0 9223372036854775807 9223372036854775808 nan inf 1e400 true 1979-05-27 0x80 \\u0000 \\ud800 \u{0} \u{feff} \
    \u{202e} é 𝄞 crate crate:: crate::Self ::std self super r#fn <_> -> => & &mut dyn impl for<'a> 'static where const \
    fn pub struct enum trait mod use * macro_rules! vec! #[cfg(test)] #![cfg(x)] #[path=\"/dev/null\"] ; : , . .. ..= ? ! | \
    Option< Result< Vec< [u8;4] str String Box<dyn result old(text) it u8 i128 f64 r#\"\"# b'x' 'x' /* */ // //! 0..1";

fn words() -> Vec<String> {
    WORDS.split_whitespace().map(str::to_owned).collect()
}

fn change() -> impl Strategy<Value = Change> {
    let at = || 0_u16..1000;
    let word = || prop_oneof![3 => proptest::sample::select(words()), 1 => any::<String>()];
    prop_oneof![
        1 => at().prop_map(Change::Cut),
        3 => (at(), 0_u16..60).prop_map(|(at, long)| Change::TakeOut(at, long)),
        2 => (at(), 0_u16..200).prop_map(|(at, long)| Change::Twice(at, long)),
        2 => (at(), at()).prop_map(|(one, other)| Change::Swap(one, other)),
        4 => (at(), word()).prop_map(|(at, word)| Change::Put(at, word)),
        4 => (at(), word()).prop_map(|(at, word)| Change::Word(at, word)),
        1 => (at(), proptest::sample::select(vec!['(', '[', '{', '<', '&', '!', '-', '.']), 0_u16..700)
            .prop_map(|(at, letter, times)| Change::Nest(at, letter, times)),
    ]
}

/// The nearest start of a character.
fn place(text: &str, at: u16) -> usize {
    let mut at = text.len() * usize::from(at) / 1000;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn changed(text: &str, change: &Change) -> String {
    let end = |at: usize, long: u16| {
        let mut end = (at + usize::from(long)).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        end
    };
    let with = |at: usize, end: usize, new: &str| format!("{}{new}{}", &text[..at], &text[end..]);
    match change {
        Change::Cut(at) => text[..place(text, *at)].to_owned(),
        Change::TakeOut(at, long) => {
            let at = place(text, *at);
            with(at, end(at, *long), "")
        }
        Change::Twice(at, long) => {
            let at = place(text, *at);
            let end = end(at, *long);
            with(end, end, &text[at..end])
        }
        Change::Swap(one, other) => {
            let mut lines: Vec<&str> = text.lines().collect();
            if !lines.is_empty() {
                let count = lines.len();
                lines.swap(usize::from(*one) * count / 1000, usize::from(*other) * count / 1000);
            }
            lines.join("\n") + "\n"
        }
        Change::Put(at, word) => {
            let at = place(text, *at);
            with(at, at, word)
        }
        Change::Word(at, word) => {
            let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
            let at = place(text, *at);
            let start = text[..at]
                .rfind(|letter| !is_part(letter))
                .map_or(0, |before| before + text[before..].chars().next().map_or(0, char::len_utf8));
            let end = text[at..].find(|letter| !is_part(letter)).map_or(text.len(), |after| at + after);
            with(start, end, word)
        }
        Change::Nest(at, letter, times) => {
            let at = place(text, *at);
            with(at, at, &letter.to_string().repeat(usize::from(*times)))
        }
    }
}

/// Packages to start from: the fixtures of all kinds.
fn packages() -> Vec<Package> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(fixtures).expect("the fixtures").flatten().map(|it| it.path()).collect();
    folders.sort();
    let package = |folder: PathBuf| {
        let folder = folder.join("red");
        let declared = fs::read_to_string(folder.join("constraints/main.toml")).ok()?;
        let library = fs::read_to_string(folder.join("src/lib.rs")).ok()?;
        Some(Package { declared: vec![("main".to_owned(), declared)], library })
    };
    folders.into_iter().filter_map(package).collect()
}

/// A fixture after some changes; often with the declarations of another one beside it.
fn package() -> impl Strategy<Value = Package> {
    let packages = packages();
    let select = proptest::sample::select(packages.clone());
    let other = proptest::option::of(proptest::sample::select(packages));
    let changes = || proptest::collection::vec(change(), 0..8);
    (select, other, changes(), changes()).prop_map(|(mut package, other, of_declared, of_library)| {
        if let Some(other) = other {
            package.declared.extend(other.declared.into_iter().map(|(_, text)| ("other".to_owned(), text)));
        }
        for (_, text) in &mut package.declared {
            *text = of_declared.iter().fold(std::mem::take(text), |text, change| changed(&text, change));
        }
        package.library = of_library.iter().fold(package.library, |text, change| changed(&text, change));
        package
    })
}

/// Where the case at hand is kept, so that it is there even if the process dies of it.
fn kept() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz.txt")
}

fn keep(package: &Package) {
    let mut text = String::new();
    for (name, declared) in &package.declared {
        let _ = writeln!(text, "# constraints/{name}.toml\n{declared}");
    }
    let _ = fs::write(kept(), text + "// src/lib.rs\n" + &package.library);
}

/// Runs on the stack that the tool has, and fails if it takes too long.
fn in_time(what: &str, work: impl FnOnce() + Send + 'static) {
    let (done, wait) = mpsc::channel();
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
        let _ = done.send(());
        ended
    });
    let thread = thread.expect("a thread");
    assert!(wait.recv_timeout(PATIENCE).is_ok(), "{what} does not end");
    if let Ok(Err(panic)) | Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn whatever_is_declared_over_whatever_source_ends_with_tests_or_faults() {
    let seconds = std::env::var(SECONDS).ok().map(|text| text.parse().expect("a number of seconds"));
    let until = Instant::now() + Duration::from_secs(seconds.unwrap_or(FEW_SECONDS));
    let mut round = 0_u64;
    // A short look repeats itself, so that it is red for a reason; a long one goes on from elsewhere each time.
    let first = if seconds.is_some() {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |it| it.as_secs())
    } else {
        0
    };
    while round == 0 || Instant::now() < until {
        let seed = first.wrapping_mul(1_000_003).wrapping_add(round);
        in_time(&format!("round {seed}, see {}", kept().display()), move || look(seed));
        round += 1;
    }
    println!("{round} rounds");
}

/// Cases of one round.
const CASES: u32 = 16;

fn look(seed: u64) {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config =
        Config { cases: CASES, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let ended = runner.run(&package(), |package| {
        keep(&package);
        judge(&package)
    });
    if let Err(TestError::Fail(why, package)) = ended {
        keep(&package);
        panic!("{why}\nround {seed}, kept in {}:\n{package:#?}", kept().display());
    }
}

/// A package with these declarations over a small library.
fn declared(text: impl Into<String>) -> Package {
    let library = "pub fn read(text: &str) -> usize { text.len() }\n".to_owned();
    Package { declared: vec![("main".to_owned(), text.into())], library }
}

fn one(more: &str) -> String {
    format!("[constraint.a]\nsays = \"It reads\"\nkind = \"no_panic\"\ntarget = \"crate::read\"\n{more}\n")
}

#[test]
fn nesting_of_any_depth_is_a_fault() {
    in_time("deep nesting", || {
        for (open, close) in
            [("(", ")"), ("[", "]"), ("{", "}"), ("Some(", ")"), ("!", ""), ("-", ""), ("<", ">")]
        {
            for depth in [300, 20_000] {
                let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
                let (files, shown) = gen_in_memory(&declared(one(&format!("when = '{deep}'"))));
                assert!(files.is_empty() && shown.contains("error["), "{open} {depth}");
                let library = format!("pub const A: u8 = {deep};\npub fn read(text: &str) {{}}\n");
                let of_source = Package { library, ..declared(one("")) };
                let (_, shown) = gen_in_memory(&of_source);
                assert!(shown.contains("error[invalid-rust]"), "{open} {depth}: {shown}");
            }
            let toml = format!("a = {}", "[".repeat(20_000));
            assert!(gen_in_memory(&declared(toml)).0.is_empty());
        }
    });
}

#[test]
fn every_edge_of_a_large_circle_is_gone_through_once() {
    let count = 500;
    in_time("a circle", move || {
        for edge in ["after", "refines"] {
            let mut text = String::new();
            for at in 0..count {
                let next = (at + 1) % count;
                let _ = write!(
                    text,
                    "[constraint.c{at}]\nsays = \"It reads\"\nkind = \"no_panic\"\ntarget = \"crate::read\"\n\
                     when = \"text.len() != {at}\"\n{edge} = \"c{next}\"\n"
                );
            }
            let (files, shown) = gen_in_memory(&declared(text));
            assert!(files.is_empty() && shown.contains("error[cycle]"), "{edge}");
        }
    });
}
