//! Takes the plan, gives the Rust files: the root with the modules, and one file a namespace.

use std::collections::BTreeMap;

use crate::kinds::{self, ident};
use crate::model::{Effort, Level};
use crate::plan::{Case, Plan, Test};
use crate::resolve::{Place, Tokio};
use proc_macro2::TokenStream;
use quote::quote;

use super::earlier::{self, Earlier, Item, Items};
use super::makers::Makers;
use super::samples::Samples;
use super::{EmittedFile, FIRST_LINE, FOLDER, Wiring, print, steps};

/// What a stranger's lints might say of code that they cannot edit.
const ALLOWED: &str = "\
#![allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
#![allow(unused, missing_docs, deprecated, unreachable_pub, non_snake_case)]
#![allow(text_direction_codepoint_in_literal)]
// Every test can be left out by its id, so that one that does not compile never stops the others.
#![allow(unexpected_cfgs, special_module_name)]
";

/// The tests of each place by their namespace.
pub(super) type Written = BTreeMap<Place, BTreeMap<String, Items>>;

/// The root of the tests of `place` and the file of each of their namespaces.
pub(super) fn files(
    plan: &Plan,
    written: BTreeMap<String, Items>,
    place: &Place,
    wiring: &Wiring,
) -> Vec<EmittedFile> {
    let mut tree = Namespace::default();
    for (namespace, tests) in written {
        tree.at(&namespace).tests = Some(tests);
    }
    let home = Home { place, wiring };
    let mut files = Vec::new();
    let modules = tree.collect(&[], home, &mut files);
    let (runtime, library) = (ident(&wiring.runtime), ident(&wiring.library));
    let tokio = wiring.tokio.iter().map(|tokio| ident(&tokio.name));
    let crates = (wiring.declares_crates && *place == Place::Beside)
        .then(|| quote!(extern crate #runtime; extern crate #library; #(extern crate #tokio;)*));
    let support = wiring.has_support.then(|| {
        let path = home.support_file();
        quote! {
            #[cfg(not(without = "support"))]
            #[path = #path]
            mod support;
        }
    });
    let counts_heap = |case: &&Case| {
        !matches!(case.test, Test::MissingTarget { .. })
            && kinds::find(case.kind).is_some_and(kinds::Kind::counts_heap)
    };
    let mut here = plan.cases.iter().filter(|case| case.place == *place);
    let heap = here.any(|case| counts_heap(&case)).then(|| {
        quote! {
            #[cfg(not(without = "heap"))]
            #[global_allocator]
            static HEAP: ::#runtime::v1::Heap = ::#runtime::v1::Heap;
        }
    });
    let items = crates.into_iter().chain(support).chain(heap).chain(modules).collect();
    let of = match place {
        Place::Beside => String::new(),
        Place::Inside { module, .. } => {
            let module = ["crate".to_owned()].into_iter().chain(module.iter().cloned());
            format!(" that stand inside `{}`", module.collect::<Vec<_>>().join("::"))
        }
    };
    let text = format!(
        "{FIRST_LINE}\n//! The tests of `constraints/`{of}, one a constraint; what they do stands in `constraints-runtime`.\n\
         //!\n//! To change a test change its constraint and run `cargo constraints gen`.\n\n{ALLOWED}\n{}",
        print::items(items, "\n")
    );
    files.push(EmittedFile { path: format!("{}/mod.rs", home.folder()), text, items: Vec::new() });
    files
}

/// Where the tests at hand stand, and what is around them.
#[derive(Clone, Copy)]
struct Home<'p> {
    place: &'p Place,
    wiring: &'p Wiring,
}

impl Home<'_> {
    /// The folder of their files.
    fn folder(self) -> String {
        match self.place {
            Place::Beside => FOLDER.to_owned(),
            Place::Inside { module, .. } => Place::folder(module),
        }
    }

    /// The user's own Rust, from that folder.
    fn support_file(self) -> String {
        format!("{}constraints/support.rs", "../".repeat(self.folder().split('/').count()))
    }

    /// What the file of these tests begins with.
    fn uses(self, tests: &str) -> Vec<TokenStream> {
        let module = self.place.path();
        let module = module.iter().map(|name| ident(name));
        let support = self.wiring.has_support.then(|| {
            quote! {
                #[cfg(not(without = "support"))]
                use crate::#(#module::)*support;
            }
        });
        let library = (*self.place == Place::Beside).then(|| {
            let library = ident(&self.wiring.library);
            quote!(use ::#library;)
        });
        let runtime = ident(&self.wiring.runtime);
        let waits = tests.contains("rt::block_on(");
        let runtime = match self.wiring.tokio.as_ref().filter(|_| waits) {
            None => quote!(use ::#runtime::v1 as rt;),
            Some(tokio) => {
                let waiting = if tests.contains("rt::scarce") { dropping(tokio) } else { waiting(tokio) };
                quote! {
                    /// The runtime, with futures waited for on tokio.
                    mod rt {
                        pub use ::#runtime::v1::*;
                        #waiting
                    }
                }
            }
        };
        support.into_iter().chain(library).chain([runtime]).collect()
    }
}

/// What waits on tokio, anew each time.
fn waiting(tokio: &Tokio) -> TokenStream {
    let tokio = ident(&tokio.name);
    quote! {
        pub fn block_on<F: std::future::Future>(future: F) -> F::Output {
            let tokio = ::#tokio::runtime::Builder::new_current_thread().enable_all().build();
            tokio.expect("tokio starts").block_on(future)
        }
    }
}

/// What waits on one tokio as long as a case lasts, where it asks for that, and what makes each turn a short one.
fn dropping(tokio: &Tokio) -> TokenStream {
    let name = ident(&tokio.name);
    let paused = tokio.has_paused_time.then(|| quote!(.start_paused(skips_time())));
    let scarce = tokio.has_locks.then(|| {
        quote! {
            pub fn scarce(context: &mut std::task::Context<'_>, most: usize) -> usize {
                let lock = ::#name::sync::Semaphore::new(1);
                let is_left = |_: &usize| {
                    let taken = std::pin::pin!(lock.acquire());
                    std::future::Future::poll(taken, context).is_ready()
                };
                (0..most).take_while(is_left).count()
            }
        }
    });
    quote! {
        pub fn block_on<F: std::future::Future>(future: F) -> F::Output {
            let start = || ::#name::runtime::Builder::new_current_thread().enable_all()#paused.build();
            during_case(|| start().expect("tokio starts")).block_on(future)
        }
        #scarce
    }
}

/// The constraints of a namespace and the namespaces below it.
#[derive(Default)]
struct Namespace {
    /// Its name in declarations.
    name: String,
    tests: Option<Items>,
    below: BTreeMap<String, Namespace>,
}

impl Namespace {
    fn at(&mut self, namespace: &str) -> &mut Self {
        let mut here = self;
        for module in namespace.split('.') {
            here = here.below.entry(module.to_owned()).or_default();
        }
        namespace.clone_into(&mut here.name);
        here
    }

    /// The declarations of the modules below, after adding their files.
    fn collect(mut self, path: &[String], home: Home<'_>, files: &mut Vec<EmittedFile>) -> Vec<TokenStream> {
        let mut declarations = Vec::new();
        for (module, mut namespace) in std::mem::take(&mut self.below) {
            let path: Vec<String> = path.iter().cloned().chain([module.clone()]).collect();
            let (name, tests) = (std::mem::take(&mut namespace.name), namespace.tests.take());
            let inside = namespace.collect(&path, home, files);
            let module = ident(&module);
            // Formatted here already, in a way of its own: the user's formatter would make every file stale.
            let skip = path.len() == 1;
            let skip = skip.then(|| quote!(#[rustfmt::skip]));
            if let Some(tests) = tests {
                let path = format!("{}/{}.rs", home.folder(), path.join("/"));
                files.push(file(path, &name, tests, inside, home));
                declarations.push(quote!(#skip mod #module;));
            } else {
                declarations.push(quote!(#skip mod #module { #(#inside)* }));
            }
        }
        declarations
    }
}

fn file(path: String, namespace: &str, tests: Items, below: Vec<TokenStream>, home: Home<'_>) -> EmittedFile {
    let uses = home.uses(&tests.text).into_iter().chain(below).collect();
    let declared = format!("constraints/{}.toml", namespace.replace('.', "/"));
    let mut text =
        format!("{FIRST_LINE}\n//! The constraints of `{declared}`.\n\n{}\n", print::items(uses, ""));
    let (start, Items { text: tests, mut items }) = (text.len(), tests);
    text.push_str(&tests);
    for Item { at, .. } in &mut items {
        *at = at.start + start..at.end + start;
    }
    EmittedFile { path, text, items }
}

/// The tests that stand in one file, with what they share.
pub(super) fn tests(mut cases: Vec<&Case>, earlier: &Earlier) -> Items {
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    let mut items = Items::default();
    let samples = Samples::of(&cases);
    for constant in samples.items() {
        items.add(&print::items(vec![constant], ""));
    }
    for case in &cases {
        items.add_of(earlier::of_test(case, &samples), earlier, || test(case, &samples));
    }
    let makers = Makers::of(&cases);
    if makers.all().next().is_some() {
        let module = || print::items(makers.module().into_iter().collect(), "");
        items.add_of(earlier::of_makers(&makers), earlier, module);
    }
    items
}

/// The text of one test and of what it shares with others.
pub(super) fn alone(case: &Case) -> String {
    let samples = Samples::of(&[case]);
    let makers = Makers::of(&[case]).module().map(|module| format!("\n{}", print::items(vec![module], "")));
    format!("{}{}{}", print::items(samples.items(), ""), test(case, &samples), makers.unwrap_or_default())
}

fn test(case: &Case, samples: &Samples<'_>) -> String {
    let id = case.id.as_str();
    let path = case.id.test_path();
    let name = ident(path.rsplit("::").next().unwrap_or_default());
    let consequence = match case.level {
        Level::Block => "blocks merge",
        Level::Warn => "warns",
        Level::Info => "informs",
    };
    let first = format!(" {id} · {} · {consequence}", case.area.name());
    let says = format!(" {}", sentence(&case.says));
    let body = match &case.test {
        Test::Oracle(call) => steps::oracle(id, call, samples),
        Test::Written { .. } => panic!("a test is written once, and {id} is asked for again"),
        Test::MissingTarget { nearest } => {
            let (kind, target) = (case.kind, &case.target);
            quote!(rt::missing_target(#id, #kind, #target, &[#(#nearest),*]);)
        }
    };
    let test = quote! {
        #[doc = #first]
        #[doc = #says]
        #[test]
        #[cfg(not(without = #id))]
        fn #name() {
            #body
        }
    };
    let whole = steps::reworded(id, &case.test, print::items(vec![test], ""));
    // A test starts itself again in a process of its own, by its path, which the id alone does not say here.
    let inside = (!case.place.is_beside()).then(|| "rt::inside(module_path!())".to_owned());
    let Effort { cases, budget } = case.effort;
    let cases = cases.map(|cases| format!("rt::cases({})", cases.value));
    let budget = budget.map(|budget| format!("rt::budget({:?})", budget.value));
    let calls = [inside, cases, budget].into_iter().flatten();
    let first = calls.fold("() {\n".to_owned(), |text, call| text + "    " + &call + ";\n");
    whole.replacen("() {\n", &first, 1)
}

/// A text of the user as one line of a comment, without characters that change how the line is read.
fn sentence(text: &str) -> String {
    let shown = |letter: char| {
        if letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        {
            ' '
        } else {
            letter
        }
    };
    let text: String = text.chars().map(shown).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
