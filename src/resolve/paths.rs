//! Takes a path and the module it is written in, says what it leads to, through imports, renames and globs.
//!
//! Looks up names only; it knows nothing of types and judges nobody.

use std::collections::{BTreeSet, VecDeque};

use syn::ext::IdentExt as _;

use super::items::{Definition, ItemId, ModuleId, ROOT, Space, Tables, Vis, What};
use crate::model::Span;

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Found {
    /// A module of the crate or of `support.rs`.
    Module(ModuleId),
    /// An item of either.
    Item(ItemId),
    /// A variant of an enum of either.
    Variant(ItemId, String),
    /// Something of the standard library, from `std` on; primitives stand alone.
    Std(Vec<String>),
    /// Something of another crate.
    Elsewhere(Vec<String>),
}

/// How far a path could be followed.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// What it leads to.
    pub found: Found,
    /// How many segments at its end name something inside `found`, such as a method.
    pub rest: usize,
    /// Whether a generated test may write the path as it stands.
    pub reachable: bool,
    /// Where the last name that was followed is declared.
    pub span: Option<Span>,
}

/// Why a path leads nowhere.
#[derive(Clone, Debug)]
pub(super) enum Miss {
    /// A name on the way does not exist.
    Absent,
    /// A name on the way stands for several things.
    Ambiguous(Vec<Found>),
}

/// Where a path is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// In a module of the crate or of `support.rs`.
    Inside(ModuleId),
    /// In a declaration: `crate` is the library, `support` is `support.rs`, bare names are those of the crate's root.
    Outside,
}

/// Stands before the name of another crate where a path says that it is one.
pub(super) const EXTERN: &str = "::";

/// Follows paths through the tables of `items`.
#[derive(Clone, Copy)]
pub(super) struct Paths<'a> {
    /// The tables.
    pub items: &'a Tables,
    /// Name of the library.
    pub library: &'a str,
}

/// A name that a module offers.
#[derive(Clone)]
pub(super) struct Hit {
    pub found: Found,
    pub vis: Vis,
    pub span: Option<Span>,
}

/// Names being looked up; an import that leads to itself leads nowhere.
type Open = BTreeSet<(ModuleId, String, Space)>;

