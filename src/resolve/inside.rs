//! Takes the tables of a crate, gives the places in it where tests can stand, and says how to make one.

use super::bound::Place;
use super::facts::CrateFacts;
use super::items::{ModuleId, ROOT, Space, Tables, Vis, What};
use super::lower::Crate;
use super::paths::Scope;
use super::syntax::joined;
use super::workspace::Access;
use crate::model::{Code, Fault, Faults, Sources, Span};

/// Name of the module of tests, unless the user calls it otherwise.
const NAME: &str = "constraints";

/// Every module that includes tests, with the crate as it looks from there; outer modules first.
pub(super) fn tables(facts: &CrateFacts) -> Vec<(Place, Tables)> {
    let items = &facts.items;
    let mut hooks: Vec<(ModuleId, &str)> =
        items.hooks.iter().map(|(id, name)| (*id, name.as_str())).collect();
    if is_unwired(facts) {
        hooks.insert(0, (ROOT, NAME));
    }
    let place = |module: ModuleId, name: &str| Place::Inside {
        module: items.module(module).path.clone(),
        name: name.to_owned(),
    };
    hooks.iter().map(|(module, name)| (place(*module, name), items.seen_from(*module))).collect()
}

impl CrateFacts {
    /// The places where tests stand, whether there are any or not.
    pub fn places(&self) -> Vec<Place> {
        let beside = (self.access == Access::Linked).then_some(Place::Beside);
        let inside = self.items.hooks.iter().map(|(module, name)| Place::Inside {
            module: self.items.module(*module).path.clone(),
            name: name.clone(),
        });
        beside.into_iter().chain(inside).collect()
    }

    /// The file of the crate's root, from that of the package, and what has to be added to it so that tests can stand
    /// inside the crate; nothing if that is there, or need not be.
    pub fn hook_to_add(&self, sources: &Sources) -> Option<(String, String)> {
        let (file, start) = self.items.module(ROOT).stands.as_ref()?;
        is_unwired(self).then(|| (sources.file(*file).path.clone(), hook(start, &[])))
    }
}

/// What is wrong if the tests of the crate can only stand inside it, and nothing includes them.
pub(super) fn unwired(facts: &CrateFacts, sources: &Sources) -> Faults {
    let mut faults = Faults::default();
    if let Some((path, hook)) = facts.hook_to_add(sources)
        && let Some((file, _)) = &facts.items.module(ROOT).stands
    {
        let at = Span { file: *file, start: 0, end: 0 };
        let fault = Fault::error(
            Code::Unwired,
            at,
            "nothing links this crate, so its tests stand inside it, and it does not include them",
        );
        faults.push(
            fault
                .help(format!("add to {path}: {}", one_line(&hook)))
                .help("`cargo constraints init` adds it"),
        );
    }
    faults
}

fn is_unwired(facts: &CrateFacts) -> bool {
    facts.access == Access::Inside && !facts.items.hooks.contains_key(&ROOT)
}

/// Ways to test the private item at `path`, which no place there is can name.
pub(super) fn ways_in(krate: &Crate<'_>, path: &syn::Path) -> Vec<String> {
    let segments: Vec<String> =
        path.segments.iter().map(|segment| super::syntax::unraw(&segment.ident)).collect();
    let items = krate.items;
    let needed = needed(items, &segments);
    let mut ways = Vec::new();
    if needed != ROOT {
        ways.push(
            "make it `pub(crate)`, with every module on the way, so that tests inside the crate can call it"
                .to_owned(),
        );
    }
    let hookless = [ROOT, needed].into_iter().filter(|module| !items.hooks.contains_key(module));
    let mut hookless: Vec<ModuleId> = hookless.collect();
    hookless.dedup();
    for module in hookless {
        let Some((file, start)) = &items.module(module).stands else { continue };
        let file = &krate.sources.file(*file).path;
        let path = &items.module(module).path;
        let within = joined(&[&["crate".to_owned()], &path[..]].concat(), "crate");
        ways.push(format!("for tests inside `{within}`, add to {file}: {}", one_line(&hook(start, path))));
    }
    ways
}

/// The innermost module outside of which a name on the way is private.
fn needed(items: &Tables, segments: &[String]) -> ModuleId {
    let mut needed = ROOT;
    let mut module = ROOT;
    let names = segments.iter().skip(1).enumerate();
    for (at, name) in names {
        let space = if at + 2 == segments.len() { Space::Values } else { Space::Types };
        let known = &items.module(module).names;
        let entries = known.get(&(name.clone(), space)).or_else(|| known.get(&(name.clone(), Space::Types)));
        let Some(entry) = entries.and_then(|entries| entries.first()) else { break };
        if let Vis::In(within) = entry.vis
            && items.is_within(within, needed)
        {
            needed = within;
        }
        match &entry.what {
            What::Module(inner) => module = *inner,
            // A private method is private to the module of its block, most often that of its type.
            What::Item(_) if at + 2 < segments.len() => return module,
            _ => break,
        }
    }
    needed
}

/// Whether Rust of a declaration names something that tests here may not name.
pub(super) fn is_hidden(krate: &Crate<'_>, tokens: &str) -> bool {
    let mut hidden = false;
    for path in paths(tokens) {
        for space in [Space::Values, Space::Types] {
            if let Ok(step) = krate.paths().follow(Scope::Outside, &path, space) {
                hidden |= !step.reachable;
                break;
            }
        }
    }
    hidden
}

/// Every path in the text that begins with `crate`.
fn paths(text: &str) -> Vec<Vec<String>> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    let words = text.split(|letter: char| !is_part(letter)).filter(|word| word.starts_with("crate::"));
    words.map(|word| word.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()).collect()
}

/// What includes the tests inside the module at `path`, in a file for which `#[path]` starts from the folder `start`.
fn hook(start: &str, path: &[String]) -> String {
    let up = "../".repeat(start.split('/').filter(|part| !part.is_empty()).count());
    let folder = Place::folder(path);
    format!("#[cfg(test)]\n#[path = \"{up}{folder}/mod.rs\"]\nmod {NAME};\n")
}

fn one_line(hook: &str) -> String {
    format!("`{}`", hook.trim_end().replace('\n', " "))
}
