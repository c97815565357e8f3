//! Takes the path in a declaration, gives the function or module it names and how a test may call it.

use syn::spanned::Spanned as _;
use syn::{FnArg, ImplItem, Pat, PathArguments, ReceiverKind, ReturnType, Signature, TraitItem};

use super::bound::{Function, Passing, Returns};
use super::expression::{ident, joined, ours};
use super::items::{Definition, ItemId, ModuleId, Space, place};
use super::lower::{Crate, Env, unraw};
use super::paths::{Found, Miss, Scope};
use super::recipe::passing;
use super::ty::Ty;
use crate::model::{FileId, Span, nearest};

/// What a path in a declaration leads to.
pub(super) enum Sought<'a> {
    /// A function or method.
    Function(Box<Callable<'a>>),
    /// A module.
    Module(ModuleId),
    /// Something of another crate, where it is brought in.
    Foreign(Option<Span>),
    /// A function that a trait declares, where the trait stands.
    OfTrait(Span),
    /// Something else, what it is called and where it stands.
    Other(&'static str, Span),
    /// Nothing.
    Absent,
    /// Several things, by where they stand.
    Ambiguous(Vec<Span>),
}

/// A function of the crate or of `support.rs`.
pub(super) struct Callable<'a> {
    /// Its signature.
    pub signature: &'a Signature,
    /// Where it is defined.
    pub defined: Span,
    /// What the names in its signature mean.
    pub env: Env,
    /// How a test names it; nothing if it cannot.
    pub path: Option<String>,
    /// Its path as the declaration has it.
    pub written: String,
    /// The trait that has to be in scope for that.
    pub needs_trait: Option<String>,
    file: FileId,
}

/// A parameter of a [`Callable`].
pub(super) struct Parameter {
    /// Its name in expressions; the receiver is `this`.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// Where it stands.
    pub span: Span,
}

/// Traits whose functions can be named without an import.
const PRELUDE_TRAITS: [&str; 18] = [
    "AsMut",
    "AsRef",
    "Clone",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "ExactSizeIterator",
    "Extend",
    "From",
    "FromIterator",
    "Into",
    "IntoIterator",
    "Iterator",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "TryFrom",
];

