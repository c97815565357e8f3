//! Takes a type as a declaration writes it, with parameters left open, gives it as a test names it.
//!
//! No value of it is made: a test asks the compiler about it, with one type after the other for each parameter.

use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;
use syn::{GenericArgument, GenericParam, PathArguments, Type, TypeParamBound};

use super::asked::{Bounds, bounds_of};
use super::expression;
use super::generic_type::{Choices, Condition, GenericType, OpenParameter};
use super::items::{Definition, ItemId, Space};
use super::lower::{Crate, Env};
use super::paths::{Found, Miss, Scope};
use super::syntax::{ours, parameter_name, segments, unraw};
use super::target::near_paths;
use super::ty::{Ty, plain_constant};
use super::type_syntax::{
    Constant, Lifetimes, List, Names, Parsed, complete, is_name, looks_constant, plain, short, whole_path,
};
use crate::model::{Code, Constraint, Expression, Fault, KeyShape, Span, Spanned, nearest};

/// What came of looking a type up.
pub(super) enum SoughtGeneric {
    /// The type.
    Type(Box<GenericType>),
    /// There is none; types with near names.
    Missing(Vec<String>),
}

/// The auto traits.
pub(super) const AUTO_TRAITS: [&str; 5] = ["Send", "Sync", "Unpin", "UnwindSafe", "RefUnwindSafe"];

/// The traits that stand-ins have besides, as far as their arguments play no part.
const OF_STAND_INS: [&str; 38] = [
    "Add",
    "AddAssign",
    "Any",
    "AsMut",
    "AsRef",
    "BufRead",
    "BuildHasher",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deref",
    "DerefMut",
    "Display",
    "Div",
    "DoubleEndedIterator",
    "Eq",
    "Error",
    "ExactSizeIterator",
    "Extend",
    "FromIterator",
    "FromStr",
    "FusedIterator",
    "Future",
    "Hash",
    "Hasher",
    "IntoIterator",
    "Iterator",
    "Mul",
    "Neg",
    "Not",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Sized",
    "Sub",
    "ToOwned",
    "ToString",
];

