//! Takes the path in a declaration, gives the function or module it names and how a test may call it.

use std::borrow::Cow;

use syn::spanned::Spanned as _;
use syn::{FnArg, GenericParam, ImplItem, Pat, Path, ReceiverKind, ReturnType, Signature};

use super::bound::{Function, Passing, Returns};
use super::callable::{Callable, Origin, Parameter, Sought};
use super::expression::Named;
use super::items::{Definition, ItemId, ModuleId, ROOT, Space, place};
use super::lent::passing;
use super::lower::{Crate, Decided, Env};
use super::methods::{Query, Wanted, undecided};
use super::paths::{Found, Miss, Scope};
use super::syntax::{joined, ours, unraw};
use super::ty::Ty;
use crate::model::{Span, nearest};

impl<'a> Crate<'a> {
    /// Looks `path` up, for something of `space`, with what the declaration has `decided` about type parameters.
    pub(super) fn seek(&self, path: &Named, space: Space, decided: &Decided) -> Sought<'a> {
        match &path.syntax.qself {
            Some(of) => self.qualified(of, path, decided),
            None => self.plain(&path.syntax.path, space, decided),
        }
    }

    fn plain(&self, path: &Path, space: Space, decided: &Decided) -> Sought<'a> {
        let segments = names(path);
        let step = match self.paths().follow(Scope::Outside, &segments, space) {
            Ok(step) => step,
            Err(Miss::Absent) if space == Space::Values => return self.of_other_space(path, decided),
            Err(Miss::Absent) => return Sought::Absent,
            Err(Miss::Ambiguous(found)) => return Sought::Ambiguous(self.candidates(&found)),
        };
        match step.found {
            Found::Module(module) if step.rest == 0 => Sought::Module(module),
            Found::Module(_) => Sought::Absent,
            Found::Std(_) | Found::Elsewhere(_) => Sought::Foreign(step.span),
            Found::Variant(id, _) => Sought::Other("a variant of an enum", self.items.item(id).span),
            Found::Item(id) => match (&self.items.item(id).definition, step.rest) {
                (Definition::Function(signature), 0) => {
                    self.free(id, signature, path, step.reachable, decided)
                }
                (definition, 0) => Sought::Other(definition.sort(), self.items.item(id).span),
                (Definition::Trait(_), 1) => self.of_trait(id, &segments[segments.len() - 1]),
                (
                    Definition::Struct(_) | Definition::Enum(_) | Definition::Alias(_) | Definition::Union,
                    1,
                ) => self.associated(id, path, step.reachable, decided),
                _ => Sought::Absent,
            },
        }
    }

    /// `<Type>::function` or `<Type as Trait>::function`.
    fn qualified(&self, of: &syn::QSelf, named: &Named, decided: &Decided) -> Sought<'a> {
        let (outside, path) = (Env::new(Scope::Outside, None), &named.syntax);
        let (Some(last), true) = (path.path.segments.last(), path.path.segments.len() == of.position + 1)
        else {
            return Sought::Absent;
        };
        let ty = self.lower(&of.ty, &outside);
        let of_trait = (of.position > 0).then(|| {
            let segments = path.path.segments.iter().take(of.position).cloned();
            let path = Path { leading_colon: None, segments: segments.collect() };
            let arguments =
                path.segments.last().map_or_else(Vec::new, |last| self.arguments(last, &outside, 0));
            Wanted { which: self.trait_name(&path, &outside), arguments }
        });
        let written = named.outside.clone();
        let named = ty.written(&self.public, self.library).map(|written| match &ty {
            Ty::Local(item, _) => {
                self.public.path(&Found::Item(*item)).map_or(written, |path| joined(path, self.library))
            }
            _ => format!("<{written}>"),
        });
        let has_arguments = matches!(&ty, Ty::Local(_, arguments) if !arguments.is_empty());
        let takes_arguments = matches!(ty, Ty::Local(..));
        self.function_of(&Query {
            of: ty,
            named,
            takes_arguments,
            has_arguments,
            of_trait,
            last,
            written,
            decided,
        })
    }

    fn of_trait(&self, item: ItemId, name: &str) -> Sought<'a> {
        match self.declared(item, name) {
            Some(_) => Sought::OfTrait(self.items.item(item).span, self.implemented(item, name)),
            None => Sought::Absent,
        }
    }

    /// Every function a test may call, as declarations write it, in order.
    pub(super) fn function_paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        for (found, path) in self.public.all() {
            let Found::Item(id) = found else { continue };
            let root = self.items.root_of(self.items.item(*id).module);
            if root != ROOT && Some(root) != self.items.support {
                continue;
            }
            let path = joined(path, "crate");
            if matches!(self.items.item(*id).definition, Definition::Function(_)) {
                paths.push(path.clone());
            }
            for at in self.impls.of_item(*id) {
                let block = self.items.block(*at);
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
        let (given, is_eager) = match &callable.signature.output {
            ReturnType::Default => (Ty::Unit, false),
            ReturnType::Type(_, ty) => {
                let given = self.lower(ty, &callable.env);
                match self.awaited(&given, ty, &callable.env) {
                    Some(output) if callable.signature.asyncness.is_none() => (output, true),
                    _ => (given, false),
                }
            }
        };
        let returns = match &callable.signature.output {
            ReturnType::Default => Returns::Unit,
            ReturnType::Type(..) => match &given {
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
            is_async: callable.signature.asyncness.is_some() || is_eager,
            is_eager,
            defined: callable.defined,
        }
    }

    /// What a future of this type comes to; nothing for what is none.
    fn awaited(&self, ty: &Ty, written: &syn::Type, env: &Env) -> Option<Ty> {
        match ty {
            Ty::Std(known, parts) if known.path == "std::future::Ready" => parts.first().cloned(),
            Ty::Std(known, parts) if known.path == "std::pin::Pin" => {
                self.awaited(parts.first()?, written, env)
            }
            Ty::Boxed(inner) => self.awaited(inner, written, env),
            Ty::Local(item, _) if self.has_trait(*item, "Future") => Some(self.output(ty, "Output", env)),
            // The aliases of the crate `futures`.
            Ty::Other => match written {
                syn::Type::Path(path) => {
                    let last = path.path.segments.last()?;
                    let is_alias = last.ident == "BoxFuture" || last.ident == "LocalBoxFuture";
                    is_alias.then(|| self.arguments(last, env, 0).into_iter().next()).flatten()
                }
                _ => None,
            },
            _ => None,
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
            let span = match callable.origin {
                Origin::Source(file) => place(self.sources, file, span),
                Origin::Declared(span) => span,
            };
            Parameter { name, ty, span }
        });
        parameters.collect()
    }

    /// The path as the declaration has it, without arguments, the crate under its own name.
    pub(super) fn as_written(&self, path: &Path) -> String {
        joined(&names(path), self.library)
    }

    /// The segments with `crate` before what starts at the root of the crate without saying so.
    fn started_outside(&self, mut segments: Vec<String>) -> Vec<String> {
        let starts = |first: &String| {
            self.paths().name(ROOT, first, Space::Types).len()
                + self.paths().name(ROOT, first, Space::Values).len()
                > 0
        };
        if segments.first().is_some_and(|first| first != "crate" && first != "support" && starts(first)) {
            segments.insert(0, "crate".to_owned());
        }
        segments
    }

    fn of_other_space(&self, path: &Path, decided: &Decided) -> Sought<'a> {
        match self.plain(path, Space::Types, decided) {
            // A path that leads through a type has been tried already.
            Sought::Function(_) => Sought::Absent,
            other => other,
        }
    }

    /// What a path may stand for: how a declaration names each of them, and where it stands.
    fn candidates(&self, found: &[Found]) -> Vec<(Option<String>, Span)> {
        let items = found.iter().filter_map(|found| match found {
            Found::Item(id) => Some((found, self.items.item(*id).span)),
            _ => None,
        });
        items.map(|(found, span)| (self.public.path(found).map(|path| joined(path, "crate")), span)).collect()
    }

    /// The macros that may make the item at `path`: those in the module or the blocks of the type that it starts with.
    pub(super) fn makers(&self, path: &Path) -> Vec<(String, Span)> {
        let segments = names(path);
        let starts = (1..segments.len()).rev().map(|end| &segments[..end]);
        let mut found =
            starts.filter_map(|start| self.paths().follow(Scope::Outside, start, Space::Types).ok());
        match found.find(|step| step.rest == 0).map(|step| step.found) {
            Some(Found::Module(module)) => self.items.module(module).macros.clone(),
            Some(Found::Item(item)) => {
                let mut macros = self.macros_for(item);
                macros.extend(self.items.module(self.items.item(item).module).macros.clone());
                macros
            }
            _ => Vec::new(),
        }
    }

    fn macros_for(&self, item: ItemId) -> Vec<(String, Span)> {
        let blocks = self.impls.of_item(item).iter().map(|at| self.items.block(*at));
        let calls = blocks.flat_map(|block| block.block.items.iter().map(move |item| (block, item)));
        let macros = calls.filter_map(|(block, item)| match item {
            ImplItem::Macro(call) => {
                let name = call.mac.path.segments.last()?.ident.to_string();
                Some((name, place(self.sources, block.file, call.mac.path.span())))
            }
            _ => None,
        });
        macros.collect()
    }

    /// A function that stands in a module.
    fn free(
        &self,
        id: ItemId,
        signature: &'a Signature,
        path: &Path,
        reachable: bool,
        decided: &Decided,
    ) -> Sought<'a> {
        let item = self.items.item(id);
        let scope = Scope::Inside(item.module);
        let mut given = self.given(scope, &signature.generics, &self.arguments_at(path, 0), 0);
        given.extend(decided.clone());
        let env = self.env(scope, &[&signature.generics], None, &given);
        let known = self.route(&Found::Item(id), path, 0, reachable);
        let known = known
            .map(|known| format!("{known}{}", self.turbofish(&signature.generics, signature, &env, &given)));
        Sought::Function(Box::new(Callable {
            signature: Cow::Borrowed(signature),
            defined: item.span,
            undecided: undecided(&[&signature.generics], signature, &env, false),
            env,
            path: known,
            written: self.as_written(path),
            origin: Origin::Source(item.file),
        }))
    }

    /// A function of the type `id`, the last segment of `path`.
    fn associated(&self, id: ItemId, path: &Path, reachable: bool, decided: &Decided) -> Sought<'a> {
        let Some(last) = path.segments.last() else { return Sought::Absent };
        let given = self.arguments_at(path, 1);
        let is_alias = matches!(self.items.item(id).definition, Definition::Alias(_));
        let has_arguments = !given.is_empty();
        // An alias stands for the type behind it, with the parameters it fixes.
        let of = self.item(id, given, 0);
        let is_generic_alias = match &self.items.item(id).definition {
            Definition::Alias(alias) => {
                alias.generics.params.iter().any(|it| !matches!(it, GenericParam::Lifetime(_)))
            }
            _ => false,
        };
        // The parameters of an alias need not be those of the type.
        let named = match of.written(&self.public, self.library) {
            Some(of) if is_generic_alias => Some(format!("<{of}>")),
            _ => self.route(&Found::Item(id), path, 1, reachable),
        };
        let query = Query {
            of,
            named,
            takes_arguments: !is_alias,
            has_arguments,
            of_trait: None,
            last,
            written: self.as_written(path),
            decided,
        };
        self.function_of(&query)
    }

    /// The path to a thing that a test may write: as the user wrote it if that is open all the way, else the shortest.
    fn route(&self, found: &Found, path: &Path, after: usize, reachable: bool) -> Option<String> {
        if reachable {
            let own = path.segments.len() - after;
            let names = self.started_outside(names(path));
            return Some(joined(&names[..own], self.library));
        }
        self.public.path(found).map(|path| joined(path, self.library))
    }

    /// The type arguments of the segment of `path` that is `back` from its end.
    fn arguments_at(&self, path: &Path, back: usize) -> Vec<Ty> {
        let segment = path.segments.iter().rev().nth(back);
        segment.map_or_else(Vec::new, |it| self.arguments(it, &Env::new(Scope::Outside, None), 0))
    }

    pub(super) fn is_visible(&self, module: ModuleId, vis: &syn::Visibility) -> bool {
        self.items.is_reachable(self.items.vis(vis, module))
    }
}

fn names(path: &Path) -> Vec<String> {
    path.segments.iter().map(|segment| unraw(&segment.ident)).collect()
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
