//! Takes the signature that a declaration gives for a target that the sources do not show, gives it as that of a function.
//!
//! Whether there is such a function is for the compiler to say.

use std::borrow::Cow;

use syn::parse::{Parse, ParseStream};
use syn::{FnArg, Pat, PatType, Signature, Token, TypeFnPtr};

use super::callable::{Callable, Origin};
use super::expression::{self, Named, Parsed};
use super::lower::{Crate, Env};
use super::paths::Scope;
use super::syntax::{ident, ours};
use crate::model::{Code, Expression, Fault};

/// `fn(&str) -> Result<_, _>`, perhaps with `async` before it.
struct Written {
    is_async: bool,
    pointer: TypeFnPtr,
}

impl Parse for Written {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let is_async = input.parse::<Option<Token![async]>>()?.is_some();
        Ok(Self { is_async, pointer: input.parse()? })
    }
}

impl<'a> Crate<'a> {
    /// The function at `path`, taken as there, with the signature that the declaration gives.
    pub(super) fn declared_function(
        &self,
        path: &Named,
        signature: &Expression,
    ) -> Result<Callable<'a>, Box<Fault>> {
        let what = "the signature of a function";
        let parsed = expression::parse::<Written>(signature, self.library, what, self.sources);
        let Parsed { syntax: written, .. } =
            parsed.map_err(|fault| fault.help("write it like `fn(&str, u8) -> Result<_, _>`"))?;
        if written.pointer.unsafety.is_some() {
            let fault = Fault::error(Code::WrongTarget, signature.span, "this function is unsafe to call")
                .help("make the call with `call = \"unsafe { .. }\"`, with what it requires kept");
            return Err(Box::new(fault));
        }
        Ok(Callable {
            signature: Cow::Owned(as_function(&written)),
            defined: signature.span,
            env: Env::new(Scope::Outside, None),
            path: Some(path.outside.clone()),
            written: path.outside.clone(),
            undecided: Vec::new(),
            origin: Origin::Declared(signature.span),
        })
    }
}

fn as_function(written: &Written) -> Signature {
    let mut signature: Signature = ours("fn declared()");
    signature.asyncness = written.is_async.then(Default::default);
    signature.output = written.pointer.output.clone();
    for (at, input) in written.pointer.inputs.iter().enumerate() {
        let mut parameter: PatType = match ours::<FnArg>("argument: ()") {
            FnArg::Typed(parameter) => parameter,
            FnArg::Receiver(_) => unreachable!("an argument with a name is no receiver"),
        };
        let name = input.name.as_ref().map(|(name, _)| name.clone());
        if let Pat::Ident(pattern) = &mut *parameter.pat {
            pattern.ident = name.unwrap_or_else(|| ident(&format!("argument_{}", at + 1)));
        }
        parameter.ty = Box::new(input.ty.clone());
        signature.inputs.push(FnArg::Typed(parameter));
    }
    signature
}