impl<'a> Crate<'a> {
    /// Looks `path` up, for something of `space`.
    pub(super) fn seek(&self, path: &syn::Path, space: Space) -> Sought<'a> {
        let segments: Vec<String> = path.segments.iter().map(|segment| unraw(&segment.ident)).collect();
        let step = match self.paths().follow(Scope::Outside, &segments, space) {
            Ok(step) => step,
            Err(Miss::Absent) if space == Space::Values => return self.of_other_space(path),
            Err(Miss::Absent) => return Sought::Absent,
            Err(Miss::Ambiguous(found)) => {
                return Sought::Ambiguous(found.iter().filter_map(|found| self.span(found)).collect());
            }
        };
        match step.found {
            Found::Module(module) if step.rest == 0 => Sought::Module(module),
            Found::Module(_) => Sought::Absent,
            Found::Std(_) | Found::Elsewhere(_) => Sought::Foreign(step.span),
            Found::Item(id) => match (&self.items.item(id).definition, step.rest) {
                (Definition::Function(signature), 0) => self.free(id, signature, path, step.reachable),
                (definition, 0) => Sought::Other(definition.sort(), self.items.item(id).span),
                (Definition::Trait(definition), 1) => match definition.items.iter().find(|item| {
                    matches!(item, TraitItem::Fn(item) if item.sig.ident == ident(&segments[segments.len() - 1]))
                }) {
                    Some(_) => Sought::OfTrait(self.items.item(id).span),
                    None => Sought::Absent,
                },
                (Definition::Struct(_) | Definition::Enum(_) | Definition::Alias(_) | Definition::Union, 1) => {
                    self.associated(id, path, step.reachable)
                }
                _ => Sought::Absent,
            },
        }
    }

    /// Every function a test may call, as declarations write it, in order.
    pub(super) fn function_paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        for (found, path) in self.public.all() {
            let Found::Item(id) = found else { continue };
            let path = joined(path, "crate");
            if matches!(self.items.item(*id).definition, Definition::Function(_)) {
                paths.push(path.clone());
            }
            for at in self.impls.get(id).into_iter().flatten() {
                let block = &self.items.impls[*at];
                let functions = block.block.items.iter().filter_map(|item| match item {
                    ImplItem::Fn(function) if self.is_visible(block.module, &function.vis) => Some(function),
                    _ => None,
                });
                if block.block.trait_.is_none() {
                    paths.extend(functions.map(|function| format!("{path}::{}", function.sig.ident)));
                }
            }
        }
        paths.sort();
        paths
    }

    /// Every module of the crate, as declarations write it, in order.
    pub(super) fn module_paths(&self) -> Vec<String> {
        let modules = self.items.modules.iter().enumerate().map(|(at, module)| (ModuleId(at), module));
        let own = modules.filter(|(id, _)| self.items.root_of(*id) == super::items::ROOT);
        let mut paths: Vec<String> = own
            .map(|(_, module)| joined(&[&["crate".to_owned()], &module.path[..]].concat(), "crate"))
            .collect();
        paths.sort();
        paths
    }

    /// How a test calls the function, at `path`.
    pub(super) fn function(&self, callable: &Callable<'_>, path: &str) -> Function {
        let parameters = self.parameters(callable);
        let returns = match &callable.signature.output {
            ReturnType::Default => Returns::Unit,
            ReturnType::Type(_, ty) => match self.lower(ty, &callable.env) {
                Ty::Unit => Returns::Unit,
                Ty::Option(_) => Returns::Option,
                Ty::Result(..) => Returns::Result,
                _ => Returns::Plain,
            },
        };
        Function {
            path: ours(path),
            parameters: parameters
                .into_iter()
                .map(|it| Passing { lend: passing(&it.ty), name: it.name })
                .collect(),
            returns,
            is_async: callable.signature.asyncness.is_some(),
            defined: callable.defined,
        }
    }

    /// The parameters of the function, the receiver first.
    pub(super) fn parameters(&self, callable: &Callable<'_>) -> Vec<Parameter> {
        let inputs = callable.signature.inputs.iter().enumerate();
        let parameters = inputs.map(|(at, input)| {
            let (name, ty, span) = match input {
                FnArg::Receiver(receiver) => {
                    let this = Box::new(callable.env.this.clone().unwrap_or(Ty::Other));
                    let ty = match &receiver.kind {
                        ReceiverKind::Reference(_, _, Some(_)) => Ty::RefMut(this),
                        ReceiverKind::Reference(..) => Ty::Ref(this),
                        ReceiverKind::Typed(_, ty) => self.lower(ty, &callable.env),
                        _ => *this,
                    };
                    ("this".to_owned(), ty, receiver.span())
                }
                FnArg::Typed(typed) => {
                    let name = match &*typed.pat {
                        Pat::Ident(pattern) => pattern.ident.to_string(),
                        _ => format!("argument_{}", at + 1),
                    };
                    (name, self.lower(&typed.ty, &callable.env), typed.span())
                }
            };
            Parameter { name, ty, span: place(self.sources, callable.file, span) }
        });
        parameters.collect()
    }

    /// The path as the declaration has it, without arguments, the crate under its own name.
    pub(super) fn as_written(&self, path: &syn::Path) -> String {
        let segments: Vec<String> = path.segments.iter().map(|segment| unraw(&segment.ident)).collect();
        joined(&segments, self.library)
    }

    fn of_other_space(&self, path: &syn::Path) -> Sought<'a> {
        match self.seek(path, Space::Types) {
            // A path that leads through a type has been tried already.
            Sought::Function(_) => Sought::Absent,
            other => other,
        }
    }

    fn span(&self, found: &Found) -> Option<Span> {
        match found {
            Found::Item(id) => Some(self.items.item(*id).span),
            _ => None,
        }
    }

    /// A function that stands in a module.
    fn free(&self, id: ItemId, signature: &'a Signature, path: &syn::Path, reachable: bool) -> Sought<'a> {
        let item = self.items.item(id);
        let mut env = self.env(Scope::Inside(item.module), &[&signature.generics], None);
        let given = self.given(path, 0);
        self.fill(&mut env, &signature.generics, &given, 0);
        let known = self.route(&Found::Item(id), path, 0, reachable);
        let known = known.and_then(|known| Some(format!("{known}{}", self.turbofish(&given)?)));
        let written = self.as_written(path);
        let (defined, file) = (item.span, item.file);
        Sought::Function(Box::new(Callable {
            signature,
            defined,
            env,
            path: known,
            written,
            needs_trait: None,
            file,
        }))
    }

    /// A function in an `impl` block of the type `id`, the last segment of `path`.
    fn associated(&self, id: ItemId, path: &syn::Path, reachable: bool) -> Sought<'a> {
        let name = path.segments.last().map(|last| unraw(&last.ident)).unwrap_or_default();
        let given = self.given(path, 1);
        // An alias stands for the type behind it, with the parameters it fixes.
        let Ty::Local(owner, arguments) = self.item(id, given.clone(), 0) else { return Sought::Absent };
        let mut blocks: Vec<usize> = self.impls.get(&owner).cloned().unwrap_or_default();
        blocks.sort_by_key(|at| self.items.impls[*at].block.trait_.is_some());
        for at in blocks {
            let block = &self.items.impls[at];
            let Some((signature, vis)) = function_named(&block.block, &name) else { continue };
            let mut env =
                self.env(Scope::Inside(block.module), &[&block.block.generics, &signature.generics], None);
            bind_parameters(&mut env, &block.block, &arguments);
            env.this = Some(self.lower(&block.block.self_ty, &env));
            let own = self.given(path, 0);
            self.fill(&mut env, &signature.generics, &own, 0);
            let needs_trait = block.block.trait_.as_ref().and_then(|(path, _)| path.segments.last());
            let needs_trait = needs_trait.map(|last| last.ident.to_string());
            let is_callable = needs_trait.is_some() || self.is_visible(block.module, vis);
            let known = is_callable.then(|| self.route(&Found::Item(id), path, 1, reachable)).flatten();
            let text = known.and_then(|known| {
                Some(format!("{known}{}::{}{}", self.turbofish(&given)?, ident(&name), self.turbofish(&own)?))
            });
            return Sought::Function(Box::new(Callable {
                signature,
                defined: place(self.sources, block.file, signature.ident.span()),
                env,
                path: text,
                written: self.as_written(path),
                needs_trait: needs_trait.filter(|name| !PRELUDE_TRAITS.contains(&name.as_str())),
                file: block.file,
            }));
        }
        Sought::Absent
    }

    /// The path to a thing that a test may write: as the user wrote it if that is open all the way, else the shortest.
    fn route(&self, found: &Found, path: &syn::Path, after: usize, reachable: bool) -> Option<String> {
        if reachable {
            let own = path.segments.len() - after;
            let segments: Vec<String> =
                path.segments.iter().take(own).map(|segment| unraw(&segment.ident)).collect();
            return Some(joined(&segments, self.library));
        }
        self.public.path(found).map(|path| joined(path, self.library))
    }

    /// The type arguments of the segment of `path` that is `back` from its end.
    fn given(&self, path: &syn::Path, back: usize) -> Vec<Ty> {
        let env = Env { scope: Scope::Outside, this: None, parameters: std::collections::BTreeMap::new() };
        let segment = path.segments.iter().rev().nth(back);
        segment.map_or_else(Vec::new, |segment| self.arguments(segment, &env, 0))
    }

    fn turbofish(&self, given: &[Ty]) -> Option<String> {
        if given.is_empty() {
            return Some(String::new());
        }
        let written: Option<Vec<_>> = given.iter().map(|ty| ty.written(&self.public, self.library)).collect();
        Some(format!("::<{}>", written?.join(", ")))
    }

    /// Whether a test may use what stands in an `impl` block of `module`.
    pub(super) fn is_visible(&self, module: ModuleId, vis: &syn::Visibility) -> bool {
        match vis {
            syn::Visibility::Public(_) => true,
            syn::Visibility::Restricted(restricted) => {
                Some(self.items.root_of(module)) == self.items.support && restricted.path.is_ident("crate")
            }
            syn::Visibility::Inherited => false,
        }
    }
}

