//! Takes a type as written and where it is written, gives a [`Ty`]: aliases, imports and parameters followed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use syn::{Expr, GenericArgument, GenericParam, PathArguments, Type};

use super::asked::bounds_of;
use super::files::Files;
use super::impls::Impls;
use super::items::{Definition, ItemId, Space, Tables};
use super::known_type::Known;
use super::makers::Makers;
use super::paths::{Found, Paths, Scope};
use super::public::PublicPaths;
use super::syntax::{joined, ours, parameter_name, segments, unraw};
use super::ty::{Ty, plain_constant};
use crate::model::Sources;

/// What binding looks into; made once for all constraints.
pub(super) struct Crate<'a> {
    /// The tables.
    pub items: &'a Tables,
    /// Name of the library.
    pub library: &'a str,
    /// The texts that places point into.
    pub sources: &'a Sources,
    /// The files that declarations name.
    pub files: &'a Files,
    /// What tests may name.
    pub public: PublicPaths,
    /// The `impl` blocks by type and by trait.
    pub impls: Impls,
    /// How types of the user are made, as far as somebody asked.
    pub makers: Makers,
    /// How many blocks with parameters lie around the one that is looked at.
    pub instances: Cell<u8>,
    /// The types of blocks with parameters that somebody asked for, by how many such blocks lay around.
    pub known_instances: RefCell<BTreeMap<(usize, u8), Ty>>,
}

/// Where a type is written, and what the names around it mean.
#[derive(Clone)]
pub(super) struct Env {
    /// Where its paths start.
    pub scope: Scope,
    /// What `Self` is.
    pub this: Option<Ty>,
    /// What the type parameters and the constant ones are.
    pub parameters: BTreeMap<String, Ty>,
    /// What the associated types of the block or trait around it are.
    pub outputs: BTreeMap<String, Ty>,
    /// How many lookups of associated types lie around it.
    pub depth: u8,
}

/// What a declaration decides about parameters of types and functions, by name.
pub(super) type Decided = BTreeMap<String, Ty>;

/// Aliases of aliases end here; rustc refuses a circle.
const DEEPEST_ALIAS: u8 = 16;

impl Env {
    /// The surroundings of a type that stands alone.
    pub(super) fn new(scope: Scope, this: Option<Ty>) -> Self {
        Self { scope, this, parameters: BTreeMap::new(), outputs: BTreeMap::new(), depth: 0 }
    }

    /// The surroundings of a block where each parameter stands for anything.
    pub(super) fn open(scope: Scope, generics: &[&syn::Generics]) -> Self {
        let mut env = Self::new(scope, None);
        for parameter in generics.iter().flat_map(|generics| &generics.params) {
            if !matches!(parameter, GenericParam::Lifetime(_)) {
                let name = parameter_name(parameter);
                env.parameters.insert(name.clone(), Ty::Parameter(name));
            }
        }
        env
    }
}

impl<'a> Crate<'a> {
    /// Forgets how values of types are made, as far as somebody asked.
    pub(super) fn forget(&mut self) {
        self.makers = Makers::default();
        self.known_instances.take();
    }

