//! Takes a type that no function of its own makes, gives the functions elsewhere in its crate that give one: by itself,
//! or as a part of what they give.
//!
//! It never proposes a function that by its name reaches outside the process.

use syn::{ImplItem, ReturnType, Signature};

use super::blocks::unify;
use super::constructors::{has_receiver, is_plain, rank};
use super::fields::Said;
use super::items::{Definition, ItemId, ROOT};
use super::lower::{Crate, Decided, Env};
use super::made::{Given, Way};
use super::paths::{Found, Scope};
use super::syntax::{joined, ours};
use super::ty::Ty;

/// As many ways are used.
const MOST_WAYS: usize = 3;

/// A function of the crate.
struct Giver<'g> {
    signature: &'g Signature,
    generics: Vec<&'g syn::Generics>,
    scope: Scope,
    /// The type that has it, as written; nothing for a free function.
    of: Option<&'g syn::Type>,
    /// The path of a free function.
    path: Option<String>,
}

/// How a value is taken out of what a function gives.
struct Taken<'t> {
    /// The type of the part.
    part: &'t Ty,
    /// Rust over `it`.
    pick: String,
    /// Whether there may be none.
    refuses: bool,
}

impl Crate<'_> {
    /// Functions elsewhere that give a value of the type, the plainest first.
    pub(super) fn givers(&self, id: ItemId, arguments: &[Ty]) -> Vec<Way> {
        let this = Ty::Local(id, arguments.to_vec());
        let mut givers = self.all_givers(id);
        givers.sort_by_key(|giver| (has_receiver(giver.signature), giver.signature.inputs.len()));
        let ways = givers.iter().filter_map(|giver| self.given_way(giver, id, &this));
        ways.take(MOST_WAYS).collect()
    }

    fn all_givers(&self, id: ItemId) -> Vec<Giver<'_>> {
        let own_root = |module| self.items.root_of(module) == ROOT;
        let mut givers = Vec::new();
        for (found, path) in self.public.all() {
            let Found::Item(function) = found else { continue };
            let item = self.items.item(*function);
            if let Definition::Function(signature) = &item.definition
                && own_root(item.module)
            {
                givers.push(Giver {
                    signature,
                    generics: vec![&signature.generics],
                    scope: Scope::Inside(item.module),
                    of: None,
                    path: Some(joined(path, self.library)),
                });
            }
        }
        for (at, block) in self.items.blocks() {
            let is_other = matches!(self.impls.pattern(at), Ty::Local(of, _)
                if *of != id && self.public.path(&Found::Item(*of)).is_some());
            if !is_other || block.block.trait_.is_some() || !own_root(block.module) {
                continue;
            }
            let functions = block.block.items.iter().filter_map(|item| match item {
                ImplItem::Fn(function) if self.is_visible(block.module, &function.vis) => Some(&function.sig),
                _ => None,
            });
            givers.extend(functions.map(|signature| Giver {
                signature,
                generics: vec![&block.block.generics, &signature.generics],
                scope: Scope::Inside(block.module),
                of: Some(&block.block.self_ty),
                path: None,
            }));
        }
        givers
            .retain(|giver| is_plain(giver.signature) && rank(&giver.signature.ident.to_string()).is_some());
        givers
    }

    fn given_way(&self, from: &Giver<'_>, id: ItemId, this: &Ty) -> Option<Way> {
        let ReturnType::Type(_, output) = &from.signature.output else { return None };
        // First with the parameters open, to see what the wanted type makes of them.
        let mut open = Env::open(from.scope, &from.generics);
        open.this = from.of.map(|of| self.lower(of, &open));
        let given = self.lower(output, &open);
        let mut decided = Decided::new();
        if !unify(self.taken(&given, id)?.part, this, &mut decided) {
            return None;
        }
        let mut env = self.env(from.scope, &from.generics, None, &decided);
        env.this = from.of.map(|of| self.lower(of, &env));
        let given = self.lower(output, &env);
        let taken = self.taken(&given, id)?;
        if taken.part != this {
            return None;
        }
        let name = from.signature.ident.to_string();
        let tail = self.turbofish(&from.signature.generics, from.signature, &env, &Decided::new());
        let start = match (&from.path, &env.this) {
            (Some(path), _) => format!("{path}{tail}"),
            (None, Some(of)) => format!("<{}>::{name}{tail}", of.written(&self.public, self.library)?),
            (None, None) => return None,
        };
        let has_lifetimes = self.has_lifetimes(this);
        let mut arguments: Vec<Given> = Vec::new();
        arguments.extend(self.receiver_of(from.signature, &env, has_lifetimes)?);
        arguments.extend(self.given_as(from.signature, &env, &Said::nothing(), has_lifetimes)?);
        let pick = (taken.pick != "it").then(|| ours(&taken.pick));
        let (steps, finish, refuses) = (Vec::new(), None, taken.refuses);
        Some(Way { name, start: ours(&start), arguments, steps, finish, refuses, pick })
    }

    /// Where in what a function gives a value of the type is.
    fn taken<'t>(&self, given: &'t Ty, id: ItemId) -> Option<Taken<'t>> {
        match given {
            Ty::Local(item, _) if *item == id => {
                Some(Taken { part: given, pick: "it".to_owned(), refuses: false })
            }
            Ty::Option(inner) => self.taken(inner, id).map(|taken| maybe("it", &taken)),
            Ty::Result(ok, _) => {
                let taken = self.taken(ok, id)?;
                Some(if taken.pick == "it" && !taken.refuses {
                    Taken { refuses: true, ..taken }
                } else {
                    maybe("it.ok()", &taken)
                })
            }
            Ty::Tuple(parts) => {
                let mut found =
                    parts.iter().enumerate().filter_map(|(at, part)| Some((at, self.taken(part, id)?)));
                found.next().map(|(at, taken)| inside(&format!("it.{at}"), &taken))
            }
            Ty::Vec(inner) => self.taken(inner, id).map(|taken| maybe("it.into_iter().next()", &taken)),
            Ty::Std(known, parts) => match (known.path, &parts[..]) {
                ("std::vec::IntoIter", [inner]) => {
                    self.taken(inner, id).map(|taken| maybe("it.into_iter().next()", &taken))
                }
                ("std::rc::Rc" | "std::sync::Arc", [inner]) if self.is_cloneable(inner) => {
                    self.taken(inner, id).map(|taken| inside("(*it).clone()", &taken))
                }
                _ => None,
            },
            Ty::Boxed(inner) => self.taken(inner, id).map(|taken| inside("*it", &taken)),
            Ty::Ref(inner) if matches!(**inner, Ty::Local(..)) && self.is_cloneable(inner) => {
                self.taken(inner, id).map(|taken| inside("it.clone()", &taken))
            }
            _ => None,
        }
    }
}

/// A part of `of`, which is there.
fn inside<'t>(of: &str, taken: &Taken<'t>) -> Taken<'t> {
    let pick =
        if taken.pick == "it" { of.to_owned() } else { format!("{{ let it = {of}; {} }}", taken.pick) };
    Taken { pick, ..*taken }
}

/// A part of what is in `of`, an `Option`.
fn maybe<'t>(of: &str, taken: &Taken<'t>) -> Taken<'t> {
    let pick = match (taken.pick.as_str(), taken.refuses) {
        ("it", false) => of.to_owned(),
        (inner, false) => format!("{of}.map(|it| {inner})"),
        (inner, true) => format!("{of}.and_then(|it| {inner})"),
    };
    Taken { pick, refuses: true, ..*taken }
}
