//! The counting build: which crates are instrumented, and how the compiler is told.
//!
//! The search goes by the edges that a case passes, and kinds that measure time by their number.
//!
//! Cargo starts this program in place of the compiler. A crate that is to be counted has a number of code generation
//! units that nobody would choose; that is a setting of its profile, so Cargo itself keeps what is counted apart from
//! what is not, builds no other crate anew, and needs no folder of its own.
//! What is linked without the runtime, such as build scripts and binaries, gets an empty function for what
//! instrumented code calls.

#![expect(clippy::disallowed_methods, reason = "this room starts Cargo, and the compiler in its place")]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::{Command, ExitStatus};

use cargo_metadata::{DependencyKind, Metadata, Node, Package, PackageId, TargetKind};

use super::{Options, Subject};
use crate::plan::Case;
use crate::resolve::package_graph;

/// Set for Cargo, so that this program knows that it stands for the compiler; holds the wrapper that the user has.
pub const WRAPPER_VARIABLE: &str = "CONSTRAINTS_RUSTC_WRAPPER";

/// The number of code generation units of a crate that is counted.
const MARK: &str = "codegen-units=251";

/// Crates that are counted at most, those nearest to the crate under test first.
const MOST: usize = 60;

/// Of those so many are optimized a little, if they are not the user's own: they are built once and executed all the
/// time. Further ones cost more to build than they give. None is where a test measures the stack: an optimizer makes
/// loops of calls.
const QUICK: usize = 12;

/// What makes the compiler put a call at every edge, and at every comparison of numbers.
const FLAGS: [&str; 4] = [
    "passes=sancov-module",
    "llvm-args=-sanitizer-coverage-level=3",
    "llvm-args=-sanitizer-coverage-trace-pc-guard",
    "llvm-args=-sanitizer-coverage-trace-compares",
];

/// What instrumented code calls, answered by a function that every program has and that does nothing.
const STUBS: [&str; 11] = [
    "link-arg=-Wl,--defsym=__sanitizer_cov_trace_pc_guard=_fini",
    "link-arg=-Wl,--defsym=__sanitizer_cov_trace_pc_guard_init=_fini",
    "link-arg=-Wl,--defsym=__sanitizer_cov_trace_switch=_fini",
    "link-arg=-Wl,--defsym=__sanitizer_cov_trace_cmp1=_fini",
    "link-arg=-Wl,--defsym=__sanitizer_cov_trace_cmp2=_fini",
    "link-arg=-Wl,--defsym=__sanitizer_cov_trace_cmp4=_fini",
    "link-arg=-Wl,--defsym=__sanitizer_cov_trace_cmp8=_fini",
    "link-arg=-Wl,--defsym=__sanitizer_cov_trace_const_cmp1=_fini",
    "link-arg=-Wl,--defsym=__sanitizer_cov_trace_const_cmp2=_fini",
    "link-arg=-Wl,--defsym=__sanitizer_cov_trace_const_cmp4=_fini",
    "link-arg=-Wl,--defsym=__sanitizer_cov_trace_const_cmp8=_fini",
];

/// A build that counts.
#[derive(Clone, Debug)]
pub(super) struct Counting {
    /// This program.
    wrapper: PathBuf,
    packages: Vec<Counted>,
    /// Nothing is optimized that the manifest does not say.
    keeps_frames: bool,
}

/// A package that is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// As Cargo names it.
    pub(super) spec: String,
    name: String,
    /// Whether it is optimized a little.
    is_quick: bool,
}