    /// Paths through the tables.
    pub(super) fn paths(&self) -> Paths<'a> {
        Paths { items: self.items, library: self.library }
    }

    /// The surroundings of a signature or a block: each parameter is what is `decided`, else what its bounds ask for.
    pub(super) fn env(
        &self,
        scope: Scope,
        generics: &[&syn::Generics],
        this: Option<Ty>,
        decided: &Decided,
    ) -> Env {
        let mut env = Env { this, ..Env::open(scope, generics) };
        let parameters = || generics.iter().flat_map(|generics| &generics.params);
        for parameter in parameters() {
            let name = parameter_name(parameter);
            let constant = || match parameter {
                GenericParam::Const(parameter) => Some(plain_constant(&parameter.ty)),
                _ => None,
            };
            if let Some(ty) = decided.get(&name).cloned().or_else(constant) {
                env.parameters.insert(name, ty);
            }
        }
        // A bound may speak of a parameter that is declared after it.
        for _ in 0..2 {
            for parameter in generics.iter().flat_map(|generics| generics.type_params()) {
                let name = parameter.ident.to_string();
                if !decided.contains_key(&name)
                    && let Some(ty) = self.chosen(&bounds_of(generics, parameter), &env)
                {
                    env.parameters.insert(name, ty);
                }
            }
        }
        env
    }

    /// The surroundings of the fields of `item`, its parameters being `arguments`.
    pub(super) fn inside(&self, item: ItemId, generics: &syn::Generics, arguments: &[Ty]) -> Env {
        let scope = Scope::Inside(self.items.item(item).module);
        let this = Some(Ty::Local(item, arguments.to_vec()));
        self.env(scope, &[generics], this, &self.given(scope, generics, arguments, 0))
    }

    /// What `ty`, written in `env`, is.
    pub(super) fn lower(&self, ty: &Type, env: &Env) -> Ty {
        self.lowered(ty, env, 0)
    }

    /// What the parameters are when these arguments, and else their defaults, stand for them.
    pub(super) fn given(
        &self,
        scope: Scope,
        generics: &syn::Generics,
        arguments: &[Ty],
        depth: u8,
    ) -> Decided {
        let mut env = Env::new(scope, None);
        let mut arguments = arguments.iter();
        for parameter in &generics.params {
            let given = match parameter {
                GenericParam::Lifetime(_) => continue,
                GenericParam::Type(parameter) => arguments
                    .next()
                    .cloned()
                    .or_else(|| parameter.default.as_ref().map(|(_, ty)| self.lowered(ty, &env, depth))),
                GenericParam::Const(parameter) => arguments.next().cloned().or_else(|| {
                    parameter.default.as_ref().map(|(_, value)| Ty::Const(Box::new(value.clone())))
                }),
            };
            if let Some(ty) = given {
                env.parameters.insert(parameter_name(parameter), ty);
            }
        }
        env.parameters
    }

    /// The same, inside of `depth` aliases or bounds.
    pub(super) fn lowered(&self, ty: &Type, env: &Env, depth: u8) -> Ty {
        let inner = |ty: &Type| Box::new(self.lowered(ty, env, depth));
        match ty {
            Type::Paren(ty) => self.lowered(&ty.elem, env, depth),
            Type::Group(ty) => self.lowered(&ty.elem, env, depth),
            Type::Reference(ty) if ty.mutability.is_some() => Ty::RefMut(inner(&ty.elem)),
            Type::Reference(ty) => match self.lowered(&ty.elem, env, depth) {
                // `&P` for any `P: AsRef<str>`: the reference that the bound asks for is this one.
                Ty::Ref(asked) if is_parameter(&ty.elem, env) => Ty::Ref(asked),
                inner => Ty::Ref(Box::new(inner)),
            },
            Type::Slice(ty) => Ty::Slice(inner(&ty.elem)),
            Type::Array(ty) => Ty::Array(inner(&ty.elem), Box::new(self.length(&ty.len, env))),
            Type::Tuple(ty) if ty.elems.is_empty() => Ty::Unit,
            Type::Tuple(ty) => Ty::Tuple(ty.elems.iter().map(|ty| self.lowered(ty, env, depth)).collect()),
            Type::FnPtr(pointer) => self.pointer(pointer, env, depth).unwrap_or(Ty::Other),
            Type::ImplTrait(ty) => self.bounded(ty.bounds.iter(), env, depth),
            // Whatever has the traits becomes such an object where it is passed.
            Type::TraitObject(ty) => {
                let bounds: Vec<_> = ty.bounds.iter().collect();
                self.closure(&bounds, true, env, depth)
                    .unwrap_or_else(|| self.bounded(bounds.into_iter(), env, depth))
            }
            Type::Path(ty) => match &ty.qself {
                None => self.path(&ty.path, env, depth),
                Some(of) => {
                    let of = self.lowered(&of.ty, env, depth);
                    ty.path
                        .segments
                        .last()
                        .map_or(Ty::Other, |last| self.output(&of, &unraw(&last.ident), env))
                }
            },
            _ => Ty::Other,
        }
    }

    /// The number of elements, with constants of the crate named as a test names them.
    fn length(&self, length: &Expr, env: &Env) -> Expr {
        let Expr::Path(path) = length else { return length.clone() };
        let name = path.path.get_ident().map(unraw);
        if let Some(Ty::Const(value)) = name.and_then(|name| env.parameters.get(&name)) {
            return (**value).clone();
        }
        self.constant(&path.path, env).unwrap_or_else(|| length.clone())
    }

    /// The constant at this path, as a test may write it.
    fn constant(&self, path: &syn::Path, env: &Env) -> Option<Expr> {
        let segments = segments(path);
        let step = self.paths().follow(env.scope, &segments, Space::Values).ok()?;
        let Found::Item(item) = &step.found else { return None };
        let Definition::Constant(value) = &self.items.item(*item).definition else { return None };
        match self.public.path(&step.found) {
            Some(path) => Some(ours(&joined(path, self.library))),
            None => value.as_deref().cloned().filter(|value| matches!(value, Expr::Lit(_))),
        }
    }

    fn path(&self, path: &syn::Path, env: &Env, depth: u8) -> Ty {
        if let Some(name) = path.get_ident() {
            if name == "Self" {
                return env.this.clone().unwrap_or(Ty::Other);
            }
            if let Some(ty) = env.parameters.get(&name.to_string()) {
                return ty.clone();
            }
        }
        if let [of, output] = &path.segments.iter().collect::<Vec<_>>()[..] {
            let of =
                if of.ident == "Self" { env.this.as_ref() } else { env.parameters.get(&unraw(&of.ident)) };
            if let Some(of) = of {
                return self.output(of, &unraw(&output.ident), env);
            }
        }
        let segments = segments(path);
        let arguments = path.segments.last().map_or_else(Vec::new, |last| self.arguments(last, env, depth));
        let Ok(step) = self.paths().follow(env.scope, &segments, Space::Types) else {
            return self.behind_glob(env.scope, &segments, arguments);
        };
        match step.found {
            Found::Item(item) if step.rest == 0 => self.item(item, arguments, depth),
            Found::Std(path) => standard(&path, arguments),
            Found::Elsewhere(path) => known_type(&path, arguments),
            _ => Ty::Other,
        }
    }

    /// A type that only `use other_crate::*` can bring, as far as it is one of the known ones.
    fn behind_glob(&self, scope: Scope, path: &[String], arguments: Vec<Ty>) -> Ty {
        let Scope::Inside(module) = scope else { return Ty::Other };
        let known = self.items.named_in(module).globs.iter().find_map(|glob| {
            match self.paths().follow(scope, &glob.path, Space::Types).ok()?.found {
                Found::Std(start) | Found::Elsewhere(start) => {
                    let whole = [&start[..], path].concat();
                    Known::at(&whole).map(|_| whole)
                }
                _ => None,
            }
        });
        known.map_or(Ty::Other, |path| known_type(&path, arguments))
    }

    pub(super) fn arguments(&self, segment: &syn::PathSegment, env: &Env, depth: u8) -> Vec<Ty> {
        let PathArguments::AngleBracketed(list) = &segment.arguments else { return Vec::new() };
        let types = list.args.iter().filter_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(self.argument(ty, env, depth)),
            GenericArgument::Const(value) => Some(Ty::Const(Box::new(value.clone()))),
            _ => None,
        });
        types.collect()
    }

    /// What a declaration says a parameter is.
    pub(super) fn argument_of(&self, written: &GenericArgument) -> Ty {
        let outside = Env::new(Scope::Outside, None);
        match written {
            GenericArgument::Type(ty) => self.argument(ty, &outside, 0),
            GenericArgument::Const(value) => Ty::Const(Box::new(value.clone())),
            _ => Ty::Other,
        }
    }

    /// An argument of a type; a constant looks like a type there.
    fn argument(&self, ty: &Type, env: &Env, depth: u8) -> Ty {
        match (self.lowered(ty, env, depth), ty) {
            (Ty::Other, Type::Path(path)) => {
                self.constant(&path.path, env).map_or(Ty::Other, |value| Ty::Const(Box::new(value)))
            }
            (ty, _) => ty,
        }
    }

    pub(super) fn item(&self, item: ItemId, arguments: Vec<Ty>, depth: u8) -> Ty {
        match &self.items.item(item).definition {
            Definition::Alias(alias) if depth < DEEPEST_ALIAS => {
                let scope = Scope::Inside(self.items.item(item).module);
                let given = self.given(scope, &alias.generics, &arguments, depth + 1);
                let env = self.env(scope, &[&alias.generics], None, &given);
                self.lowered(&alias.ty, &env, depth + 1)
            }
            Definition::Struct(_) | Definition::Enum(_) | Definition::Union => Ty::Local(item, arguments),
            _ => Ty::Other,
        }
    }
}