impl Crate<'_> {
    /// The type that `constraint` is about, with what it says under its keys.
    pub(super) fn seek_generic(&self, constraint: &Constraint) -> Result<SoughtGeneric, Box<Fault>> {
        let target = &constraint.target;
        let written = Expression { text: target.value.clone(), span: target.span };
        let mut ty: Type = expression::parse(&written, self.library, "a Rust type", self.sources)?.syntax;
        let mut shown: Type = syn::parse_str(&target.value).unwrap_or_else(|_| ty.clone());
        let item = match self.defined_at(&shown, target)? {
            Sought::Missing(near) => return Ok(SoughtGeneric::Missing(near)),
            Sought::Item(item) => Some(item),
            Sought::Unknown => None,
        };
        if let Some(generics) = item.and_then(|item| self.generics_of(item)) {
            complete(&mut ty, generics);
            complete(&mut shown, generics);
        }
        Lifetimes.visit_type_mut(&mut ty);
        let given = self.given_types(constraint)?;
        let open = self.open_names(&shown);
        let names: Vec<String> = given.iter().map(|(name, _)| name.value.clone()).collect();
        if let Some((name, _)) = given.iter().find(|(name, _)| !open.contains(&name.value)) {
            return Err(Box::new(no_parameter(name.span, &name.value, &open)));
        }
        let mut parameters = Vec::new();
        for name in open {
            let types = names.iter().position(|it| *it == name).map(|at| given[at].1.clone());
            let demands = self.demands(&shown, Scope::Outside, &name, 0);
            match types.map_or_else(|| self.choices(constraint, &name, &demands), Ok)? {
                Open::Constant(value) => Constant { name: &name, value }.visit_type_mut(&mut ty),
                Open::Choices(choices) => parameters.push(OpenParameter { name, choices }),
            }
        }
        let conditions = self.conditions(constraint, &parameters)?;
        let defined = item.map_or(target.span, |item| self.items.item(item).span);
        let shown = short(&target.value, &shown);
        Ok(SoughtGeneric::Type(Box::new(GenericType { ty, shown, parameters, conditions, defined })))
    }

    /// Where the type is defined, as far as the sources tell.
    fn defined_at(&self, ty: &Type, target: &Spanned<String>) -> Result<Sought, Box<Fault>> {
        let Type::Path(path) = ty else { return Ok(Sought::Unknown) };
        if path.qself.is_some() {
            return Ok(Sought::Unknown);
        }
        let wrong = |sort: &str| {
            let message = format!("`{}` is {sort}, a type is needed", target.value);
            Err(Box::new(Fault::error(Code::WrongTarget, target.span, message)))
        };
        let names = segments(&path.path);
        match self.paths().follow(Scope::Outside, &names, Space::Types) {
            Err(Miss::Absent) => match self.paths().follow(Scope::Outside, &names, Space::Values) {
                Ok(_) => wrong("no type"),
                Err(_) => Ok(Sought::Missing(near_paths(&target.value, &self.type_paths()))),
            },
            Err(Miss::Ambiguous(_)) => Ok(Sought::Unknown),
            Ok(step) if !step.reachable => {
                let message = format!("`{}` is private, so no test can name it", target.value);
                let fault = Fault::error(Code::WrongTarget, target.span, message)
                    .help("make it `pub`, with every module on the way, or re-export it with `pub use`");
                Err(Box::new(fault))
            }
            Ok(step) => match step.found {
                Found::Module(_) if step.rest == 0 => wrong("a module"),
                Found::Module(_) => Ok(Sought::Missing(near_paths(&target.value, &self.type_paths()))),
                Found::Variant(..) => wrong("a variant of an enum"),
                Found::Item(item) if step.rest == 0 => match &self.items.item(item).definition {
                    Definition::Struct(_)
                    | Definition::Enum(_)
                    | Definition::Alias(_)
                    | Definition::Union => Ok(Sought::Item(item)),
                    definition => wrong(definition.sort()),
                },
                _ => Ok(Sought::Unknown),
            },
        }
    }

    fn generics_of(&self, item: ItemId) -> Option<&syn::Generics> {
        match &self.items.item(item).definition {
            Definition::Struct(it) => Some(&it.generics),
            Definition::Enum(it) => Some(&it.generics),
            Definition::Alias(it) => Some(&it.generics),
            _ => None,
        }
    }

    /// What `generics` says, a list of types for each name.
    fn given_types<'c>(
        &self,
        constraint: &'c Constraint,
    ) -> Result<Vec<(&'c Spanned<String>, Open)>, Box<Fault>> {
        let read = |(name, written): &'c (Spanned<String>, Expression)| {
            let list: List = expression::parse(written, self.library, "a Rust type", self.sources)?.syntax;
            let mut types = Vec::new();
            for argument in list.0 {
                match argument {
                    GenericArgument::Type(ty) => types.push(ty),
                    GenericArgument::Const(value) => return Ok((name, Open::Constant(value))),
                    _ => {}
                }
            }
            Ok((name, Open::Choices(Choices::These(types))))
        };
        constraint.generics.iter().map(read).collect()
    }

    /// The names in the type, and in the conditions, that stand for nothing else.
    fn open_names(&self, ty: &Type) -> Vec<String> {
        let mut names = Names::default();
        names.visit_type(ty);
        names.0.retain(|name| self.is_open_name(name));
        names.0
    }

    fn is_open_name(&self, name: &str) -> bool {
        let Ok(argument) = syn::parse_str::<GenericArgument>(name) else { return false };
        matches!(self.argument_of(&argument), Ty::Other)
    }

    /// What each type with the parameter `name` as an argument asks of it.
    fn demands(&self, ty: &Type, scope: Scope, name: &str, depth: u8) -> Vec<Demand<'_>> {
        struct Uses<'t>(Vec<(&'t syn::Path, usize)>, &'t str);
        impl<'t> Visit<'t> for Uses<'t> {
            fn visit_path(&mut self, path: &'t syn::Path) {
                if let Some(PathArguments::AngleBracketed(list)) =
                    path.segments.last().map(|it| &it.arguments)
                {
                    let plain = list.args.iter().filter(|it| !matches!(it, GenericArgument::Lifetime(_)));
                    let is_it =
                        |(at, argument): (usize, &GenericArgument)| is_name(argument, self.1).then_some(at);
                    self.0.extend(plain.enumerate().filter_map(is_it).map(|at| (path, at)));
                }
                visit::visit_path(self, path);
            }
        }
        let mut uses = Uses(Vec::new(), name);
        uses.visit_type(ty);
        let mut demands = Vec::new();
        for (path, at) in uses.0 {
            let Ok(step) = self.paths().follow(scope, &segments(path), Space::Types) else { continue };
            let Found::Item(item) = step.found else { continue };
            let Some(generics) = self.generics_of(item) else { continue };
            let plain = generics.params.iter().filter(|it| !matches!(it, GenericParam::Lifetime(_)));
            let Some(parameter) = plain.into_iter().nth(at) else { continue };
            let inner = Scope::Inside(self.items.item(item).module);
            match (&self.items.item(item).definition, parameter) {
                (Definition::Alias(alias), _) if depth < DEEPEST => {
                    demands.extend(self.demands(&alias.ty, inner, &parameter_name(parameter), depth + 1));
                }
                (_, GenericParam::Const(constant)) => demands.push(Demand::Constant(&constant.ty)),
                (_, GenericParam::Type(parameter)) => {
                    let env = Env::open(inner, &[generics]);
                    demands.push(Demand::Bounds(bounds_of(&[generics], parameter), env));
                }
                _ => {}
            }
        }
        demands
    }

    /// What may stand for the parameter `name`, given what is asked of it.
    fn choices(
        &self,
        constraint: &Constraint,
        name: &str,
        demands: &[Demand<'_>],
    ) -> Result<Open, Box<Fault>> {
        let mut needs = Vec::new();
        let mut function = None;
        let mut others = false;
        if demands.is_empty() && looks_constant(name) {
            return Ok(Open::Constant(ours("4")));
        }
        for demand in demands {
            let bounds = match demand {
                Demand::Constant(ty) => match plain_constant(ty) {
                    Ty::Const(value) => return Ok(Open::Constant(*value)),
                    _ => continue,
                },
                Demand::Bounds(bounds, _) => bounds,
            };
            for bound in bounds.of_parameter() {
                match asked(bound) {
                    Asked::Nothing => {}
                    Asked::Auto(of) => needs.push(of),
                    Asked::Function(bound) => function = Some(Box::new(bound.clone())),
                    Asked::Other => others = true,
                }
            }
        }
        if !others {
            return Ok(Open::Choices(match function {
                Some(bound) => Choices::Functions(bound, needs),
                None => Choices::StandIns(needs),
            }));
        }
        let plain = demands.iter().find_map(|demand| match demand {
            Demand::Bounds(bounds, env) => self.chosen(bounds, env)?.written(&self.public, self.library),
            Demand::Constant(_) => None,
        });
        if let Some(written) = plain {
            return Ok(Open::Choices(Choices::These(vec![ours(&written)])));
        }
        let message = format!("no type is known to meet the bounds of `{name}`");
        let fault = Fault::error(Code::CannotGenerate, constraint.target.span, message);
        Err(Box::new(fault.help(format!(
            "name one, or several: `generics = {{ {name} = \"support::Local, support::Shared\" }}`"
        ))))
    }

    /// What the declaration says under the keys that take conditions.
    fn conditions(
        &self,
        constraint: &Constraint,
        parameters: &[OpenParameter],
    ) -> Result<Vec<(&'static str, Condition)>, Box<Fault>> {
        let mut conditions = Vec::new();
        let keys = constraint.kind.value.keys.iter().filter(|key| key.shape == KeyShape::Text);
        for (key, text) in keys.filter_map(|key| Some((key.name, constraint.text(key.name)?))) {
            let written = Expression { text: text.value.clone(), span: text.span };
            let what = "a condition such as `T: Send`, and neither `always` nor `never`";
            let Parsed(mut condition) = expression::parse(&written, self.library, what, self.sources)?.syntax;
            if let Condition::If(all) = &mut condition {
                for (ty, bounds) in all {
                    Lifetimes.visit_type_mut(ty);
                    self.check_names(ty, text, parameters)?;
                    bounds.iter_mut().for_each(whole_path);
                }
            }
            conditions.push((key, condition));
        }
        Ok(conditions)
    }

    /// Every name in a condition that stands for nothing else has to be a parameter.
    fn check_names(
        &self,
        ty: &Type,
        text: &Spanned<String>,
        known: &[OpenParameter],
    ) -> Result<(), Box<Fault>> {
        let mut names = Names::default();
        names.visit_type(ty);
        let known: Vec<String> = known.iter().map(|it| it.name.clone()).collect();
        match names.0.iter().find(|name| self.is_open_name(name) && !known.contains(name)) {
            None => Ok(()),
            Some(name) => Err(Box::new(no_parameter(text.span, name, &known))),
        }
    }
}

