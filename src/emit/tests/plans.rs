//! A wide sample of declarations.

use syn::{Expr, Member, parse_quote};

use crate::kinds::example::{Example, at, example, function, made, text, words};
use crate::model::{Fit, Format, KeyValue, Length, Letters};
use crate::resolve::{Address, Lend, Recipe, Returns, Target, Wrapped};

pub(super) fn bytes() -> Recipe {
    Recipe::Bytes { like: Vec::new(), only: false }
}

fn list(inner: Recipe) -> Recipe {
    Recipe::Vec(Box::new(inner))
}

fn some(inner: Recipe) -> Recipe {
    Recipe::Option(Box::new(inner))
}

fn integer(ty: &'static str) -> Recipe {
    Recipe::Integer { ty, range: None }
}

fn named(name: &str) -> Member {
    Member::Named(crate::kinds::ident(name))
}

pub(super) fn account() -> Recipe {
    let fields = vec![(named("name"), text()), (named("age"), integer("u8")), (named("type"), color())];
    made("app::Account", Recipe::Struct { path: parse_quote!(app::Account), fields })
}

fn fitted(inner: Recipe) -> Recipe {
    let fit = Fit {
        length: Some(at(Length { least: 1, most: 64 })),
        letters: Some(at(Letters::Line)),
        without: vec![at("\"".to_owned()), at("\u{202e}".to_owned())],
    };
    Recipe::Fitted { inner: Box::new(inner), fit }
}

fn color() -> Recipe {
    let rgb = vec![(Member::from(0), integer("u8")), (Member::from(1), integer("u8"))];
    let variants = vec![
        (parse_quote!(Red), Vec::new()),
        (parse_quote!(Rgb), rgb),
        (parse_quote!(Named), vec![(named("name"), text())]),
    ];
    made("app::Color", Recipe::Enum { path: parse_quote!(app::Color), variants })
}

fn point() -> Recipe {
    let float = Recipe::Float { ty: "f64", range: Some((parse_quote!(0.0), parse_quote!(1.0))) };
    let fields = vec![(Member::from(0), integer("i32")), (Member::from(1), float)];
    made("app::Point", Recipe::Struct { path: parse_quote!(app::Point), fields })
}

/// The declarations that a compiler has to take once they are tests.
pub(super) fn all() -> Vec<Example> {
    let mut all = calls();
    all.extend(ways_to_lend());
    all.extend(ways_to_make());
    all.extend(functions());
    all.extend(of_each_kind());
    all
}

fn calls() -> Vec<Example> {
    vec![
        example("no_panic", "nothing", "text").argument("t", text(), Lend::Ref),
        example("no_panic", "mutable", "change").argument("list", bytes(), Lend::RefMut).argument(
            "at",
            integer("usize"),
            Lend::Move,
        ),
        example("no_panic", "method", "Account::rename").argument("this", account(), Lend::RefMut).argument(
            "name",
            text(),
            Lend::Ref,
        ),
        example("no_panic", "sampled", "text")
            .argument("t", Recipe::Text { like: vec!["a".into(), "é".into()], only: true }, Lend::Ref)
            .by_input("t", "inputs", "word"),
        example("no_panic", "sampled_bytes", "bytes")
            .argument("b", Recipe::Bytes { like: vec![vec![0, 255], vec![1]], only: false }, Lend::Ref)
            .by_input("b", "inputs", "word"),
        example("law", "left_behind", "change")
            .argument("list", bytes(), Lend::RefMut)
            .argument("at", integer("usize"), Lend::Move)
            .expression("then", "list.len() >= at"),
        example("law", "consumed", "Account::grown")
            .argument("this", account(), Lend::Move)
            .argument("by", integer("u8"), Lend::Move)
            .expression("then", "result.age == this.age.saturating_add(by)"),
        example("law", "keywords", "keyword")
            .argument("type", text(), Lend::Ref)
            .argument("case", text(), Lend::Ref)
            .argument("rt", integer("u8"), Lend::Move)
            .expression("then", "result || r#type.len() == case.len() + usize::from(rt)"),
        example("no_panic", "waits", "later").argument("t", text(), Lend::Ref).awaited(),
        example("law", "waits_inside", "later")
            .argument("t", text(), Lend::Ref)
            .awaited()
            .call("app::later(&t).await.map(|it| it.len())")
            .expression("then", "result.is_ok()"),
        example("law", "setup", "change")
            .argument("list", bytes(), Lend::RefMut)
            .argument("at", integer("usize"), Lend::Move)
            .call("{ list.push(1); crate::change(&mut list, at) }")
            .when("!list.is_empty()")
            .expression("then", "result == (list.len() > at)"),
        example("law", "no_call", "text")
            .value("one", text())
            .value("other", Recipe::Near { other: "one".into(), fresh: Box::new(text()), made: None })
            .without_call()
            .when("one != other")
            .expression("then", "crate::text(&one) == crate::text(&other)"),
        example("law", "late_when", "maybe")
            .argument("t", text(), Lend::Ref)
            .when("result.is_some()")
            .expression("then", "result.unwrap() == t"),
        example("law", "open_sides", "maybe")
            .argument("t", text(), Lend::Ref)
            .call("crate::maybe(&t).ok_or(t.len())")
            .expression("then", "result == Ok(t.parse().unwrap()) || result.as_ref() == Err(&t.len())"),
        example("law", "open_side", "maybe")
            .argument("t", text(), Lend::Ref)
            .call("crate::maybe(&t).ok_or(t.len())")
            .expression("then", "result.as_ref() == Ok(&t)"),
        example("no_panic", "watched", "maybe").argument("t", text(), Lend::Ref).when("result.is_some()"),
    ]
}

