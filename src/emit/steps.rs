//! Takes the steps of a case, gives the body of its test.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use syn::{Expr, parse_quote};

use crate::kinds::{Body, Call, OracleCall, Setting, Show, Step, Via, ident, is_copy};
use crate::resolve::{Function, Lend, Recipe, old_name};

use crate::plan::Test;

use super::awaits::{awaits, waiting};
use super::keep::needs_keep;
use super::lend::lent;
use super::moves::{Used, sparing};
use super::print::{fits, one_line};
use super::recipe::{generator, variable};
use super::samples::Samples;
use super::types;

/// The one statement of a test: the call of its oracle.
pub(super) fn oracle(id: &str, call: &OracleCall, samples: &Samples<'_>) -> TokenStream {
    let oracle = format_ident!("{}", call.oracle);
    match &call.body {
        Body::Cases(_) | Body::Limited { .. } => {
            let steps = call.body.steps();
            let case = unused(steps, "case");
            let writer = Writer {
                call: unused(steps, "call"),
                turns: unused(steps, "turns"),
                recipes: recipes(steps),
                case: &case,
                samples,
                steps,
            };
            let keeps = call
                .body
                .all_steps()
                .any(|step| matches!(step, Step::Draw { recipe, .. } if needs_keep(recipe)));
            let keep = keeps.then(|| quote!(let keep = &rt::Keep::default();));
            let records = recipes(steps).values().any(|recipe| is_recorded(recipe));
            // Whoever asks for the calls of a program asks its path.
            let records = records.then(|| {
                quote!(
                    #[allow(unused_imports)]
                    use rt::Recorded as _;
                )
            });
            let steps = (0..steps.len()).map(|at| writer.step(at));
            quote! {
                rt::#oracle(|#case| {
                    #records
                    #keep
                    #(#steps)*
                    Ok(())
                });
            }
        }
        Body::Types { .. } => {
            let placeholder = format_ident!("{PLACEHOLDER}");
            quote!(rt::#placeholder();)
        }
        Body::Sources { module, settings, fields } => {
            let settings = format_ident!("{settings}");
            let fields = fields.iter().map(|(name, value)| {
                let name = format_ident!("{name}");
                match value {
                    Setting::Words(words) => quote!(#name: &[#(#words),*]),
                    Setting::Flag(flag) => quote!(#name: #flag),
                    Setting::Text(text) => quote!(#name: #text),
                    Setting::Number(number) => {
                        let number = Literal::f64_unsuffixed(*number);
                        quote!(#name: #number)
                    }
                    Setting::Table(rows) => {
                        let rows = rows.iter().map(|(row, words)| quote!((#row, &[#(#words),*])));
                        quote!(#name: &[#(#rows),*])
                    }
                }
            });
            quote!(rt::#oracle(#id, &[#(#module),*], rt::#settings { #(#fields),* });)
        }
    }
}

/// The printed test with the two things that the printer would lay out badly put in afterwards:
/// it keeps a closure on the line of its call only where that is the one argument, and does not format macros.
pub(super) fn reworded(id: &str, test: &Test, printed: String) -> String {
    let Test::Oracle(OracleCall { oracle, body }) = test else { return printed };
    let limits: String = match body {
        Body::Cases(_) => String::new(),
        Body::Limited { limits, .. } => limits.iter().map(|limit| one_line(limit) + ", ").collect(),
        Body::Sources { .. } => return printed,
        Body::Types { shown, ty, choices, claims } => {
            let asked = types::asked(id, shown, ty, choices, claims);
            return printed.replacen(&format!("rt::{PLACEHOLDER}();"), &asked, 1);
        }
    };
    let (without_id, with_id) =
        (format!("{{\n    rt::{oracle}(|"), format!("{{\n    rt::{oracle}({id:?}, {limits}|"));
    let (head, body) = printed.split_once(&without_id).expect("a test opens with its oracle");
    let body = body.replace(&format!("rt::{SHOWN}("), "rt::shown!(");
    format!("{head}{with_id}{}", body.replace(&format!("rt::{USED}("), "rt::used!("))
}

/// Stands for the macro that asks about types.
const PLACEHOLDER: &str = "types\u{b7}";

/// Stands for the macro while the test is printed: as wide, and with a letter that no text holds by chance.
const SHOWN: &str = "shown\u{b7}";

/// The same for the macro that uses what a step gave.
const USED: &str = "used\u{b7}";

pub(super) fn used(call: &TokenStream) -> TokenStream {
    let used = format_ident!("{USED}");
    quote!(rt::#used(#call))
}

pub(super) fn shown(value: &Expr) -> TokenStream {
    shown_against(value, None)
}

fn shown_against(value: &Expr, against: Option<&Expr>) -> TokenStream {
    let (shown, against) = (format_ident!("{SHOWN}"), against.iter());
    quote!(rt::#shown(#value #(, #against)*))
}

/// The wanted name, unless a value of the test is called so.
fn unused(steps: &[Step], wanted: &str) -> Ident {
    let taken = |name: &str| {
        steps.iter().any(|step| match step {
            Step::Draw { name: drawn, .. } => drawn == name,
            Step::Call { bind, .. } => bind.as_deref() == Some(name),
            Step::Folder { name: bound, .. }
            | Step::Cut { name: bound, .. }
            | Step::Let { name: bound, .. } => bound == name,
            Step::Keep(kept) => old_name(kept) == name,
            Step::Walk(walk) => walk
                .arms
                .iter()
                .flat_map(|arm| &arm.draws)
                .any(|step| matches!(step, Step::Draw { name: drawn, .. } if drawn == name)),
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
pub(super) type Recipes<'a> = BTreeMap<&'a str, &'a Recipe>;

pub(super) fn recipes(steps: &[Step]) -> Recipes<'_> {
    let mut recipes = Recipes::new();
    for step in steps {
        if let Step::Draw { name, recipe, .. } = step {
            recipes.insert(name, recipe);
        }
    }
    recipes
}

/// Whether a value leads to a program that records how it is called.
fn is_recorded(recipe: &Recipe) -> bool {
    matches!(recipe, Recipe::Program { .. }) || recipe.parts().into_iter().any(is_recorded)
}

/// What the steps of one test have in common.
pub(super) struct Writer<'t> {
    /// The name of the case.
    pub(super) case: &'t Ident,
    /// A name for a call that stands on a line of its own.
    call: Ident,
    /// A name for how far a call is taken.
    turns: Ident,
    recipes: Recipes<'t>,
    samples: &'t Samples<'t>,
    steps: &'t [Step],
}

impl Writer<'_> {
    fn step(&self, at: usize) -> TokenStream {
        let case = self.case;
        match &self.steps[at] {
            Step::MustPass => quote!(#case.must_pass();),
            Step::Env(of) => {
                let (name, value) = (&of.name, variable(of));
                quote!(#case.env(#name, #value)?;)
            }
            Step::Row(rows) => {
                let rows = Literal::usize_unsuffixed(*rows);
                quote!(#case.sample_row(#rows);)
            }
            Step::Draw { name, recipe, input, mutable } => {
                self.draw(name, &self.generator(recipe, input.as_ref()), *mutable)
            }
            Step::Folder { name, is_text } => {
                let bind = ident(name);
                let folder = if *is_text { quote!(folder_text) } else { quote!(folder) };
                quote!(let #bind = #case.#folder(#name)?;)
            }
            Step::Keep(name) => {
                let (kept, name) = (ident(&old_name(name)), ident(name));
                quote!(let #kept = #name.clone();)
            }
            Step::When(condition) => {
                let condition = self.stated(condition, at);
                quote!(#case.when(#condition)?;)
            }
            Step::Refused(condition) => {
                let condition = self.stated(condition, at);
                quote!(#case.refused(#condition)?;)
            }
            Step::Passed(condition) => {
                let condition = self.stated(condition, at);
                quote!(#case.passed(#condition)?;)
            }
            Step::Call { bind, via, call, is_async } => {
                let call = match call {
                    // What is called many times takes nothing away.
                    Call::Expression(it) if *via == Via::Sampled => {
                        Call::Expression(sparing(it, &self.moved(), &|_| true))
                    }
                    call => self.spared_call(call, at),
                };
                self.call(bind.as_deref(), *via, &call, *is_async)
            }
            Step::Accepted(name) => {
                let name = ident(name);
                quote!(let #name = #case.accepted(#name)?;)
            }
            Step::See { name, value, against } => {
                let shown = shown_against(value, against.as_ref());
                quote!(#case.see(#name, || #shown);)
            }
            Step::Then { text, condition } => {
                let condition = self.stated(condition, at);
                quote!(#case.then(#text, #condition)?;)
            }
            Step::Resemble(names) => quote!(#case.resemble(&[#(#names),*]);),
            Step::Cut { name, of, as_bytes } => {
                let (bind, of) = (ident(name), ident(of));
                let pieces = if *as_bytes { quote!(rt::cut_bytes) } else { quote!(rt::cut) };
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
            Step::Forge { seal, covered, keys, forged, exact } => {
                let forged = forged.iter().map(|name| {
                    let value = ident(name);
                    quote!(let #value = rt::forged!(#case, #name, #value)?;)
                });
                quote!(#case.forge(#seal, &[#(#covered),*], &[#(#keys),*], #exact); #(#forged)*)
            }
            Step::Walk(walk) => self.walk(walk),
            Step::Same { what, holds, left, right } => {
                let (left, right) = (shown(left), shown(right));
                quote!(#case.same(#what, #holds, || [#left, #right])?;)
            }
        }
    }

    /// An expression of the user as the step at this place has it: what later steps need is cloned, what it awaits is
    /// waited for.
    fn stated(&self, expression: &Expr, at: usize) -> TokenStream {
        waiting(&self.spared(expression, at))
    }

    fn spared(&self, expression: &Expr, at: usize) -> Expr {
        let later: Vec<Used> = self.steps[at + 1..].iter().flat_map(expressions).map(Used::of).collect();
        let arguments: Vec<&str> = self.steps[at + 1..].iter().flat_map(names).collect();
        let is_needed = |name: &str| later.iter().any(|used| used.has(name)) || arguments.contains(&name);
        sparing(expression, &self.moved(), &is_needed)
    }

    fn spared_call(&self, call: &Call, at: usize) -> Call {
        match call {
            Call::Expression(expression) => Call::Expression(self.spared(expression, at)),
            Call::Function { function, arguments } => {
                Call::Function { function: function.clone(), arguments: arguments.clone() }
            }
        }
    }

    /// What makes values of the recipe.
    pub(super) fn generator(&self, recipe: &Recipe, input: Option<&crate::model::Id>) -> TokenStream {
        let samples = self.samples.constant(input, recipe);
        generator(&self.repeatable(recipe), samples.as_ref())
    }

    /// Names of values that are moved when they are passed on.
    pub(super) fn moved(&self) -> BTreeSet<&str> {
        let drawn = self.steps.iter().filter_map(|step| match step {
            Step::Draw { name, recipe, .. } if !is_copy(recipe) => Some(name.as_str()),
            Step::Call { bind: Some(name), .. } => Some(name.as_str()),
            _ => None,
        });
        drawn.collect()
    }

    /// The recipe with expressions that take no earlier value away: its closures may be called any number of times.
    fn repeatable(&self, recipe: &Recipe) -> Recipe {
        let values = self.moved();
        let spared = |it: &Expr| sparing(it, &values, &|_| true);
        match recipe {
            Recipe::Value(value) => Recipe::Value(spared(value)),
            Recipe::Strategy(strategy) => Recipe::Strategy(spared(strategy)),
            Recipe::Map { inner, map, ty } => {
                Recipe::Map { inner: Box::new(self.repeatable(inner)), map: spared(map), ty: ty.clone() }
            }
            Recipe::Fields { path, inner } => Recipe::Fields {
                path: path.clone(),
                inner: Box::new(inner.with_parts(&|part| self.repeatable(part))),
            },
            Recipe::Server { name, start, form } => {
                Recipe::Server { name: name.clone(), start: Box::new(spared(start)), form: *form }
            }
            Recipe::Vec(_) | Recipe::Option(_) | Recipe::Boxed(_) | Recipe::Folder { .. } => {
                recipe.with_parts(&|part| self.repeatable(part))
            }
            other => other.clone(),
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
        if let Via::Cancelled(method) = via {
            return self.cancelled(method, call);
        }
        let bind = bind.map(ident).map(|bind| quote!(let #bind =));
        let called = awaited(call, is_async, &self.recipes);
        let written = |closure: &TokenStream| {
            let case = self.case;
            match via {
                Via::Target => quote!(#bind #case.call(#closure)?;),
                Via::Attempt => quote!(#bind #case.attempt(#closure)?;),
                Via::Tolerate => quote!(#bind #case.tolerate(#closure)?;),
                Via::Sampled => quote!(#bind #case.sampled(#closure)?;),
                Via::Overheard => quote!(#bind #case.overhear(#closure)?;),
                Via::By(method) => {
                    let method = format_ident!("{method}");
                    quote!(#bind #case.#method(#closure)?;)
                }
                Via::Helper(what) => quote!(#bind #case.check(#what, #closure)?;),
                Via::Refusing(what) => quote!(#bind #case.ask(#what, #closure)?;),
                Via::Cancelled(_) => unreachable!("the future of such a call is passed on, not waited for"),
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

    /// A call whose future is taken as far as the case says.
    fn cancelled(&self, method: &str, call: &Call) -> TokenStream {
        let (case, turns, method) = (self.case, &self.turns, format_ident!("{method}"));
        let future = match call {
            Call::Function { function, arguments } => called(function, arguments, &self.recipes),
            Call::Expression(expression) if awaits(expression) => quote!(async { #expression }),
            Call::Expression(expression) => quote!(#expression),
        };
        quote! {
            #case.#method(|#turns| {
                let call = async { #turns.begin(#future).await };
                rt::block_on(#turns.take(rt::scarce, call));
            })?;
        }
    }
}

/// The user's Rust in a step.
fn expressions(step: &Step) -> Vec<&Expr> {
    match step {
        Step::When(it) | Step::Refused(it) | Step::Passed(it) => vec![it],
        Step::Then { condition, .. } => vec![condition],
        Step::See { value, against, .. } => against.iter().chain([value]).collect(),
        Step::Same { holds, left, right, .. } => vec![holds, left, right],
        Step::Call { call: Call::Expression(call), .. } => vec![call],
        _ => Vec::new(),
    }
}

/// The values that a step uses without an expression.
fn names(step: &Step) -> Vec<&str> {
    match step {
        Step::Accepted(name) => vec![name],
        Step::Forge { forged, .. } => forged.iter().map(String::as_str).collect(),
        Step::Call { call: Call::Function { arguments, .. }, .. } => {
            arguments.iter().map(|(name, _)| name.as_str()).collect()
        }
        _ => Vec::new(),
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

pub(super) fn awaited(call: &Call, is_async: bool, recipes: &Recipes<'_>) -> TokenStream {
    match call {
        Call::Function { function, arguments } => {
            let call = called(function, arguments, recipes);
            match (is_async, function.is_eager) {
                (false, _) => call,
                (true, false) => quote!(rt::block_on(#call)),
                // What runs before the first wait may need the runtime already.
                (true, true) => quote!(rt::block_on(async { #call.await })),
            }
        }
        Call::Expression(expression) if awaits(expression) => waiting(expression),
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
