//! What is found, and what is not.

use super::{Forbidden, scan};
use crate::sources::laid_out::with_files;

/// The places of what is forbidden in a package of these files.
fn check(files: &[(&str, &str)], module: &[&str], forbidden: Forbidden<'_>) -> Vec<String> {
    let scan = with_files(files, |root| scan(root, module, forbidden));
    let places = scan.findings.iter().filter_map(|finding| finding.place.as_ref());
    places.map(|place| format!("{}:{}:{}", place.file, place.line, place.column)).collect()
}

/// What is found in one file, each with its line.
fn found(rust: &str, forbidden: Forbidden<'_>) -> Vec<String> {
    let files = [("src/lib.rs", rust), ("src/db.rs", "pub fn query() {}"), ("src/cli.rs", "")];
    let scan = with_files(&files, |root| scan(root, &[], forbidden));
    let shown = scan.findings.iter().map(|finding| {
        let line = finding.place.as_ref().map_or(0, |place| place.line);
        format!("{line}: {}", finding.what)
    });
    shown.collect()
}

const FILES: [(&str, &str); 5] = [
    ("src/lib.rs", "mod cli;\nmod client;\nmod core;\npub fn a() { println!(); }"),
    ("src/cli.rs", "mod output;\nfn b() { println!(); }"),
    ("src/cli/output.rs", "fn c() { println!(); }"),
    ("src/client.rs", "fn d() { println!(); }"),
    ("src/core.rs", "fn e() { println!() }\n#[cfg(test)]\nmod tests { fn f() { println!(); } }"),
];

#[test]
fn an_exception_covers_a_module_and_those_below_it_and_no_other() {
    let forbidden = Forbidden { macros: &["println"], ..Forbidden::default() };
    let root = "src/lib.rs:4:14";
    let below = ["src/cli.rs:2:10", "src/cli/output.rs:1:10", "src/client.rs:1:10", "src/core.rs:1:10"];
    assert_eq!(check(&FILES, &[], forbidden), [&[root], &below[..]].concat());
    let cli = Forbidden { except: &["crate::cli"], ..forbidden };
    assert_eq!(check(&FILES, &[], cli), [&[root], &below[2..]].concat());
    let two = Forbidden { except: &["crate::cli::output", "crate::client"], ..forbidden };
    assert_eq!(check(&FILES, &[], two), [root, below[0], below[3]]);
    assert_eq!(check(&FILES, &["cli"], two), below[..1]);
}

#[test]
fn calls_are_followed_through_every_use() {
    let forbidden = Forbidden { calls: &["std::process::exit", "crate::db::query"], ..Forbidden::default() };
    let rust = "mod db;\npub use db::query as ask;\nuse std::process as p;\nfn a() { p::exit(1) }\nfn b() { use std::process::*; exit(1) }\n\
                fn c() { use std::process::exit as leave; { leave(1) } }\nfn d() { crate::ask() }\nfn e() { core::process::exit(1) }\n\
                fn f() { assert!(false, \"{}\", p::exit(1)) }\nfn g() { odd!(x => p::exit(1)) }\n\
                fn h() { fn exit(_: u8) {} other::exit(1); db::other() }\nstruct S;\nimpl S { #[cfg(test)] fn i() { p::exit(1) } }";
    let exit = |line: u32| format!("{line}: a call of `std::process::exit`");
    let query = |line: u32| format!("{line}: a call of `crate::db::query`");
    assert_eq!(found(rust, forbidden), [exit(4), exit(5), exit(6), query(7), exit(8), exit(9), exit(10)]);
}

#[test]
fn what_must_not_be_named_is_found_wherever_a_path_stands() {
    let forbidden = Forbidden { uses: &["petgraph", "std::net", "crate::db"], ..Forbidden::default() };
    let rust = "mod db;\nuse petgraph::Graph;\nuse std::{fmt, net::TcpStream};\nfn a(x: std::net::IpAddr) {}\n#[derive(petgraph::Odd)]\n\
                struct A { petgraph: u8 }\nfn b(petgraph: A) -> u8 { petgraph.petgraph }\nfn c() { self::db::query() }\n\
                fn d() { println!(\"{}\", petgraph::x) }\nextern crate petgraph;\nuse std::network;\nfn e() { let x: Graph = y; }\n#[cfg(test)]\nuse petgraph::Test;";
    let of = |line: u32, name: &str| format!("{line}: a use of `{name}`");
    let all = [
        of(2, "petgraph"),
        of(3, "std::net"),
        of(4, "std::net"),
        of(5, "petgraph"),
        of(8, "crate::db"),
        of(9, "petgraph"),
        of(10, "petgraph"),
    ];
    assert_eq!(found(rust, forbidden), all);
}