fn ways_to_lend() -> Vec<Example> {
    let each = |lend: Lend| Lend::EachRef(Box::new(lend));
    let option = |lend: Lend| Lend::Option(Box::new(lend));
    let pair = || Recipe::Tuple(vec![text(), integer("u32")]);
    vec![
        example("no_panic", "texts", "texts").argument("a", list(text()), each(Lend::View)),
        example("no_panic", "texts_of_strategy", "texts").argument(
            "a",
            Recipe::Arbitrary(parse_quote!(Vec<String>)),
            each(Lend::View),
        ),
        example("law", "list_of_texts", "list_of_texts")
            .argument("a", list(text()), Lend::Each(Box::new(Lend::View)))
            .expression("then", "result == a.len()"),
        example("no_panic", "accounts", "accounts").argument("a", list(account()), each(Lend::Ref)).argument(
            "b",
            some(account()),
            option(Lend::Ref),
        ),
        example("no_panic", "optional", "optional")
            .argument("a", some(text()), option(Lend::View))
            .argument("b", some(bytes()), option(Lend::View))
            .argument("c", some(pair()), option(Lend::Tuple(vec![Lend::View, Lend::Move]))),
        example("no_panic", "pair", "pair")
            .argument("a", pair(), Lend::Tuple(vec![Lend::View, Lend::Move]))
            .argument(
                "b",
                list(Recipe::Tuple(vec![text(), bytes()])),
                each(Lend::Tuple(vec![Lend::View, Lend::View])),
            ),
        example("no_panic", "nested", "nested")
            .argument("a", list(list(text())), each(Lend::Each(Box::new(Lend::View))))
            .argument("b", list(some(text())), Lend::Each(Box::new(option(Lend::View)))),
    ]
}

fn closure(output: Recipe, arity: usize, wrapped: Wrapped, ty: Option<syn::Type>) -> Recipe {
    let is_pointer = wrapped == Wrapped::Plain && ty.is_some();
    Recipe::Closure { output: Box::new(output), arity, orders: false, wrapped, is_pointer, ty }
}

pub(super) fn functions() -> Vec<Example> {
    let comparing = Recipe::Closure {
        output: Box::new(Recipe::Unit),
        arity: 2,
        orders: true,
        wrapped: Wrapped::Plain,
        is_pointer: false,
        ty: None,
    };
    let pointer = Recipe::Closure {
        output: Box::new(integer("u8")),
        arity: 1,
        orders: false,
        wrapped: Wrapped::Plain,
        is_pointer: true,
        ty: None,
    };
    let boxed = closure(Recipe::Unit, 1, Wrapped::Boxed, Some(parse_quote!(Box<dyn Fn(u8)>)));
    let named = closure(Recipe::Unit, 1, Wrapped::Plain, Some(parse_quote!(fn(&str))));
    vec![
        example("no_panic", "filtered", "filtered").argument("list", bytes(), Lend::Ref).argument(
            "keep",
            closure(Recipe::Bool, 1, Wrapped::Plain, None),
            Lend::Move,
        ),
        example("no_panic", "called", "called")
            .argument("f", closure(text(), 2, Wrapped::Boxed, None), Lend::Move)
            .argument("g", closure(Recipe::Unit, 0, Wrapped::Plain, None), Lend::RefMut)
            .argument("h", pointer, Lend::Move),
        example("no_panic", "sorted", "sorted")
            .argument("f", comparing, Lend::Move)
            .argument("g", some(boxed), Lend::Move)
            .argument("h", some(named), Lend::Move),
    ]
}