impl Counting {
    /// What has to be counted for the tests that are to run; nothing where no test asks for it, or it cannot be done.
    pub(super) fn for_run(subject: Subject<'_>, options: &Options) -> Option<Self> {
        let is_possible = subject.facts.build.target.is_none()
            && cfg!(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64"));
        // What executes cases is led by what they do, and some kinds judge by how much that is.
        let wants = |case: &Case| options.selects(&case.id) && case.test.executes();
        let is_wanted = is_possible && !options.compile_only && subject.plan.cases.iter().any(wants);
        let wrapper = options.wrapper.clone().filter(|_| is_wanted)?;
        let packages = packages(subject, true)?;
        Some(Self { wrapper, packages, keeps_frames: subject.plan.cases.iter().any(Case::counts_stack) })
    }

    /// Has Cargo build so.
    pub(super) fn set_up(&self, command: &mut Command) {
        command.args(self.settings().iter().flat_map(|setting| ["--config", setting]));
        command.env(WRAPPER_VARIABLE, std::env::var_os("RUSTC_WRAPPER").unwrap_or_default());
        command.env("RUSTC_WRAPPER", &self.wrapper);
    }

    fn settings(&self) -> Vec<String> {
        let of = |package: &str, setting: &str| format!("profile.dev.package.{package:?}.{setting}");
        let is_quick = |package: &&Counted| package.is_quick && !self.keeps_frames;
        let marked = self.packages.iter().map(|package| of(&package.spec, MARK));
        let quick = self.packages.iter().filter(is_quick).map(|package| of(&package.spec, "opt-level=1"));
        // What its own use of the standard library is checked for is what its own tests are for; the code under test
        // keeps all checks.
        let runtime = of("constraints-runtime", "debug-assertions=false");
        marked.chain(quick).chain([runtime]).collect()
    }
}

/// The crate under test and the crates that it calls, and the runtime if it is to be among them; nothing where Cargo
/// does not say which they are.
pub(super) fn packages(subject: Subject<'_>, with_runtime: bool) -> Option<Vec<Counted>> {
    let metadata = package_graph(&subject.facts.manifest, &subject.facts.build)?;
    let mut packages = Graph::of(&metadata)?.counted(&subject.facts.package, with_runtime)?;
    let manifest = std::fs::read_to_string(metadata.workspace_root.join("Cargo.toml")).ok();
    let profiles = Profiles(manifest.and_then(|text| text.parse().ok()).unwrap_or_default());
    for package in packages.iter_mut().filter(|package| package.is_quick).skip(QUICK) {
        package.is_quick = false;
    }
    for package in &mut packages {
        package.is_quick &= !profiles.decide(&package.name);
    }
    Some(packages)
}

/// The packages by their ids.
struct Graph<'m> {
    packages: BTreeMap<&'m PackageId, &'m Package>,
    nodes: BTreeMap<&'m PackageId, &'m Node>,
}

impl<'m> Graph<'m> {
    fn of(metadata: &'m Metadata) -> Option<Self> {
        let packages = metadata.packages.iter().map(|package| (&package.id, package)).collect();
        let nodes = metadata.resolve.as_ref()?.nodes.iter().map(|node| (&node.id, node)).collect();
        Some(Self { packages, nodes })
    }

    /// What the package named needs when it runs, without what the runtime needs for itself: instrumenting that would
    /// slow the search down and have most of it built anew.
    fn counted(&self, package: &str, with_runtime: bool) -> Option<Vec<Counted>> {
        let named = |name: &str| {
            let mut found = self.packages.values().filter(|package| package.name.as_str() == name);
            found.find(|package| package.source.is_none()).or_else(|| found.next())
        };
        let subject = &named(package)?.id;
        let runtime = named("constraints-runtime").map(|package| &package.id)?;
        let ours: BTreeSet<&PackageId> = self.reached(runtime, usize::MAX).into_iter().collect();
        let direct: BTreeSet<&PackageId> = self.needed(subject).collect();
        let is_counted = |id: &&&PackageId| {
            let is_ours = **id == runtime || (ours.contains(**id) && !direct.contains(**id));
            !is_ours && self.packages.get(**id).is_some_and(|package| !is_macro(package))
        };
        let reached = self.reached(subject, MOST);
        let counted = reached.iter().filter(is_counted).chain(with_runtime.then_some(&runtime));
        let spec = |id: &&PackageId| {
            let package = self.packages.get(*id)?;
            // Two names for one package in the profiles are refused, and people name it without its version.
            let is_alone = self.packages.values().filter(|it| it.name == package.name).count() == 1;
            let name = package.name.to_string();
            let spec = if is_alone { name.clone() } else { format!("{name}@{}", package.version) };
            // The user's own change often, and are to be built quickly.
            let is_quick = package.source.is_some() && **id != *runtime;
            Some(Counted { spec, name, is_quick })
        };
        Some(counted.filter_map(spec).collect())
    }

