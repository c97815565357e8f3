//! Takes the steps of a case, gives the body of its test.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::visit::Visit;
use syn::{Expr, parse_quote};

use crate::kinds::{Body, Call, OracleCall, Setting, Show, Step, Via, ident};
use crate::resolve::{Function, Lend, Recipe};

use crate::plan::Test;

use super::lend::lent;
use super::print::fits;
use super::recipe::generator;
use super::samples::Samples;

/// The one statement of a test: the call of its oracle.
pub(super) fn oracle(id: &str, call: &OracleCall, samples: &Samples<'_>) -> TokenStream {
    let oracle = format_ident!("{}", call.oracle);
    match &call.body {
        Body::Cases(steps) => {
            let case = unused(steps, "case");
            let writer =
                Writer { call: unused(steps, "call"), recipes: recipes(steps), case: &case, samples };
            let steps = steps.iter().map(|step| writer.step(step));
            quote! {
                rt::#oracle(|#case| {
                    #(#steps)*
                    Ok(())
                });
            }
        }
        Body::Sources { module, settings, fields } => {
            let settings = format_ident!("{settings}");
            let fields = fields.iter().map(|(name, value)| {
                let name = format_ident!("{name}");
                match value {
                    Setting::Words(words) => quote!(#name: &[#(#words),*]),
                    Setting::Flag(flag) => quote!(#name: #flag),
                }
            });
            quote!(rt::#oracle(#id, &[#(#module),*], rt::#settings { #(#fields),* });)
        }
    }
}

/// The printed test with the two things that the printer would lay out badly put in afterwards:
/// it keeps a closure on the line of its call only where that is the one argument, and does not format macros.
pub(super) fn reworded(id: &str, test: &Test, printed: String) -> String {
    let Test::Oracle(OracleCall { oracle, body: Body::Cases(_) }) = test else { return printed };
    let (without_id, with_id) =
        (format!("{{\n    rt::{oracle}(|"), format!("{{\n    rt::{oracle}({id:?}, |"));
    let (head, body) = printed.split_once(&without_id).expect("a test opens with its oracle");
    format!("{head}{with_id}{}", body.replace(&format!("rt::{SHOWN}("), "rt::shown!("))
}

/// Stands for the macro while the test is printed: as wide, and with a letter that no text holds by chance.
const SHOWN: &str = "shown\u{b7}";

fn shown(value: &Expr) -> TokenStream {
    let shown = format_ident!("{SHOWN}");
    quote!(rt::#shown(#value))
}

/// The wanted name, unless a value of the test is called so.
fn unused(steps: &[Step], wanted: &str) -> Ident {
    let taken = |name: &str| {
        steps.iter().any(|step| match step {
            Step::Draw { name: drawn, .. } => drawn == name,
            Step::Call { bind, .. } => bind.as_deref() == Some(name),
            Step::Cut { name: bound, .. } | Step::Let { name: bound, .. } => bound == name,
            _ => false,
        })
    };
    let mut name = wanted.to_owned();
    while taken(&name) {
        name.push('_');
    }
    format_ident!("{name}")
}

/// How the values of a test are made, by name.
type Recipes<'a> = BTreeMap<&'a str, &'a Recipe>;

fn recipes(steps: &[Step]) -> Recipes<'_> {
    let mut recipes = Recipes::new();
    for step in steps {
        if let Step::Draw { name, recipe, .. } = step {
            recipes.insert(name, recipe);
        }
    }
    recipes
}

/// What the steps of one test have in common.
struct Writer<'t> {
    /// The name of the case.
    case: &'t Ident,
    /// A name for a call that stands on a line of its own.
    call: Ident,
    recipes: Recipes<'t>,
    samples: &'t Samples<'t>,
}

