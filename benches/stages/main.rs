//! Where the time and the memory of `gen` go, stage by stage: `cargo bench --bench stages -- 10000`.
//!
//! Everything happens in memory, so that nothing but the stages is measured. With the path of a folder behind the number
//! the package is laid out there instead, for whoever wants to measure the tool from outside.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a measurement is shown to whoever asked"
)]

mod synthetic;

use std::alloc::{GlobalAlloc, Layout, System};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

use cargo_constraints::emit::Earlier;
use cargo_constraints::graph::ConstraintGraph;
use cargo_constraints::kinds;
use cargo_constraints::make::make;
use cargo_constraints::model::{self, Faults, Sources};
use cargo_constraints::resolve::CrateFacts;

/// Lines of the made-up crate.
const LINES: usize = 50_000;

fn main() {
    // Cargo adds a flag of its own behind what was asked for.
    let mut asked = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let count: usize = asked.next().map_or(1_000, |count| count.parse().expect("the number of constraints"));
    if let Some(folder) = asked.next() {
        return lay_out(Path::new(&folder), count);
    }
    println!("{count} constraints over {LINES} lines");
    println!("{:<10} {:>9} {:>12} {:>12}", "stage", "seconds", "live MiB", "peak MiB");
    let mut sources = Sources::default();
    let texts = synthetic::sources(LINES);
    let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let facts =
        stage("sources", || CrateFacts::from_texts("made_up", &texts, &mut sources).expect("it is complete"));
    let files: Vec<_> = synthetic::declarations(count, LINES)
        .into_iter()
        .map(|(path, text)| {
            let namespace = path.trim_end_matches(".toml").to_owned();
            (namespace, sources.add(format!("constraints/{path}"), text))
        })
        .collect();
    let (model, faults) = stage("model", || model::read(&sources, &files, &kinds::about_all()));
    assert!(!faults.refuse(), "{:?}", faults.sorted().first());
    let (graph, _) = stage("graph", || ConstraintGraph::build(&model));
    let made = stage("tests", || {
        make(&model, &graph, &facts, &sources, Faults::default(), &Earlier::default())
            .expect("all of it is fine")
    });
    let texts: usize = made.files.iter().map(|file| file.text.len()).sum();
    println!("{} tests, {} KiB of text", made.plan.cases.len(), texts >> 10);
}

/// Writes the package with so many constraints.
fn lay_out(folder: &Path, count: usize) {
    let manifest = "[package]\nname = \"made_up\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";
    let declarations = synthetic::declarations(count, LINES).into_iter();
    let declarations = declarations.map(|(path, text)| (format!("constraints/{path}"), text));
    let files = synthetic::sources(LINES).into_iter().chain(declarations);
    for (path, text) in files.chain([("Cargo.toml".to_owned(), manifest.to_owned())]) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }
}

fn stage<T>(name: &str, work: impl FnOnce() -> T) -> T {
    PEAK.store(LIVE.load(Relaxed), Relaxed);
    let started = Instant::now();
    let made = work();
    let seconds = started.elapsed().as_secs_f64();
    println!("{name:<10} {seconds:>9.3} {:>12.1} {:>12.1}", mebibytes(&LIVE), mebibytes(&PEAK));
    made
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
fn mebibytes(bytes: &AtomicUsize) -> f64 {
    bytes.load(Relaxed) as f64 / f64::from(1 << 20)
}

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// The allocator of the system, with what is in use counted.
struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: every call is passed on as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(live, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(place, layout) }
    }
}
