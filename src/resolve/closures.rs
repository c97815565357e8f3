//! Takes the bound, the object or the pointer of a function that is an argument, gives its type and how one is made.
//!
//! Such a value is a function that the runtime makes up: what it answers depends on its arguments alone.
//! Where it stands at a call, a closure written there lets the compiler find its types; deeper inside, its type is written.

use syn::{PathArguments, ReturnType, Type, TypeParamBound};

use super::lower::{Crate, Env};
use super::made::{Obstacle, Recipe, View, Wrapped};
use super::syntax::ours;
use super::traits::is_everywhere;
use super::ty::{Closure, Form, Ty};

/// The traits of functions.
const OF_FUNCTIONS: [(&str, &str); 6] = [
    ("Fn", "Fn"),
    ("FnMut", "FnMut"),
    ("FnOnce", "FnOnce"),
    ("AsyncFn", "Fn"),
    ("AsyncFnMut", "FnMut"),
    ("AsyncFnOnce", "FnOnce"),
];

/// Traits of pointers that closures may lack.
const OF_POINTERS: [&str; 7] = ["Copy", "Debug", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"];

impl Crate<'_> {
    /// The function that these bounds ask for; nothing if they ask for something else as well.
    pub(super) fn closure(
        &self,
        bounds: &[&TypeParamBound],
        is_object: bool,
        env: &Env,
        depth: u8,
    ) -> Option<Ty> {
        let (mut found, mut form, mut autos) = (None, Form::Bound, Vec::new());
        for bound in bounds {
            let TypeParamBound::Trait(bound) = bound else { continue };
            let last = bound.path.segments.last()?;
            let name = last.ident.to_string();
            let of = OF_FUNCTIONS.iter().find(|(of, _)| *of == name);
            match (of, &last.arguments) {
                (Some((name, of)), PathArguments::Parenthesized(arguments)) => {
                    let inputs: Vec<Ty> =
                        arguments.inputs.iter().map(|input| self.lowered(&input.ty, env, depth)).collect();
                    let output = self.given_back(&arguments.output, env, depth);
                    let output = if name.starts_with("Async") { Ty::ready(output) } else { output };
                    found = Some((*of, inputs, output));
                }
                _ if OF_POINTERS.contains(&&*name) => form = Form::Named,
                _ if is_everywhere(&name) => {
                    autos.extend(["Send", "Sync", "Unpin"].into_iter().filter(|auto| *auto == name));
                }
                _ if name == "Clone" => {}
                _ => return None,
            }
        }
        let (of, inputs, output) = found?;
        let form = if is_object { Form::Object } else { form };
        Some(Ty::Closure(Box::new(Closure { form, of, inputs, output, autos })))
    }

    /// `fn(A) -> B`; nothing for one that only another language calls.
    pub(super) fn pointer(&self, pointer: &syn::TypeFnPtr, env: &Env, depth: u8) -> Option<Ty> {
        if pointer.abi.is_some() || pointer.variadic.is_some() || pointer.unsafety.is_some() {
            return None;
        }
        let inputs = pointer.inputs.iter().map(|input| self.lowered(&input.ty, env, depth)).collect();
        let output = self.given_back(&pointer.output, env, depth);
        let closure = Closure { form: Form::Pointer, of: "Fn", inputs, output, autos: Vec::new() };
        Some(Ty::Closure(Box::new(closure)))
    }

    fn given_back(&self, output: &ReturnType, env: &Env, depth: u8) -> Ty {
        match output {
            ReturnType::Default => Ty::Unit,
            ReturnType::Type(_, ty) if matches!(**ty, Type::Never(_)) => Ty::Other,
            ReturnType::Type(_, ty) => self.lowered(ty, env, depth),
        }
    }

    /// How an argument that is a function is made where a call takes it; nothing for other types.
    pub(super) fn literal_closure(&self, ty: &Ty) -> Option<Result<Recipe, Obstacle>> {
        let (wrapped, closure) = wrapped(ty)?;
        let is_literal = match closure.form {
            Form::Object => true,
            Form::Bound | Form::Pointer => wrapped == Wrapped::Plain,
            Form::Named => false,
        };
        is_literal.then(|| self.closure_recipe(closure, wrapped, None))
    }

    /// The same for a part of a value, where its type has to be written.
    pub(super) fn named_closure(&self, ty: &Ty) -> Option<Result<Recipe, Obstacle>> {
        let (wrapped, closure) = wrapped(ty)?;
        if wrapped != Wrapped::Plain && closure.form != Form::Object {
            return None;
        }
        // Behind a reference, a pointer becomes the object.
        let written =
            if wrapped == Wrapped::Plain { Ty::Closure(Box::new(closure.named())) } else { ty.clone() };
        let Some(written) = self.syntax(&written) else {
            return Some(Err(Obstacle::new("a function that takes or gives what no test can name")));
        };
        Some(self.closure_recipe(closure, wrapped, Some(written)))
    }

    fn closure_recipe(
        &self,
        closure: &Closure,
        wrapped: Wrapped,
        ty: Option<Type>,
    ) -> Result<Recipe, Obstacle> {
        let orders = closure.orders();
        let output = match &closure.output {
            _ if orders => Recipe::Unit,
            Ty::Ref(inner) if !self.borrows(&inner.sized()) => {
                let view = View::of(inner);
                Recipe::Kept {
                    inner: Box::new(self.made(&inner.sized())?),
                    view,
                    mutable: false,
                    leaked: true,
                }
            }
            output if self.borrows(output) => {
                return Err(Obstacle::new("a function whose answer borrows from something"));
            }
            output => self.made(output)?,
        };
        let is_pointer = wrapped == Wrapped::Plain
            && (ty.is_some() || matches!(closure.form, Form::Pointer | Form::Named));
        let arity = closure.inputs.len();
        Ok(Recipe::Closure { output: Box::new(output), arity, orders, wrapped, is_pointer, ty })
    }
}

/// The function inside of a type that is nothing but one, perhaps in a box.
fn wrapped(ty: &Ty) -> Option<(Wrapped, &Closure)> {
    match ty {
        Ty::Closure(closure) => Some((Wrapped::Plain, closure)),
        Ty::Boxed(inner) => match &**inner {
            Ty::Closure(closure) => Some((Wrapped::Boxed, closure)),
            _ => None,
        },
        Ty::Std(known, parts) => match (known.path, &parts[..]) {
            ("std::rc::Rc", [Ty::Closure(closure)]) => Some((Wrapped::Rc, closure)),
            ("std::sync::Arc", [Ty::Closure(closure)]) => Some((Wrapped::Arc, closure)),
            _ => None,
        },
        _ => None,
    }
}

/// The path of the type as tests write it around a function.
impl Wrapped {
    /// What makes it.
    pub fn maker(self) -> Option<syn::Path> {
        match self {
            Self::Plain => None,
            Self::Boxed => Some(ours("Box::new")),
            Self::Rc => Some(ours("std::rc::Rc::new")),
            Self::Arc => Some(ours("std::sync::Arc::new")),
        }
    }
}
