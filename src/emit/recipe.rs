//! Takes a recipe, gives the chain of calls that makes its values.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{Expr, Ident, Member};

use crate::kinds::ident;
use crate::model::{Fit, Length};
use crate::resolve::{Address, EnvVariable, Given, Lend, Maker, Recipe, View, Way};

use super::awaits::waiting;
use super::keep::{MODULE, keeps};
use super::lend::{closure, lent};
use super::print::one_line;
use super::samples::List;

/// The generator of a recipe, whose samples stand in the constant `samples` if there is one.
pub(super) fn generator(recipe: &Recipe, samples: Option<&Ident>) -> TokenStream {
    match recipe {
        Recipe::Text { only, .. } => sampled(&quote!(rt::text()), recipe, samples, *only),
        Recipe::Bytes { only, .. } => sampled(&quote!(rt::bytes()), recipe, samples, *only),
        Recipe::Integer { ty, range } => number("integer", ty, range.as_ref()),
        Recipe::Float { ty, range } => number("float", ty, range.as_ref()),
        Recipe::Bool => quote!(rt::boolean()),
        Recipe::Char => quote!(rt::character()),
        Recipe::Unit => quote!(rt::unit()),
        Recipe::Vec(inner) => wrapped("vec", &[inner], samples),
        Recipe::Option(inner) => wrapped("option", &[inner], samples),
        Recipe::Boxed(inner) => wrapped("boxed", &[inner], samples),
        Recipe::Result(ok, err) => wrapped("result", &[ok, err], samples),
        Recipe::Array(inner, length) => {
            let (inner, length) = (generator(inner, samples), const_argument(length));
            quote!(rt::array::<#length, _>(#inner))
        }
        Recipe::Tuple(parts) => {
            let parts = parts.iter().map(|part| generator(part, samples));
            quote!(rt::tuple((#(#parts,)*)))
        }
        Recipe::Known { inner, map, refuses, shown } => {
            let inner = generator(inner, samples);
            match (refuses, shown) {
                (true, _) => quote!(rt::tried(#inner, |it| #map)),
                (false, true) => quote!(rt::built(#inner, |it| #map)),
                (false, false) => {
                    let text = one_line(map);
                    quote!(rt::map(#inner, #text, |it| #map))
                }
            }
        }
        Recipe::Kept { inner, view, mutable, leaked } => {
            let inner = generator(inner, samples);
            let view = viewed(*view, *mutable, *leaked);
            if *leaked { quote!(rt::leaked(#inner, #view)) } else { quote!(rt::kept(keep, #inner, #view)) }
        }
        Recipe::Closure { output, orders, ty, .. } => {
            let made = if *orders { quote!(rt::ordering()) } else { wrapped("function", &[output], None) };
            match ty {
                Some(ty) => {
                    let it = closure(&quote!(it), recipe);
                    quote!(rt::named(#made, |it| -> #ty { #it }))
                }
                None => made,
            }
        }
        Recipe::Made(maker) => used(maker),
        Recipe::Fields { path, inner } => inline(path, inner),
        Recipe::Struct { .. } | Recipe::Enum { .. } | Recipe::Ways(_) => {
            unreachable!("types of the user are made by makers")
        }
        Recipe::LikeFiles { paths, text, only } => like_files(paths, *text, *only),
        Recipe::OneOfFiles { paths, text: true } => quote!(rt::text_of_files(&[#(#paths),*])),
        Recipe::OneOfFiles { paths, text: false } => quote!(rt::bytes_of_files(&[#(#paths),*])),
        Recipe::Document { format, text, files, only, .. } => {
            let maker = format_ident!("{}", format.name());
            let like = sampled(&quote!(rt::#maker()), recipe, samples, false);
            let files = (!files.is_empty()).then(|| quote!(.like_files(&[#(#files),*])));
            let only = only.then(|| quote!(.only()));
            let text = text.then(|| quote!(.text()));
            quote!(#like #files #only #text)
        }
        Recipe::Folder { files, text, only } => folder(files, *text, *only),
        Recipe::Program { text: true } => quote!(rt::program().text()),
        Recipe::Program { text: false } => quote!(rt::program()),
        Recipe::Server { name, start, form } => server(name, start, *form),
        Recipe::Fitted { inner, fit } => fitted(inner, fit, samples),
        Recipe::Pieces(stream) => wrapped("pieces", &[stream], samples),
        Recipe::Column { samples, is_near, fresh } => {
            let maker = if *is_near { format_ident!("near_column") } else { format_ident!("column") };
            let fresh = fresh.as_ref().map(|fresh| generator(fresh, None));
            let fresh = fresh.map(|fresh| quote!(.or(#fresh)));
            quote!(rt::#maker(vec![#(#samples),*]) #fresh)
        }
        Recipe::OneOf(values) => quote!(rt::one_of(vec![#(#values),*])),
        Recipe::Value(value) => {
            let text = one_line(value);
            let value = waiting(value);
            quote!(rt::value(#text, || #value))
        }
        Recipe::Strategy(strategy) => quote!(rt::strategy(#strategy)),
        Recipe::Arbitrary(ty) => quote!(rt::arbitrary::<#ty>()),
        Recipe::Tracked => quote!(rt::tracked()),
        Recipe::Items(item) => wrapped("items", &[item], samples),
        Recipe::Matching(regex) => quote!(rt::matching(#regex)),
        Recipe::Near { other, fresh, made: Some(made) } => {
            let (made, fresh) = (generator(made, None), generator(fresh, None));
            quote!(rt::near_made(#other, #made, #fresh))
        }
        Recipe::Near { other, fresh, made: None } => {
            let (other, fresh) = (ident(other), generator(fresh, samples));
            quote!(rt::near(&#other, #fresh))
        }
        Recipe::Map { inner, map, ty } => {
            let (inner, text) = (generator(inner, samples), one_line(map));
            // A closure that names its type needs braces.
            let body = ty.as_ref().map_or_else(|| quote!(#map), |ty| quote!(-> #ty { #map }));
            quote!(rt::map(#inner, #text, |it| #body))
        }
    }
}

/// Samples that stand in files; alone or not.
fn like_files(paths: &[String], text: bool, only: bool) -> TokenStream {
    let fresh = if text { quote!(rt::text()) } else { quote!(rt::bytes()) };
    let only = only.then(|| quote!(.only()));
    quote!(#fresh.like_files(&[#(#paths),*]) #only)
}

/// A folder with these files, as a text or a path; alone or not.
fn folder(files: &[(String, Recipe)], text: bool, only: bool) -> TokenStream {
    let name = if files.is_empty() { quote!(_) } else { quote!(files) };
    let files = files.iter().map(|(path, content)| {
        let content = generator(content, None);
        quote!(files.file(#path, #content)?;)
    });
    let only = only.then(|| quote!(.only()));
    let text = text.then(|| quote!(.text()));
    quote!(rt::folder(|#name| { #(#files)* Ok(()) }) #only #text)
}

/// The address of the server that `start` starts.
fn server(name: &str, start: &Expr, form: Address) -> TokenStream {
    let form = match form {
        Address::Text => quote!(text),
        Address::Socket => quote!(socket),
        Address::Port => quote!(port),
        Address::Url => quote!(url),
    };
    quote!(rt::server(#name, || #start).#form())
}

/// What makes the value of a variable, if it is set.
pub(super) fn variable(variable: &EnvVariable) -> TokenStream {
    let recipe = variable.recipe.as_ref().map(|recipe| generator(recipe, None));
    match (recipe, variable.unset) {
        (None, _) => quote!(rt::unset()),
        (Some(recipe), true) => quote!(rt::option(#recipe)),
        (Some(recipe), false) => recipe,
    }
}

fn sampled(fresh: &TokenStream, recipe: &Recipe, samples: Option<&Ident>, only: bool) -> TokenStream {
    let like = match (List::of(recipe).map(List::literals), samples) {
        (None, _) => quote!(),
        (Some(_), Some(constant)) => quote!(.like(#constant)),
        (Some(literals), None) => quote!(.like(&[#(#literals),*])),
    };
    let only = if only { quote!(.only()) } else { quote!() };
    quote!(#fresh #like #only)
}

fn fitted(inner: &Recipe, fit: &Fit, samples: Option<&Ident>) -> TokenStream {
    let made = generator(inner, samples);
    let made = if matches!(inner, Recipe::Vec(_)) { made } else { quote!(rt::fit(#made)) };
    let length = fit.length.as_ref().map(|length| {
        let Length { least, most } = length.value;
        let least = Literal::usize_unsuffixed(least);
        let most = if most == usize::MAX {
            quote!(usize::MAX)
        } else {
            Literal::usize_unsuffixed(most).into_token_stream()
        };
        quote!(.length(#least, #most))
    });
    let letters = fit.letters.as_ref().map(|letters| {
        let name = letters.value.name();
        let letters = format_ident!("{}{}", name[..1].to_uppercase(), &name[1..]);
        quote!(.letters(rt::Letters::#letters))
    });
    let without: Vec<&str> = fit.without.iter().map(|text| text.value.as_str()).collect();
    let without = (!without.is_empty()).then(|| quote!(.without(&[#(#without),*])));
    quote!(#made #length #letters #without)
}

fn number(maker: &str, ty: &str, range: Option<&(Expr, Expr)>) -> TokenStream {
    let (maker, ty) = (format_ident!("{maker}"), format_ident!("{ty}"));
    let between = range.map(|(low, high)| quote!(.between(#low, #high)));
    quote!(rt::#maker::<#ty>() #between)
}

fn wrapped(maker: &str, inner: &[&Recipe], samples: Option<&Ident>) -> TokenStream {
    let (maker, inner) = (format_ident!("{maker}"), inner.iter().map(|recipe| generator(recipe, samples)));
    quote!(rt::#maker(#(#inner),*))
}

/// Anything but a literal needs braces to stand for a const argument.
fn const_argument(length: &Expr) -> TokenStream {
    if matches!(length, Expr::Lit(_)) { quote!(#length) } else { quote!({ #length }) }
}

/// The view that a reference to the kept value `it` gives.
fn viewed(view: View, mutable: bool, leaked: bool) -> TokenStream {
    match (view, mutable, leaked) {
        (View::Text, false, false) => quote!(String::as_str),
        (View::Slice, false, false) => quote!(Vec::as_slice),
        (View::Text, false, true) => quote!(|it| it.as_str()),
        (View::Slice, false, true) => quote!(|it| it.as_slice()),
        (View::Text, true, _) => quote!(|it| it.as_mut_str()),
        (View::Slice, true, _) => quote!(|it| it.as_mut_slice()),
        (View::Deref, false, _) => quote!(|it| &**it),
        (View::Deref, true, _) => quote!(|it| &mut **it),
        (View::Itself, false, true) => quote!(|it| &*it),
        (View::Itself, _, _) => quote!(|it| it),
    }
}

/// A struct or variant with every field drawn; `{}` alone is right for each way to declare one without fields.
pub(super) fn literal(path: &TokenStream, fields: &[(Member, Recipe)]) -> TokenStream {
    let draws: Vec<TokenStream> = fields
        .iter()
        .map(|(member, recipe)| {
            let (name, recipe) = (member_name(member), generator(recipe, None));
            quote!(fields.draw(#name, #recipe)?)
        })
        .collect();
    let members = fields.iter().map(|(member, _)| member);
    if !fields.is_empty() && fields.iter().all(|(member, _)| matches!(member, Member::Unnamed(_))) {
        quote!(#path(#(#draws),*))
    } else {
        quote!(#path { #(#members: #draws),* })
    }
}

pub(super) fn member_name(member: &Member) -> String {
    match member {
        Member::Named(name) => name.to_string().trim_start_matches("r#").to_owned(),
        Member::Unnamed(index) => index.index.to_string(),
    }
}

/// The generator of a type of the user.
fn used(maker: &Maker) -> TokenStream {
    let (path, module, function) = (&maker.path, format_ident!("{MODULE}"), ident(&maker.function));
    let keeps = keeps(maker);
    let called = |at: Option<TokenStream>| {
        if keeps {
            let at = at.map(|at| quote!(#at,));
            quote!(|#at fields| #module::#function(keep, #at fields))
        } else {
            quote!(#module::#function)
        }
    };
    let made = named(path, maker.recipe(), &called);
    let endings = maker.endings().iter().map(|at| Literal::usize_unsuffixed(*at));
    if maker.endings().is_empty() { made } else { quote!(#made.ending(&[#(#endings),*])) }
}

/// The generator of a value of the user's type whose fields are made in a way of their own.
fn inline(path: &str, recipe: &Recipe) -> TokenStream {
    let (_, body) = body(recipe);
    named(path, recipe, &|at| {
        let at = at.map(|at| if is_chosen(recipe) { quote!(#at,) } else { quote!(_,) });
        quote!(|#at fields| #body)
    })
}

/// Whether there are alternatives.
fn is_chosen(recipe: &Recipe) -> bool {
    match recipe {
        Recipe::Enum { variants, .. } => variants.len() > 1,
        Recipe::Ways(ways) => ways.len() > 1,
        _ => false,
    }
}

/// The generator that shows its values by the names of their alternatives.
fn named(path: &str, recipe: &Recipe, called: &dyn Fn(Option<TokenStream>) -> TokenStream) -> TokenStream {
    match recipe {
        Recipe::Enum { variants, .. } => {
            let names = variants.iter().map(|(name, _)| name.to_string());
            let called = called(Some(quote!(at)));
            quote!(rt::chosen(#path, &[#(#names),*], #called))
        }
        Recipe::Ways(ways) => {
            let names = ways.iter().map(|way| format!("{}(..)", way.name));
            let called = called(Some(quote!(at)));
            quote!(rt::constructed(#path, &[#(#names),*], #called))
        }
        _ => {
            let called = called(None);
            quote!(rt::made(#path, #called))
        }
    }
}

/// The value of a recipe, and the number of its alternative if there are any.
pub(super) fn body(recipe: &Recipe) -> (Option<TokenStream>, TokenStream) {
    match recipe {
        Recipe::Struct { path, fields } => {
            let made = literal(&quote!(#path), fields);
            (None, quote!(Ok(#made)))
        }
        Recipe::Enum { path, variants } => {
            let arms: Vec<TokenStream> = variants
                .iter()
                .map(|(variant, fields)| {
                    let made = literal(&quote!(#path::#variant), fields);
                    quote!(Ok(#made))
                })
                .collect();
            (Some(quote!(at: usize,)), matched(&arms))
        }
        Recipe::Ways(ways) => (Some(quote!(at: usize,)), matched(&ways.iter().map(way).collect::<Vec<_>>())),
        other => unreachable!("a maker is one of these, not {other:?}"),
    }
}

fn matched(arms: &[TokenStream]) -> TokenStream {
    if let [only] = arms {
        return only.clone();
    }
    let last = arms.len().saturating_sub(1);
    let arms = arms.iter().enumerate().map(|(at, arm)| {
        let number = Literal::usize_unsuffixed(at);
        if at == last { quote!(_ => #arm,) } else { quote!(#number => #arm,) }
    });
    quote!(match at { #(#arms)* })
}

/// One way to a value: the call, perhaps with steps behind it.
fn way(way: &Way) -> TokenStream {
    let start = &way.start;
    let (bound, passed) = arguments(&way.arguments);
    let started = quote!(#start(#(#passed),*));
    let accepted = |value: TokenStream| {
        if way.refuses { quote!(rt::accepted(#value)) } else { quote!(Ok(#value)) }
    };
    if let Some(pick) = &way.pick {
        // What the function gives may borrow from its arguments, which live as long as the `match`.
        let ended = accepted(quote!(#pick));
        return quote!({ #(#bound)* match #started { it => #ended } });
    }
    if way.steps.is_empty() && way.finish.is_none() {
        let ended = accepted(started);
        return if bound.is_empty() { ended } else { quote!({ #(#bound)* #ended }) };
    }
    let finish = way.finish.as_ref().map(|finish| quote!(.#finish()));
    let ended = accepted(quote!(it #finish));
    let steps = way.steps.iter().map(|step| {
        let method = &step.method;
        let (bound, passed) = arguments(&step.arguments);
        let called = quote!(it.#method(#(#passed),*));
        let called = if step.consumes { quote!(it = #called;) } else { quote!(let _ = #called;) };
        if step.required {
            quote!({ #(#bound)* #called })
        } else {
            quote!(if fields.again()? { #(#bound)* #called })
        }
    });
    quote!({ #(#bound)* let mut it = #started; #(#steps)* #ended })
}

/// What stands before a call, and what is passed to it.
fn arguments(given: &[Given]) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let (mut bound, mut passed) = (Vec::new(), Vec::new());
    for Given { name, recipe, lend } in given {
        let made = generator(recipe, None);
        let drawn = quote!(fields.draw(#name, #made)?);
        if matches!(lend, Lend::Move | Lend::Ref | Lend::RefMut) {
            passed.push(lent(&drawn, lend, Some(recipe)));
        } else {
            let name = ident(name);
            bound.push(quote!(let #name = #drawn;));
            passed.push(lent(&quote!(#name), lend, Some(recipe)));
        }
    }
    (bound, passed)
}
