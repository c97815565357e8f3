//! Where the time and the memory of `gen` go, stage by stage: `cargo bench --bench stages -- 10000`.
//!
//! Everything happens in memory, so that nothing but the stages is measured.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a measurement is shown to whoever asked"
)]

mod synthetic;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

use cargo_constraints::graph::ConstraintGraph;
use cargo_constraints::kinds;
use cargo_constraints::make::make;
use cargo_constraints::model::{self, Faults, Sources};
use cargo_constraints::resolve::CrateFacts;

/// Lines of the made-up crate.
const LINES: usize = 50_000;

fn main() {
    let wanted = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let count: usize = wanted.unwrap_or(1_000);
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
        make(&model, &graph, &facts, &sources, Faults::default()).expect("all of it is fine")
    });
    let texts: usize = made.files.iter().map(|file| file.text.len()).sum();
    println!("{} tests, {} KiB of text", made.plan.cases.len(), texts >> 10);
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