impl Writer<'_> {
    fn step(&self, step: &Step) -> TokenStream {
        let case = self.case;
        match step {
            Step::Draw { name, recipe, input, mutable } => {
                let samples = self.samples.constant(input.as_ref(), recipe);
                self.draw(name, &generator(recipe, samples.as_ref()), *mutable)
            }
            Step::When(condition) => quote!(#case.when(#condition)?;),
            Step::Call { bind, via, call, is_async } => self.call(bind.as_deref(), *via, call, *is_async),
            Step::Accepted(name) => {
                let name = ident(name);
                quote!(let #name = #case.accepted(#name)?;)
            }
            Step::See { name, value } => {
                let shown = shown(value);
                quote!(#case.see(#name, || #shown);)
            }
            Step::Then { text, condition } => quote!(#case.then(#text, #condition)?;),
            Step::Resemble(names) => quote!(#case.resemble(&[#(#names),*]);),
            Step::Cut { name, of, as_bytes } => {
                let (bind, of) = (ident(name), ident(of));
                let pieces = if *as_bytes { quote!(rt::byte_pieces) } else { quote!(rt::pieces) };
                quote!(let #bind = #case.draw(#name, #pieces(&#of))?;)
            }
            Step::Let { name, value, mutable } => {
                let (name, mutable) = (ident(name), mutable.then(|| quote!(mut)));
                quote!(let #mutable #name = #value;)
            }
            Step::State { method, arguments, show } => {
                let (method, it) = (format_ident!("{method}"), parse_quote!(it));
                let show = match show {
                    Show::Nothing => None,
                    Show::Value(value) => Some(shown(value)).map(|shown| quote!(|| #shown)),
                    Show::Any => Some(shown(&it)).map(|shown| quote!(|it| #shown)),
                };
                let arguments = arguments.iter().map(|it| quote!(#it)).chain(show);
                quote!(#case.#method(#(#arguments),*)?;)
            }
            Step::Same { what, holds, left, right } => {
                let (left, right) = (shown(left), shown(right));
                quote!(#case.same(#what, #holds, || [#left, #right])?;)
            }
        }
    }

    /// The generator stands on lines of its own where it is long: the printer would spread the draw over as many.
    fn draw(&self, name: &str, generator: &TokenStream, mutable: bool) -> TokenStream {
        let (case, bind) = (self.case, ident(name));
        let mutable = mutable.then(|| quote!(mut));
        let short = quote!(let #mutable #bind = #case.draw(#name, #generator)?;);
        if fits(&short) {
            return short;
        }
        quote!(let #bind = #generator; let #mutable #bind = #case.draw(#name, #bind)?;)
    }

    fn call(&self, bind: Option<&str>, via: Via, call: &Call, is_async: bool) -> TokenStream {
        let bind = bind.map(ident).map(|bind| quote!(let #bind =));
        let called = awaited(call, is_async, &self.recipes);
        let written = |closure: &TokenStream| {
            let case = self.case;
            match via {
                Via::Target => quote!(#bind #case.call(#closure)?;),
                Via::Helper(what) => quote!(#bind #case.check(#what, #closure)?;),
            }
        };
        let short = written(&quote!(|| #called));
        if fits(&short) || !may_be_named(call) {
            return short;
        }
        let name = &self.call;
        let named = written(&quote!(#name));
        quote!(let #name = || #called; #named)
    }
}

/// Whether a closure of the call means the same with a name: one that lends `&mut` could not give back what it borrows,
/// and of the user's Rust nobody knows.
fn may_be_named(call: &Call) -> bool {
    match call {
        Call::Function { function, .. } => {
            function.parameters.iter().all(|parameter| parameter.lend != Lend::RefMut)
        }
        Call::Expression(_) => false,
    }
}

fn awaited(call: &Call, is_async: bool, recipes: &Recipes<'_>) -> TokenStream {
    match call {
        Call::Function { function, arguments } => {
            let call = called(function, arguments, recipes);
            if is_async { quote!(rt::block_on(#call)) } else { call }
        }
        Call::Expression(expression) if awaits(expression) => quote!(rt::block_on(async { #expression })),
        Call::Expression(expression) if is_async => quote!(rt::block_on(#expression)),
        Call::Expression(expression) => quote!(#expression),
    }
}

fn called(function: &Function, arguments: &[(String, bool)], recipes: &Recipes<'_>) -> TokenStream {
    let path = &function.path;
    let arguments = arguments.iter().zip(&function.parameters).map(|((name, clone), parameter)| {
        let value = ident(name);
        let value = if *clone { quote!(#value.clone()) } else { quote!(#value) };
        lent(&value, &parameter.lend, recipes.get(name.as_str()).copied())
    });
    quote!(#path(#(#arguments),*))
}

fn awaits(expression: &Expr) -> bool {
    struct Finder(bool);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_expr_await(&mut self, _: &'ast syn::ExprAwait) {
            self.0 = true;
        }
        // An `await` in there is waited for there.
        fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    }
    let mut finder = Finder(false);
    finder.visit_expr(expression);
    finder.0
}