impl Paths<'_> {
    /// Follows `path`, written in `scope`, to a name of `space`.
    pub(super) fn follow(self, scope: Scope, path: &[String], space: Space) -> Result<Step, Miss> {
        self.walk(scope, path, space, &mut Open::new())
    }

    /// What `module` calls `name`, as far as it can be told.
    pub(super) fn name(self, module: ModuleId, name: &str, space: Space) -> Vec<Hit> {
        self.hits(module, name, space, &mut Open::new())
    }

    fn walk(self, scope: Scope, path: &[String], space: Space, open: &mut Open) -> Result<Step, Miss> {
        let (mut at, mut taken) = self.first(scope, path, space, open)?;
        while taken < path.len() {
            let Found::Module(module) = at.found else { break };
            let wanted = if taken + 1 == path.len() { space } else { Space::Types };
            let hit = only(self.hits(module, &path[taken], wanted, open))?;
            let reachable = at.reachable && self.items.is_reachable(hit.vis);
            at = Step { found: hit.found, rest: 0, reachable, span: hit.span };
            taken += 1;
        }
        let rest = &path[taken..];
        if let (Found::Item(item), [name]) = (&at.found, rest)
            && let Some(span) = self.variant(*item, name)
        {
            return Ok(Step { found: Found::Variant(*item, name.clone()), rest: 0, span: Some(span), ..at });
        }
        Ok(match at.found {
            Found::Std(mut start) => {
                start.extend_from_slice(rest);
                Step { found: Found::Std(start), ..at }
            }
            Found::Elsewhere(mut start) => {
                start.extend_from_slice(rest);
                Step { found: Found::Elsewhere(start), ..at }
            }
            found => Step { found, rest: rest.len(), ..at },
        })
    }

    /// What the first segments name, and how many they are.
    fn first(
        self,
        scope: Scope,
        path: &[String],
        space: Space,
        open: &mut Open,
    ) -> Result<(Step, usize), Miss> {
        let step = |found| Step { found, rest: 0, reachable: true, span: None };
        let Some(first) = path.first() else { return Err(Miss::Absent) };
        let module = match scope {
            Scope::Inside(module) => module,
            Scope::Outside => ROOT,
        };
        match (first.as_str(), scope) {
            ("crate", Scope::Outside) => return Ok((step(Found::Module(ROOT)), 1)),
            ("crate", Scope::Inside(module)) => {
                return Ok((step(Found::Module(self.items.root_of(module))), 1));
            }
            ("self", Scope::Inside(module)) => return Ok((step(Found::Module(module)), 1)),
            ("super", Scope::Inside(module)) => {
                return self.above(module, path).map(|(found, n)| (step(found), n));
            }
            ("support", Scope::Outside) => {
                let support = self.items.support.ok_or(Miss::Absent)?;
                return Ok((step(Found::Module(support)), 1));
            }
            (EXTERN, _) if path.len() > 1 => {
                let wanted = if path.len() == 2 { space } else { Space::Types };
                return self.beyond(module, &path[1..], wanted, open).map(|step| (step, 2));
            }
            _ => {}
        }
        let wanted = if path.len() == 1 { space } else { Space::Types };
        let hits = self.hits(module, first, wanted, open);
        if !hits.is_empty() {
            let hit = only(hits)?;
            let reachable = self.items.is_reachable(hit.vis);
            return Ok((Step { found: hit.found, rest: 0, reachable, span: hit.span }, 1));
        }
        self.beyond(module, path, wanted, open).map(|step| (step, 1))
    }

    /// The first segment as a name that no module of ours offers.
    fn beyond(self, module: ModuleId, path: &[String], space: Space, open: &mut Open) -> Result<Step, Miss> {
        let step = |found| Ok(Step { found, rest: 0, reachable: true, span: None });
        let first = path[0].as_str();
        if first == self.library {
            return step(Found::Module(ROOT));
        }
        let externs = self.items.externs.get(&self.items.root_of(module));
        if let Some(root) = externs.and_then(|externs| externs.get(first)) {
            return step(Found::Module(*root));
        }
        if matches!(first, "std" | "core" | "alloc") {
            return step(Found::Std(vec!["std".to_owned()]));
        }
        if let Some(known) = prelude(first) {
            return step(Found::Std(known.iter().map(|part| (*part).to_owned()).collect()));
        }
        // Before the edition of 2018 a path in `use` started at the root.
        let root = self.items.root_of(module);
        if root != module
            && let [hit] = self.hits(root, first, space, open).as_slice()
        {
            return step(hit.found.clone());
        }
        if path.len() > 1 { step(Found::Elsewhere(vec![first.to_owned()])) } else { Err(Miss::Absent) }
    }

    fn above(self, module: ModuleId, path: &[String]) -> Result<(Found, usize), Miss> {
        let ups = path.iter().take_while(|segment| *segment == "super").count();
        let mut at = module;
        for _ in 0..ups {
            at = self.items.module(at).parent.ok_or(Miss::Absent)?;
        }
        Ok((Found::Module(at), ups))
    }

    /// Everything `name` may stand for in `module`: what is named there, else what globs bring.
    fn hits(self, module: ModuleId, name: &str, space: Space, open: &mut Open) -> Vec<Hit> {
        let key = (module, name.to_owned(), space);
        if !open.insert(key.clone()) {
            return Vec::new();
        }
        let named = self.named(module, name, space, open);
        let hits = if named.is_empty() { self.globbed(module, name, space, open) } else { named };
        open.remove(&key);
        hits
    }

    fn named(self, module: ModuleId, name: &str, space: Space, open: &mut Open) -> Vec<Hit> {
        let entries = self.items.named_in(module).names.get(&(name.to_owned(), space));
        // Entries of one name exclude each other by their conditions; the first that leads anywhere stands for all.
        let hit = entries.into_iter().flatten().find_map(|entry| {
            let found = match &entry.what {
                What::Item(item) => Found::Item(*item),
                What::Module(module) => Found::Module(*module),
                What::Import(path) => {
                    let step = self.walk(Scope::Inside(module), path, space, open).ok()?;
                    (step.rest == 0).then_some(step.found)?
                }
            };
            Some(Hit { found, vis: entry.vis, span: Some(entry.span) })
        });
        hit.into_iter().collect()
    }

    /// What globs bring to `module`: each module they lead to is asked once, the open ones first.
    fn globbed(self, module: ModuleId, name: &str, space: Space, open: &mut Open) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let (mut seen, mut queue) = (BTreeSet::from([(module, true), (module, false)]), VecDeque::new());
        queue.push_back((module, Vis::Public));
        while let Some((at, cap)) = queue.pop_front() {
            let globs = self.items.named_in(at).globs.iter().filter(|glob| self.is_visible(glob.vis, module));
            for glob in globs {
                let Ok(step) = self.walk(Scope::Inside(at), &glob.path, Space::Types, open) else { continue };
                let from = match step.found {
                    Found::Module(from) => from,
                    Found::Item(item) => {
                        let vis = if cap == Vis::Public { glob.vis } else { cap };
                        let hit = |span| Hit {
                            found: Found::Variant(item, name.to_owned()),
                            vis,
                            span: Some(span),
                        };
                        hits.extend(self.variant(item, name).map(hit));
                        continue;
                    }
                    _ => continue,
                };
                let cap = if cap == Vis::Public { glob.vis } else { cap };
                if !seen.insert((from, cap == Vis::Public)) {
                    continue;
                }
                let named = self.named(from, name, space, open);
                if named.is_empty() {
                    queue.push_back((from, cap));
                }
                for hit in named.into_iter().filter(|hit| self.is_visible(hit.vis, at)) {
                    let vis = if hit.vis == Vis::Public { cap } else { hit.vis };
                    if !hits.iter().any(|known| known.found == hit.found && known.vis == Vis::Public) {
                        hits.retain(|known| known.found != hit.found);
                        hits.push(Hit { vis, ..hit });
                    }
                }
            }
        }
        hits
    }

    /// Where the variant of an enum stands.
    fn variant(self, item: ItemId, name: &str) -> Option<Span> {
        let item = self.items.item(item);
        let Definition::Enum(definition) = &item.definition else { return None };
        definition.variants.iter().any(|variant| variant.ident.unraw() == name).then_some(item.span)
    }

    fn is_visible(self, vis: Vis, from: ModuleId) -> bool {
        match vis {
            Vis::Public => true,
            Vis::Crate(module) | Vis::In(module) => self.items.is_within(from, module),
        }
    }
}