#[test]
fn code_that_is_other_code_in_tests_is_found() {
    let forbidden = Forbidden { cfg_test: true, ..Forbidden::default() };
    let rust = "#![cfg_attr(not(test), no_std)]\n#[cfg(test)]\nmod tests { #[cfg(test)] fn a() {} }\n#[test]\nfn b() {}\n#[cfg(not(test))]\n\
                mod cli;\n#[cfg(test)]\nfn c() {}\nfn d() -> bool { cfg!(test) }\nfn e() { #[cfg(any(test, unix))] f(); }\n\
                struct G { #[cfg_attr(test, allow(unused))] h: u8 }\ncfg_if! { if #[cfg(test)] {} else {} }\n#[cfg(feature = \"test\")]\nfn i() {}\n\
                #[cfg(all(test, unix))]\nmod unix_tests {}\n#[cfg_attr(unix, test)]\nfn j() { #[cfg(test)] let x = 1; }";
    let lines: Vec<String> = found(rust, forbidden);
    let at: Vec<&str> = lines.iter().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(at, ["6", "8", "10", "11", "12", "13", "19"], "{lines:?}");
    assert!(lines[0].ends_with("a condition on `test` outside of tests"));
}

#[test]
fn every_sort_of_unsafe_is_found() {
    let forbidden = Forbidden { unsafe_code: true, ..Forbidden::default() };
    let rust = "unsafe fn a() {}\nfn b() { unsafe {} }\nunsafe trait C {}\nunsafe impl C for u8 {}\nunsafe extern \"C\" { fn d(); }\n\
                #[unsafe(no_mangle)]\nfn e() {}\nmacro_rules! f { () => { unsafe { g() } } }\nfn h() { odd!(x => unsafe { i() }) }\nextern \"C\" fn j() {}";
    let at: Vec<String> =
        found(rust, forbidden).iter().filter_map(|it| Some(it.split(':').next()?.to_owned())).collect();
    assert_eq!(at, ["1", "2", "3", "4", "5", "6", "8", "9"]);
}

#[test]
fn a_layer_uses_those_before_it_only() {
    let files = [
        ("src/lib.rs", "mod model;\nmod graph;\nmod cli;\npub use cli::Out;\npub struct Root;"),
        ("src/model.rs", "use crate::Out;\npub struct M;\nuse crate::Root;"),
        (
            "src/graph.rs",
            "use crate::model::M;\nfn a() { super::cli::run() }\nmod deep { fn b() { crate::graph::a() } use crate::cli as c; }",
        ),
        (
            "src/cli.rs",
            "use crate::{graph, model::M};\npub struct Out;\npub fn run() {}\n#[cfg(test)]\nmod tests { use crate::graph; }",
        ),
    ];
    let scanned = |forbidden: Forbidden<'_>| -> Vec<String> {
        let scan = with_files(&files, |root| scan(root, &[], forbidden));
        let shown = scan.findings.iter().map(|it| match &it.place {
            Some(place) => format!("{}:{}: {}", place.file, place.line, it.what),
            None => it.what.clone(),
        });
        shown.collect()
    };
    let layers =
        Forbidden { layers: &["crate::model", "crate::graph", "crate::cli"], ..Forbidden::default() };
    assert_eq!(
        scanned(layers),
        [
            "src/model.rs:1: a use of `crate::cli` in `crate::model`, a layer before it",
            "src/graph.rs:2: a use of `crate::cli` in `crate::graph`, a layer before it",
            "src/graph.rs:3: a use of `crate::cli` in `crate::graph`, a layer before it",
        ]
    );
    let may_use = Forbidden {
        may_use: &[("crate::cli", &["crate::graph"]), ("crate::model", &["crate"])],
        ..Forbidden::default()
    };
    assert_eq!(
        scanned(may_use),
        [
            "src/model.rs:1: a use of `crate::cli` in `crate::model`, which may not use it",
            "src/cli.rs:1: a use of `crate::model` in `crate::cli`, which may not use it",
        ]
    );
    let misspelt = Forbidden { layers: &["crate::modle", "crate::graph"], ..Forbidden::default() };
    assert_eq!(scanned(misspelt), ["no module `crate::modle`, which the layers name"]);
}