fn function_named<'b>(block: &'b syn::ItemImpl, name: &str) -> Option<(&'b Signature, &'b syn::Visibility)> {
    block.items.iter().find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == ident(name) => Some((&function.sig, &function.vis)),
        _ => None,
    })
}

/// Paths of items with names near that of `path`, as declarations write them.
pub(super) fn near_paths(path: &str, candidates: &[String]) -> Vec<String> {
    let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    let wanted = last(path);
    let mut near: Vec<String> = candidates.iter().filter(|known| last(known) == wanted).cloned().collect();
    for candidate in nearest(path, candidates.iter().map(String::as_str)) {
        if !near.iter().any(|known| known == candidate) {
            near.push(candidate.to_owned());
        }
    }
    near.truncate(3);
    near
}

/// Gives the parameters of a block the meaning that the arguments of its type fix.
fn bind_parameters(env: &mut Env, block: &syn::ItemImpl, arguments: &[Ty]) {
    let syn::Type::Path(path) = &*block.self_ty else { return };
    let Some(PathArguments::AngleBracketed(list)) = path.path.segments.last().map(|last| &last.arguments)
    else {
        return;
    };
    let types = list.args.iter().filter_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    for (ty, meaning) in types.zip(arguments) {
        if let syn::Type::Path(path) = ty
            && let Some(name) = path.path.get_ident()
            && block.generics.type_params().any(|parameter| parameter.ident == *name)
        {
            env.parameters.insert(name.to_string(), meaning.clone());
        }
    }
}