/// Whether the type is one that its bounds stand for.
fn is_parameter(ty: &Type, env: &Env) -> bool {
    match ty {
        Type::Path(path) => {
            path.path.get_ident().is_some_and(|name| env.parameters.contains_key(&name.to_string()))
        }
        Type::Paren(ty) => is_parameter(&ty.elem, env),
        Type::Group(ty) => is_parameter(&ty.elem, env),
        Type::ImplTrait(_) => true,
        _ => false,
    }
}

/// A type of the standard library by its path.
fn standard(path: &[String], mut arguments: Vec<Ty>) -> Ty {
    let [.., last] = path else { return Ty::Other };
    if path.len() == 1 {
        return Ty::primitive(last).unwrap_or(Ty::Other);
    }
    // A second parameter of a list is its allocator.
    let first = |arguments: &mut Vec<Ty>| (!arguments.is_empty()).then(|| Box::new(arguments.swap_remove(0)));
    let one = |arguments: &mut Vec<Ty>, make: fn(Box<Ty>) -> Ty| first(arguments).map_or(Ty::Other, make);
    match last.as_str() {
        "String" => Ty::String,
        "Vec" => one(&mut arguments, Ty::Vec),
        "Option" => one(&mut arguments, Ty::Option),
        "Box" => one(&mut arguments, Ty::Boxed),
        "Cow" => one(&mut arguments, Ty::Cow),
        // `io::Result` and `fmt::Result` leave out what their module decides.
        "Result" => {
            let mut arguments = arguments.into_iter();
            let ok = arguments.next().unwrap_or(Ty::Unit);
            Ty::Result(Box::new(ok), Box::new(arguments.next().unwrap_or(Ty::Other)))
        }
        // Paths to primitives such as `std::primitive::u32`.
        "Formatter" => {
            Ty::Closed("only a format string makes a `Formatter`: call `format!(\"{}\", value)` in `call`")
        }
        "Arguments" => {
            Ty::Closed("only `format_args!` makes this, for the length of one call: make that in `call`")
        }
        name => match known_type(path, arguments) {
            Ty::Other => Ty::primitive(name).unwrap_or(Ty::Other),
            known => known,
        },
    }
}

/// A type of the tables by its path.
fn known_type(path: &[String], mut arguments: Vec<Ty>) -> Ty {
    match Known::at(path) {
        Some(known) if arguments.len() >= known.parameters => {
            arguments.truncate(known.parameters);
            Ty::Std(known, arguments)
        }
        _ => Ty::Other,
    }
}