/// Aliases of aliases end here.
const DEEPEST: u8 = 8;

/// What the path of a type leads to.
enum Sought {
    Item(ItemId),
    /// Another crate's, or one that only a macro makes.
    Unknown,
    Missing(Vec<String>),
}

/// What stands for a name.
#[derive(Clone)]
enum Open {
    Constant(syn::Expr),
    Choices(Choices),
}

/// What one use asks of a parameter.
enum Demand<'g> {
    Constant(&'g Type),
    Bounds(Bounds<'g>, Env),
}

/// What one bound asks.
enum Asked<'b> {
    Nothing,
    Auto(&'static str),
    Function(&'b syn::TraitBound),
    Other,
}

fn asked(bound: &TypeParamBound) -> Asked<'_> {
    let TypeParamBound::Trait(bound) = bound else { return Asked::Nothing };
    let Some(last) = bound.path.segments.last() else { return Asked::Nothing };
    if bound.maybe.is_some() {
        return Asked::Nothing;
    }
    let name = unraw(&last.ident);
    if let Some(of) = AUTO_TRAITS.iter().find(|of| **of == name) {
        return Asked::Auto(of);
    }
    let is_empty = match &last.arguments {
        PathArguments::None => true,
        PathArguments::AngleBracketed(arguments) => {
            name == "AsRef" && arguments.args.iter().all(|it| ["str", "[u8]"].contains(&&*plain(it)))
        }
        PathArguments::Parenthesized(_) => return Asked::Function(bound),
    };
    if is_empty && OF_STAND_INS.contains(&&*name) { Asked::Nothing } else { Asked::Other }
}

fn no_parameter(at: Span, name: &str, known: &[String]) -> Fault {
    let fault = Fault::error(Code::UnknownArgument, at, format!("the type has no parameter `{name}`"));
    match nearest(name, known.iter().map(String::as_str)).as_slice() {
        [] if known.is_empty() => fault.help("write its parameters: `target = \"crate::Cell<T>\"`"),
        [] => fault.help(format!("its parameters are `{}`", known.join("`, `"))),
        near => near.iter().fold(fault, |fault, near| fault.help(format!("did you mean `{near}`?"))),
    }
}
