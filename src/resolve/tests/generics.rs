//! Type parameters: what their bounds, the path and the declaration make of them.

use super::{check, values};

fn found(rust: &str, target: &str) -> String {
    check(rust, &format!("target = \"{target}\""))
}

/// The value of the one parameter of a function with this list of type parameters and this type.
fn of(generics: &str, ty: &str) -> String {
    let rust = format!("use std::{{fmt, io, hash::Hash}}; pub trait Shape {{}} pub struct Round {{ pub r: f64 }} impl Shape for Round {{}}
        pub fn f<{generics}>(x: {ty}) {{}}");
    check(&rust, "target = \"crate::f\"").replace("app::f", "f")
}

#[test]
fn bounds_lead_to_a_plain_type_that_meets_them() {
    let cases = [
        ("T", "T"),
        ("T: Clone + Eq + Hash + Ord + fmt::Debug", "&[T]"),
        ("T: fmt::Display", "&T"),
        ("T: fmt::Display + Copy", "T"),
        ("T: Copy + std::ops::Add<Output = T> + std::ops::Neg<Output = T>", "T"),
        ("S: AsRef<str>", "S"),
        ("S: AsRef<str> + ?Sized", "&S"),
        ("S: Into<String> + Clone", "S"),
        ("B: AsRef<[u8]>", "B"),
        ("P: AsRef<std::path::Path>", "P"),
        ("R: io::Read", "R"),
        ("R: io::Read + io::Seek", "&mut R"),
        ("R: io::BufRead", "R"),
        ("W: io::Write", "&mut W"),
        ("W: fmt::Write", "&mut W"),
        ("W: io::Write + io::Seek", "W"),
        ("I: IntoIterator<Item = u8>", "I"),
        ("I: IntoIterator", "I"),
        ("I: Iterator<Item = char> + Clone", "I"),
        ("'a, I: Iterator<Item = &'a str>", "I"),
        ("I: IntoIterator<Item: AsRef<str>>", "I"),
        ("H: std::hash::Hasher", "&mut H"),
        ("T: num_traits::Float", "T"),
        ("T: serde::Serialize", "&T"),
        ("T: Shape", "T"),
        ("T: Shape", "&[T]"),
        ("T: Send + Sync + 'static", "Vec<T>"),
        ("const N: usize", "[u8; N]"),
        ("T: rand::Rng", "T"),
    ];
    insta::assert_snapshot!(cases.map(|(generics, ty)| format!("<{generics}> {ty}: {}", of(generics, ty))).join("\n"), @r#"
    <T> T: f(x: move)
    x = u32
    <T: Clone + Eq + Hash + Ord + fmt::Debug> &[T]: f(x: &)
    x = vec(u32)
    <T: fmt::Display> &T: f(x: &)
    x = text
    <T: fmt::Display + Copy> T: f(x: move)
    x = u32
    <T: Copy + std::ops::Add<Output = T> + std::ops::Neg<Output = T>> T: f(x: move)
    x = i64
    <S: AsRef<str>> S: f(x: &)
    x = text
    <S: AsRef<str> + ?Sized> &S: f(x: &)
    x = text
    <S: Into<String> + Clone> S: f(x: move)
    x = text
    <B: AsRef<[u8]>> B: f(x: &)
    x = bytes
    <P: AsRef<std::path::Path>> P: f(x: &)
    x = text => std::path::PathBuf::from(rt::os_string(it))
    <R: io::Read> R: f(x: move)
    x = bytes => rt::Stream::new(it)
    <R: io::Read + io::Seek> &mut R: f(x: &mut)
    x = bytes => rt::Stream::new(it)
    <R: io::BufRead> R: f(x: move)
    x = bytes => rt::Stream::new(it)
    <W: io::Write> &mut W: f(x: &mut)
    x = bytes
    <W: fmt::Write> &mut W: f(x: &mut)
    x = text
    <W: io::Write + io::Seek> W: f(x: move)
    x = bytes => rt::Stream::new(it)
    <I: IntoIterator<Item = u8>> I: f(x: move)
    x = bytes
    <I: IntoIterator> I: f(x: move)
    x = vec(u32)
    <I: Iterator<Item = char> + Clone> I: f(x: move)
    x = vec(char) => it.into_iter()
    <'a, I: Iterator<Item = &'a str>> I: f(x: iterator &view)
    x = vec(text)
    <I: IntoIterator<Item: AsRef<str>>> I: f(x: each &view)
    x = vec(text)
    <H: std::hash::Hasher> &mut H: f(x: &mut)
    x = () => {let()=it;std::collections::hash_map::DefaultHasher::new()}
    <T: num_traits::Float> T: f(x: move)
    x = f64
    <T: serde::Serialize> &T: f(x: &)
    x = text
    <T: Shape> T: f(x: move)
    x = made round (no clone)
    make round: app::Round = app::Round { r: f64 }
    <T: Shape> &[T]: f(x: &)
    x = vec(made round) (no clone)
    make round: app::Round = app::Round { r: f64 }
    <T: Send + Sync + 'static> Vec<T>: f(x: move)
    x = vec(u32)
    <const N: usize> [u8; N]: f(x: move)
    x = [u8; 4]
    <T: rand::Rng> T: cannot-generate: the argument `x` cannot be made
      at constraints/main.toml `crate::f` this takes `x: T`
      see src/lib.rs `x: T` nothing decides the type parameter `T`
      help `generics = { T = "Type" }` to decide the type parameter
      help `args.x = { value = "Rust expression" }` for one value
      help `args.x = { strategy = "proptest strategy" }` for many
      help `args.x = { type = "T", map = "Rust over it" }` to build it from something simpler
      help `call = "Rust"` to make the whole call yourself
    "#);
}

#[test]
fn bounds_in_where_clauses_count_wherever_they_stand() {
    let rust = "
        pub struct Table<K, V> { pub rows: Vec<(K, V)> }
        impl<K, V> Table<K, V> where K: std::fmt::Display {
            pub fn get<Q: ?Sized>(&self, key: &Q) -> Option<&V> where K: std::borrow::Borrow<Q>, Q: std::hash::Hash + Eq { None }
            pub fn fill<I>(&mut self, rows: I) where I: IntoIterator<Item = (K, V)>, V: Copy { }
        }
        pub fn join<I>(parts: I) where I: IntoIterator, I::Item: AsRef<str> {}
        pub fn late<I: IntoIterator<Item = T>, T: std::fmt::Display>(parts: I) {}";
    let targets = ["Table::get", "Table::fill", "join", "late"];
    insta::assert_snapshot!(targets.map(|target| found(rust, &format!("crate::{target}"))).join("\n"), @r"
    app::Table::get(this: &, key: &) -> Option
    this = made table_u32_u32 (no clone)
    key = u32
    make table_u32_u32: app::Table<u32,u32> = app::Table { rows: vec((u32, u32)) }
    app::Table::fill(this: &mut, rows: move)
    this = made table_string_u32 (no clone)
    rows = vec((text, u32))
    make table_string_u32: app::Table<String,u32> = app::Table { rows: vec((text, u32)) }
    app::join(parts: each &view)
    parts = vec(text)
    app::late::<_,String>(parts: move)
    parts = vec(text)
    ");
}

#[test]
fn a_trait_object_is_made_like_a_value_with_the_trait() {
    let rust = "pub trait Shape {} pub struct Round { pub r: f64 } impl Shape for Round {}
        pub fn f(a: &mut dyn std::io::Read, b: &dyn Shape, c: Box<dyn Shape + Send>, d: &dyn std::fmt::Display) {}";
    insta::assert_snapshot!(found(rust, "crate::f"), @r"
    app::f(a: &mut, b: &, c: move, d: &)
    a = bytes => rt::Stream::new(it)
    b = made round (no clone)
    c = box(made round) (no clone)
    d = text
    make round: app::Round = app::Round { r: f64 }
    ");
}

#[test]
fn what_no_argument_tells_is_written_at_the_call() {
    let rust = "
        pub fn parse<T: std::str::FromStr>(text: &str) -> Option<T> { None }
        pub fn pair<A, B: Default>(a: A) -> B { todo!() }
        pub struct Stack<T> { parts: Vec<T> }
        impl<T: Clone> Stack<T> { pub fn new() -> Self { todo!() } pub fn of(parts: Vec<T>) -> Self { todo!() } }
        pub struct Ring<T, const N: usize> { pub parts: [T; N] }
        impl<T, const N: usize> Ring<T, N> { pub fn new() -> Self { todo!() } pub fn push(&mut self, part: T) {} }";
    let targets = ["parse", "pair", "Stack::new", "Stack::of", "Ring::new", "Ring::push"];
    insta::assert_snapshot!(targets.map(|target| found(rust, &format!("crate::{target}"))).join("\n"), @r"
    app::parse::<u32>(text: &) -> Option
    text = text
    app::pair::<_,u32>(a: move) -> Plain
    a = u32
    app::Stack::<u32>::new() -> Plain
    app::Stack::of(parts: move) -> Plain
    parts = vec(u32)
    app::Ring::<u32,4>::new() -> Plain
    app::Ring::push(this: &mut, part: move)
    this = made ring_u32_4 (no clone)
    part = u32
    make ring_u32_4: app::Ring<u32,4> = app::Ring { parts: [u32; 4] }
    ");
}

#[test]
fn a_declaration_decides_type_parameters() {
    let rust = "
        pub struct Stack<T, const N: usize> { pub parts: [T; N] }
        impl<T, const N: usize> Stack<T, N> { pub fn push<U: Into<T>>(&mut self, part: U) {} }
        pub fn parse<T: Odd>(text: &str) -> T { todo!() }
        pub trait Odd {}
        pub struct Own { pub x: u8 }";
    insta::assert_snapshot!(check(rust, "target = \"crate::Stack::push\"\ngenerics = { T = \"char\", N = \"2\" }"), @r"
    app::Stack::<char,2>::push(this: &mut, part: move)
    this = made stack_char_2 (no clone)
    part = char
    make stack_char_2: app::Stack<char,2> = app::Stack { parts: [char; 2] }
    ");
    insta::assert_snapshot!(check(rust, "target = \"crate::parse\"\ngenerics = { T = \"crate::Own\" }"), @"
    app::parse::<app::Own>(text: &) -> Plain
    text = text
    ");
    insta::assert_snapshot!(check(rust, "target = \"crate::parse\"\ngenerics = { U = \"crate::Own\" }"), @"
    unknown-argument: `crate::parse` has no type parameter `U`
      at constraints/main.toml `U`
      see src/lib.rs `parse` defined here
      help its type parameters are `T`
    ");
    insta::assert_snapshot!(check(rust, "target = \"crate::parse\"\ngenerics = { T = \"crate::\" }"), @r#"
    invalid-rust: this is not a Rust type
      at constraints/main.toml `` unexpected end of input, expected identifier
    "#);
    insta::assert_snapshot!(check(rust, "target = \"crate::parse\""), @r#"
    cannot-generate: nothing decides the type parameter `T` of `crate::parse`
      at constraints/main.toml `crate::parse`
      see src/lib.rs `parse` defined here
      help add `generics = { T = "Type" }`
    "#);
}

#[test]
fn a_bound_that_nothing_known_meets_asks_for_help() {
    insta::assert_snapshot!(values("pub trait Odd {} pub fn f<T: Odd>(x: T) {}", ""), @r#"
    cannot-generate: the argument `x` cannot be made
      at constraints/main.toml `crate::f` this takes `x: T`
      see src/lib.rs `x: T` nothing decides the type parameter `T`
      help `generics = { T = "Type" }` to decide the type parameter
      help `args.x = { value = "Rust expression" }` for one value
      help `args.x = { strategy = "proptest strategy" }` for many
      help `args.x = { type = "T", map = "Rust over it" }` to build it from something simpler
      help `call = "Rust"` to make the whole call yourself
    "#);
}