/// A folder with a text and bytes in it; alone or not.
fn folder(only: bool) -> Recipe {
    let files = vec![("a/b".into(), text()), ("c".into(), list(integer("u8")))];
    Recipe::Folder { files, text: true, only }
}

fn server() -> Recipe {
    let start = Box::new(parse_quote!(String::from("127.0.0.1:80")));
    Recipe::Server { name: "support::start".into(), start, form: Address::Text }
}

#[expect(clippy::too_many_lines, reason = "a table of examples")]
fn ways_to_make() -> Vec<Example> {
    let range = |low: Expr, high: Expr| Some((low, high));
    let samples = vec!["plain".to_owned(), "\"quoted\"\n\u{202e}\u{1f600}\\".to_owned()];
    let empty = Recipe::Struct { path: parse_quote!(app::Empty), fields: Vec::new() };
    let empty = made("app::Empty", empty);
    let trimmed = Recipe::Map {
        inner: Box::new(Recipe::Arbitrary(parse_quote!(Vec<u8>))),
        map: parse_quote!(String::from_utf8_lossy(&it).into_owned()),
        ty: Some(parse_quote!(String)),
    };
    vec![
        example("no_panic", "like", "text").argument(
            "a",
            Recipe::Text { like: samples, only: true },
            Lend::Ref,
        ),
        example("no_panic", "like_bytes", "bytes").argument(
            "a",
            Recipe::Bytes { like: vec![b"a\0\xff".to_vec(), Vec::new()], only: false },
            Lend::Ref,
        ),
        example("no_panic", "matching", "owned").argument("a", Recipe::Matching("a\\d+".into()), Lend::Move),
        example("no_panic", "files", "text").argument(
            "a",
            Recipe::LikeFiles { paths: vec!["data/\"a\".txt".into()], text: true, only: true },
            Lend::Ref,
        ),
        example("no_panic", "of_files", "bytes").argument(
            "a",
            Recipe::OneOfFiles { paths: vec!["a".into(), "b".into()], text: false },
            Lend::Ref,
        ),
        example("no_panic", "fitted", "text").argument("a", fitted(text()), Lend::Ref),
        example("no_panic", "folder", "text").argument("a", folder(true), Lend::Ref),
        example("confined", "filled", "text")
            .argument("a", folder(false), Lend::Ref)
            .key("root", KeyValue::Text(at("a".into()))),
        example("no_panic", "program", "text").argument("a", Recipe::Program { text: true }, Lend::Ref),
        example("no_panic", "server", "text").argument("a", server(), Lend::Ref),
        example("no_panic", "fitted_list", "bytes").argument(
            "a",
            Recipe::Fitted {
                inner: Box::new(list(integer("u8"))),
                fit: Fit { length: Some(at(Length { least: 2, most: usize::MAX })), ..Fit::default() },
            },
            Lend::Ref,
        ),
        example("no_panic", "documents", "text").argument(
            "a",
            Recipe::Document {
                format: Format::Json,
                text: true,
                like: vec![b"{\"a\": 1}".to_vec()],
                files: vec!["a".into()],
                only: true,
            },
            Lend::Ref,
        ),
        example("no_panic", "archives", "bytes").argument(
            "a",
            Recipe::Document {
                format: Format::Tar,
                text: false,
                like: Vec::new(),
                files: Vec::new(),
                only: false,
            },
            Lend::Ref,
        ),
        example("no_panic", "near_made", "account")
            .argument("a", account(), Lend::Move)
            .argument(
                "b",
                Recipe::Near { other: "a".into(), fresh: Box::new(point()), made: Some(Box::new(point())) },
                Lend::Ref,
            )
            .argument(
                "c",
                made("app::Empty", Recipe::Struct { path: parse_quote!(app::Empty), fields: Vec::new() }),
                Lend::Move,
            )
            .argument("d", color(), Lend::Move),
        example("no_panic", "pieces", "texts").argument(
            "a",
            Recipe::Pieces(Box::new(fitted(text()))),
            Lend::EachRef(Box::new(Lend::View)),
        ),
        example("no_panic", "mapped", "owned").argument("a", trimmed, Lend::Move),
        example("no_panic", "fixed", "owned").argument(
            "a",
            Recipe::Value(parse_quote!(String::from("whsec"))),
            Lend::Move,
        ),
        example("no_panic", "structs", "account")
            .argument("a", account(), Lend::Move)
            .argument("b", point(), Lend::Ref)
            .argument("c", empty, Lend::Move)
            .argument("d", color(), Lend::Move),
        example("law", "numbers", "numbers")
            .argument(
                "a",
                Recipe::Integer { ty: "u32", range: range(parse_quote!(0), parse_quote!(200)) },
                Lend::Move,
            )
            .argument(
                "b",
                Recipe::Integer { ty: "i64", range: range(parse_quote!(-5), parse_quote!(i64::MAX)) },
                Lend::Move,
            )
            .argument("c", Recipe::Float { ty: "f32", range: None }, Lend::Move)
            .argument("d", Recipe::Bool, Lend::Move)
            .argument("e", Recipe::Char, Lend::Move)
            .argument("f", Recipe::Unit, Lend::Move)
            .expression("then", "result == u64::from(a)"),
        example("no_panic", "wrapped", "wrapped")
            .argument(
                "a",
                Recipe::Boxed(Box::new(Recipe::OneOf(vec![parse_quote!(1u8), parse_quote!(2u8)]))),
                Lend::Move,
            )
            .argument("b", Recipe::Result(Box::new(integer("u8")), Box::new(text())), Lend::Move)
            .argument(
                "c",
                Recipe::Array(Box::new(Recipe::Strategy(parse_quote!(0u8..9))), parse_quote!(3)),
                Lend::Move,
            )
            .argument("d", Recipe::Array(Box::new(integer("u16")), parse_quote!(app::LENGTH)), Lend::Move),
    ]
}