fn only(mut hits: Vec<Hit>) -> Result<Hit, Miss> {
    match hits.len() {
        0 => Err(Miss::Absent),
        1 => Ok(hits.remove(0)),
        _ => Err(Miss::Ambiguous(hits.into_iter().map(|hit| hit.found).collect())),
    }
}

/// Names that need no import, as far as values of them can be made or they decide what a function returns.
fn prelude(name: &str) -> Option<&'static [&'static str]> {
    Some(match name {
        "bool" => &["bool"],
        "char" => &["char"],
        "str" => &["str"],
        "u8" => &["u8"],
        "u16" => &["u16"],
        "u32" => &["u32"],
        "u64" => &["u64"],
        "u128" => &["u128"],
        "usize" => &["usize"],
        "i8" => &["i8"],
        "i16" => &["i16"],
        "i32" => &["i32"],
        "i64" => &["i64"],
        "i128" => &["i128"],
        "isize" => &["isize"],
        "f32" => &["f32"],
        "f64" => &["f64"],
        "String" => &["std", "string", "String"],
        "Vec" => &["std", "vec", "Vec"],
        "Option" => &["std", "option", "Option"],
        "Result" => &["std", "result", "Result"],
        "Box" => &["std", "boxed", "Box"],
        _ => return None,
    })
}