    /// The package and what it needs, the nearest first.
    fn reached(&self, from: &'m PackageId, most: usize) -> Vec<&'m PackageId> {
        let (mut seen, mut open) = (BTreeSet::from([from]), VecDeque::from([from]));
        let mut reached = Vec::new();
        while let Some(id) = open.pop_front().filter(|_| reached.len() < most) {
            reached.push(id);
            open.extend(self.needed(id).filter(|needed| seen.insert(*needed)));
        }
        reached
    }

    /// What a package needs when it runs.
    fn needed(&self, id: &PackageId) -> impl Iterator<Item = &'m PackageId> + use<'m> {
        let node: Option<&'m Node> = self.nodes.get(id).copied();
        let is_normal =
            |kinds: &[cargo_metadata::DepKindInfo]| kinds.iter().any(|it| it.kind == DependencyKind::Normal);
        node.into_iter()
            .flat_map(|node| &node.deps)
            .filter(move |it| is_normal(&it.dep_kinds))
            .map(|it| &it.pkg)
    }
}

/// The manifest with the profiles.
struct Profiles(toml::Table);

impl Profiles {
    /// Whether it says how far this package is optimized in tests.
    fn decide(&self, package: &str) -> bool {
        let has = |table: &toml::Table| table.contains_key("opt-level");
        let tables = ["dev", "test"].iter().filter_map(|name| self.0.get("profile")?.get(name)?.as_table());
        tables.into_iter().any(|profile| {
            let packages = profile.get("package").and_then(toml::Value::as_table);
            let of = |name: &str| packages?.get(name)?.as_table();
            has(profile) || [package, "*"].iter().filter_map(|name| of(name)).any(has)
        })
    }
}

fn is_macro(package: &Package) -> bool {
    package.targets.iter().any(|target| target.kind.contains(&TargetKind::ProcMacro))
}

/// Does what the compiler would do with these arguments, its own name first; crates with the mark are counted.
///
/// # Errors
/// If the compiler cannot be started.
pub fn compile_in_place(arguments: Vec<OsString>, around: &OsStr) -> std::io::Result<ExitStatus> {
    let mut words = arguments.into_iter();
    let compiler = words.next().unwrap_or_else(|| "rustc".into());
    let mut command = if around.is_empty() {
        Command::new(compiler)
    } else {
        let mut command = Command::new(around);
        command.arg(compiler);
        command
    };
    command.args(instrumented(words.collect())).status()
}

/// The arguments with what counting needs.
fn instrumented(arguments: Vec<OsString>) -> Vec<OsString> {
    let is = |word: &OsString, text: &str| word == OsStr::new(text);
    let after = |name: &str| {
        let at = arguments.iter().position(|word| is(word, name))?;
        arguments.get(at + 1)?.to_str()
    };
    let Some(name) = after("--crate-name").map(str::to_owned) else { return arguments };
    let is_test = arguments.iter().any(|word| is(word, "--test"));
    let is_marked = arguments.iter().any(|word| is(word, MARK) || is(word, &format!("-C{MARK}")));
    let links = is_test || after("--crate-type").is_some_and(|it| !matches!(it, "lib" | "rlib"));
    let is_ours = name == "constraints" && is_test;
    let is_runtime = name == "constraints_runtime";
    let is_inside = is_test && !is_ours;
    let is_host = name.starts_with("build_script_") || after("--crate-type") == Some("proc-macro");
    let says_lto = arguments.iter().any(|word| word.to_string_lossy().starts_with("lto"));
    let mut words = Vec::new();
    let mut rest = arguments.into_iter().peekable();
    while let Some(word) = rest.next() {
        // The mark has done its work.
        if is(&word, "-C") && rest.peek().is_some_and(|next| is(next, MARK)) {
            rest.next();
        } else if !is(&word, &format!("-C{MARK}")) {
            words.push(word);
        }
    }
    let mut add = |flags: &[&str]| words.extend(flags.iter().flat_map(|flag| ["-C".into(), (*flag).into()]));
    if is_marked && !is_runtime && !is_ours && !is_host {
        add(&FLAGS);
    }
    // A test that stands in the crate links the runtime, which has the real ones.
    if links && !is_ours && !is_inside {
        add(&STUBS);
    }
    if is_marked && is_runtime {
        words.extend(["--cfg", "constraints_counting"].map(OsString::from));
    }
    // Optimizing across the units of a crate takes as long as all else, and gives hardly quicker code.
    if is_marked && !links && !says_lto {
        words.extend(["-C", "lto=off"].map(OsString::from));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(line: &str) -> String {
        let words = instrumented(line.split(' ').map(OsString::from).collect());
        words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_marked_crate_is_instrumented_and_loses_its_mark() {
        let said = arguments(
            "--crate-name quick_xml --crate-type lib -C codegen-units=251 -C opt-level=1 src/lib.rs",
        );
        assert!(
            said.starts_with("--crate-name quick_xml --crate-type lib -C opt-level=1 src/lib.rs -C passes="),
            "{said}"
        );
        assert!(said.ends_with("-C lto=off"), "{said}");
        let own = arguments("--crate-name a --crate-type lib -C codegen-units=251 -C lto=thin src/lib.rs");
        assert!(!own.contains("lto=off"), "what the manifest says goes before: {own}");
        assert!(!said.contains("251") && !said.contains("link-arg"), "{said}");
    }

    #[test]
    fn nothing_is_optimized_where_the_stack_is_measured() {
        let package = |name: &str, is_quick| Counted { spec: name.into(), name: name.into(), is_quick };
        let packages = vec![package("app", false), package("parser", true)];
        let counting = Counting { wrapper: PathBuf::new(), packages, keeps_frames: false };
        let quick = "profile.dev.package.\"parser\".opt-level=1".to_owned();
        assert!(counting.settings().contains(&quick), "{:?}", counting.settings());
        let settings = Counting { keeps_frames: true, ..counting }.settings();
        assert!(!settings.iter().any(|setting| setting.contains("opt-level")), "{settings:?}");
        assert!(settings.contains(&format!("profile.dev.package.\"parser\".{MARK}")));
    }

    #[test]
    fn what_the_manifest_says_about_optimizing_stays_as_it_is() {
        let decide = |text: &str| Profiles(text.parse().expect("a manifest")).decide("alpha");
        assert!(!decide(
            "[profile.dev.package.constraints-runtime]\nopt-level = 1\n[profile.dev]\ndebug = 0\n"
        ));
        assert!(decide("[profile.dev]\nopt-level = 0\n"));
        assert!(decide("[profile.test]\nopt-level = 3\n"));
        assert!(decide("[profile.dev.package.\"*\"]\nopt-level = 3\n"));
        assert!(decide("[profile.dev.package.alpha]\nopt-level = \"s\"\n"));
    }

    #[test]
    fn what_is_not_marked_is_left_as_it_is() {
        for line in
            ["-vV", "- --crate-name ___ --print=file-names", "--crate-name serde --crate-type lib src/lib.rs"]
        {
            assert_eq!(arguments(line), line);
        }
    }

    #[test]
    fn what_links_without_the_runtime_gets_what_instrumented_code_calls() {
        for line in [
            "--crate-name build_script_build --crate-type bin build.rs -C codegen-units=251",
            "--crate-name derive --crate-type proc-macro src/lib.rs -C codegen-units=251",
        ] {
            let said = arguments(line);
            assert!(said.contains("--defsym") && !said.contains("sancov"), "{said}");
        }
        let app = arguments("--crate-name app --crate-type bin src/main.rs -C codegen-units=251");
        assert!(app.contains("--defsym") && app.contains("sancov"), "{app}");
        let test = arguments("--crate-name constraints --test generated/mod.rs -C codegen-units=251");
        assert_eq!(test, "--crate-name constraints --test generated/mod.rs");
        let inside = arguments("--crate-name app --test src/main.rs -C codegen-units=251");
        assert!(inside.contains("sancov") && !inside.contains("--defsym"), "{inside}");
    }

    #[test]
    fn the_runtime_is_told_that_it_counts_and_is_not_counted() {
        let said =
            arguments("--crate-name constraints_runtime --crate-type lib -C codegen-units=251 src/lib.rs");
        assert_eq!(
            said,
            "--crate-name constraints_runtime --crate-type lib src/lib.rs --cfg constraints_counting -C lto=off"
        );
    }
}