fn of_each_kind() -> Vec<Example> {
    vec![
        example("round_trip", "back_plain", "owned")
            .argument("back", text(), Lend::Move)
            .path("inverse", function("app::owned", &[Lend::Move], Returns::Plain)),
        example("round_trip", "back_borrowed", "slice_of")
            .argument("a", text(), Lend::Ref)
            .path("inverse", function("app::slice_of", &[Lend::Ref], Returns::Plain)),
        example("round_trip", "back_refusing", "bytes")
            .argument("data", bytes(), Lend::Ref)
            .returns(Returns::Result)
            .path("inverse", function("app::bytes_back", &[Lend::Ref], Returns::Result)),
        example("round_trip", "back_optional", "maybe")
            .argument("t", text(), Lend::Ref)
            .returns(Returns::Option)
            .path("inverse", function("app::maybe", &[Lend::Ref], Returns::Option)),
        example("idempotent", "once_plain", "owned").argument("a", text(), Lend::Move),
        example("idempotent", "once_borrowed", "slice_of").argument("a", text(), Lend::Ref),
        example("idempotent", "once_refusing", "bytes")
            .argument("a", bytes(), Lend::Ref)
            .returns(Returns::Result),
        example("idempotent", "once_of_two", "Account::grown")
            .argument("this", account(), Lend::Move)
            .argument("by", integer("u8"), Lend::Move)
            .key("arg", KeyValue::Text(at("this".into()))),
        example("equivalent", "same_plain", "owned")
            .argument("a", text(), Lend::Move)
            .path("reference", function("app::text", &[Lend::Ref], Returns::Plain)),
        example("equivalent", "same_refusing", "bytes")
            .argument("a", bytes(), Lend::Ref)
            .returns(Returns::Result)
            .path("reference", function("app::slow_bytes", &[Lend::Move], Returns::Result)),
        example("forbids", "pure", "core")
            .target(Target::Module(vec!["core".into(), "inner".into()]))
            .key("calls", words(&["unwrap", "std::process::exit"]))
            .key("unsafe", KeyValue::Flag(at(true))),
        example("no_panic", "gone", "gone").target(Target::Missing { nearest: vec!["app::text".into()] }),
    ]
}
