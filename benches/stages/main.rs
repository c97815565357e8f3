//! How long `gen` takes over a made-up crate of 50,000 lines, as a command and stage by stage, and with how much memory:
//! `cargo bench --bench stages`, or with a part of a name behind `--`.
//!
//! The command is the built tool in a folder of its own, as a user starts it. The stages happen in memory, so that
//! nothing but them is measured, and the memory in use is counted there.

#![expect(
    clippy::disallowed_methods,
    reason = "a measurement lays out files of its own, and starts the tool"
)]

mod synthetic;

use divan::AllocProfiler;

#[global_allocator]
static COUNTING: AllocProfiler = AllocProfiler::system();

/// Lines of the made-up crate.
const LINES: usize = 50_000;
/// Numbers of constraints over it.
const CONSTRAINTS: [usize; 4] = [100, 1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

/// `cargo constraints gen` in a folder.
mod command {
    use std::cell::Cell;
    use std::fs;
    use std::path::Path;
    use std::process::Command;

    use divan::Bencher;
    use tempfile::TempDir;

    use super::{CONSTRAINTS, LINES, synthetic};

    /// The file of sources that is changed.
    const CHANGED: &str = "src/part7.rs";

    /// Nothing was generated before.
    #[divan::bench(args = CONSTRAINTS, sample_count = 3, sample_size = 1)]
    fn nothing_there(bencher: Bencher<'_, '_>, count: usize) {
        let folder = laid_out(count);
        let clear = || {
            for made in ["generated", "target"].map(|name| folder.path().join(name)) {
                if made.exists() {
                    fs::remove_dir_all(made).expect("it can be removed");
                }
            }
        };
        bencher.with_inputs(clear).bench_local_values(|()| generate(folder.path()));
    }

    /// Everything is as it was.
    #[divan::bench(args = CONSTRAINTS, sample_count = 9, sample_size = 1)]
    fn nothing_changed(bencher: Bencher<'_, '_>, count: usize) {
        let folder = laid_out(count);
        generate(folder.path());
        bencher.bench_local(|| generate(folder.path()));
    }

    /// A function of one file has another body.
    #[divan::bench(args = CONSTRAINTS, sample_count = 9, sample_size = 1)]
    fn body_changed(bencher: Bencher<'_, '_>, count: usize) {
        one_file_changed(
            bencher,
            count,
            ["let mut read = String::new();", "let mut read = String::from(\"\");"],
        );
    }

    /// A function of one file has another signature.
    #[divan::bench(args = CONSTRAINTS, sample_count = 9, sample_size = 1)]
    fn signature_changed(bencher: Bencher<'_, '_>, count: usize) {
        one_file_changed(bencher, count, ["count: usize", "count: u16"]);
    }

    /// A file has a function more.
    #[divan::bench(args = CONSTRAINTS, sample_count = 9, sample_size = 1)]
    fn function_added(bencher: Bencher<'_, '_>, count: usize) {
        one_file_changed(bencher, count, ["\n/// Reads line 3.", "\nfn more() {}\n\n/// Reads line 3."]);
    }

    /// One text takes the place of the other, once, and back in the next round.
    fn one_file_changed(bencher: Bencher<'_, '_>, count: usize, texts: [&str; 2]) {
        let folder = laid_out(count);
        generate(folder.path());
        let path = folder.path().join(CHANGED);
        let first = fs::read_to_string(&path).expect("it was laid out");
        let other = first.replacen(texts[0], texts[1], 1);
        assert_ne!(first, other, "there is something to change");
        let is_other = Cell::new(false);
        let change = || {
            is_other.set(!is_other.get());
            fs::write(&path, if is_other.get() { &other } else { &first }).expect("it can be written");
        };
        bencher.with_inputs(change).bench_local_values(|()| generate(folder.path()));
    }

    fn generate(folder: &Path) {
        let tool =
            Command::new(env!("CARGO_BIN_EXE_cargo-constraints")).arg("gen").current_dir(folder).output();
        let tool = tool.expect("the tool can be started");
        assert!(tool.status.success(), "{}", String::from_utf8_lossy(&tool.stderr));
    }

    /// The package with so many constraints.
    fn laid_out(count: usize) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let manifest =
            "[package]\nname = \"made_up\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";
        let declarations = synthetic::declarations(count, LINES).into_iter();
        let declarations = declarations.map(|(path, text)| (format!("constraints/{path}"), text));
        let files = synthetic::sources(LINES).into_iter().chain(declarations);
        for (path, text) in files.chain([("Cargo.toml".to_owned(), manifest.to_owned())]) {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
            fs::write(path, text).expect("it can be written");
        }
        folder
    }
}

/// What `gen` does, in memory.
mod stage {
    use cargo_constraints::emit::Earlier;
    use cargo_constraints::graph::ConstraintGraph;
    use cargo_constraints::kinds;
    use cargo_constraints::make::make;
    use cargo_constraints::model::{self, Faults, FileId, Model, Sources};
    use cargo_constraints::resolve::CrateFacts;

    use super::{CONSTRAINTS, LINES, synthetic};

    /// The sources of the crate are read.
    #[divan::bench(sample_count = 3, sample_size = 1)]
    fn sources(bencher: divan::Bencher<'_, '_>) {
        let texts = synthetic::sources(LINES);
        bencher.bench_local(|| facts(&texts, &mut Sources::default()));
    }

    /// The declarations are read.
    #[divan::bench(args = CONSTRAINTS, sample_count = 3, sample_size = 1)]
    fn declarations(bencher: divan::Bencher<'_, '_>, count: usize) {
        let (sources, files) = declared(count, Sources::default());
        bencher.bench_local(|| read(&sources, &files));
    }

    /// All of it: the sources, the declarations, their graph, the tests. Once, for what the parser keeps of a source is
    /// kept as long as the process lives, and would be counted again.
    #[divan::bench(args = CONSTRAINTS, sample_count = 1, sample_size = 1)]
    fn all(bencher: divan::Bencher<'_, '_>, count: usize) {
        let texts = synthetic::sources(LINES);
        bencher.bench_local(|| {
            let mut sources = Sources::default();
            let facts = facts(&texts, &mut sources);
            let (sources, files) = declared(count, sources);
            let model = read(&sources, &files);
            let (graph, _) = ConstraintGraph::build(&model);
            let made = make(&model, &graph, &facts, &sources, Faults::default(), &Earlier::default());
            made.expect("all of it is fine")
        });
    }

    fn facts(texts: &[(String, String)], sources: &mut Sources) -> CrateFacts {
        let texts: Vec<(&str, &str)> =
            texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        CrateFacts::from_texts("made_up", &texts, sources).expect("it is complete")
    }

    fn declared(count: usize, mut sources: Sources) -> (Sources, Vec<(String, FileId)>) {
        let files = synthetic::declarations(count, LINES).into_iter().map(|(path, text)| {
            let namespace = path.trim_end_matches(".toml").to_owned();
            (namespace, sources.add(format!("constraints/{path}"), text))
        });
        let files = files.collect();
        (sources, files)
    }

    fn read(sources: &Sources, files: &[(String, FileId)]) -> Model {
        let (model, faults) = model::read(sources, files, &kinds::about_all());
        assert!(!faults.refuse(), "{:?}", faults.sorted().first());
        model
    }
}
