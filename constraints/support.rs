//! What the constraints on this crate are said with: the rooms called one after the other, and slow, obvious checks.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use cargo_constraints::emit::{EmittedFile, FIRST_LINE, FIRST_LINE_TOML, Wiring, emit};
use cargo_constraints::graph::ConstraintGraph;
use cargo_constraints::kinds;
use cargo_constraints::model::{Fault, Faults, Model, Position, Sources, Span};
use cargo_constraints::model::{locate_in_string, read as read_model, waivers};
use cargo_constraints::plan::{compare, plan};
use cargo_constraints::report::faults;
use cargo_constraints::resolve::{CrateFacts, bind};
use cargo_constraints::write::write;
use constraints_wire::{Entry, FORMAT, Location, Report, Shown, Status, Totals, Witness};

/// A text as the only file of declarations.
pub fn read(text: &str) -> (Sources, Model, Faults) {
    let mut sources = Sources::default();
    let file = sources.add("constraints/main.toml", text);
    let (model, faults) = read_model(&sources, &[("main".to_owned(), file)], &kinds::about_all());
    (sources, model, faults)
}

/// Every place that reading a text gives.
pub fn places(text: &str) -> Vec<Span> {
    let (_, model, faults) = read(text);
    let mut places = Vec::new();
    for Fault { at, also, .. } in faults.sorted() {
        places.push(at.span);
        places.extend(also.iter().map(|label| label.span));
    }
    for constraint in model.constraints.values() {
        places.extend([constraint.id.span, constraint.says.span, constraint.target.span]);
        places.extend(constraint.args.iter().flat_map(|it| [it.name.span, it.generator.span]));
        places.extend(constraint.call.iter().chain(&constraint.when).map(|it| it.span));
        places.extend(constraint.serves.iter().chain(&constraint.after).map(|it| it.span));
    }
    places.extend(model.goals.values().flat_map(|goal| [goal.id.span, goal.says.span]));
    places.extend(model.inputs.values().flat_map(|input| [input.id.span, input.generator.span]));
    places
}

/// The faults of a text, as people and machines see them.
pub fn fault_page(text: &str) -> String {
    let (sources, model, mut faults) = read(text);
    faults.extend(ConstraintGraph::build(&model).1);
    let faults = faults.sorted();
    faults::json(&faults, &sources);
    faults::human(&faults, &sources, false)
}

/// Whether a terminal does something else with a character than show it.
pub fn steers(character: char) -> bool {
    let turns = matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (character.is_control() && character != '\n')
}

/// The last boundary of a character that is not behind `at`.
pub fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// Line and column of a byte.
pub fn position(text: &str, at: usize) -> Position {
    let mut sources = Sources::default();
    let (file, at) = (sources.add("a", text), boundary(text, at));
    sources.position(Span { file, start: at, end: at })
}

/// The byte at a line and column, counted one character at a time.
pub fn byte_at(text: &str, wanted: Position) -> usize {
    let (mut line, mut column) = (1, 1);
    for (at, character) in text.char_indices() {
        if (line, column) == (wanted.line, wanted.column) {
            return at;
        }
        (line, column) = if character == '\n' { (line + 1, 1) } else { (line, column + 1) };
    }
    text.len()
}

/// The part of a text between two bytes, in either order, cut to whole characters.
pub fn part(text: &str, start: usize, end: usize) -> String {
    let (start, end) = cut(text, start, end);
    text[start..end].to_owned()
}

fn cut(text: &str, start: usize, end: usize) -> (usize, usize) {
    let [start, end] = [start, end].map(|at| boundary(text, at % (text.len() + 1)));
    (start.min(end), start.max(end))
}

/// Writes a text as TOML, asks where a part of it stands there, and reads what stands there as TOML again.
pub fn located(text: &str, notation: u8, start: usize, end: usize) -> String {
    let raw = written(text, notation);
    let mut sources = Sources::default();
    let file = sources.add("a.toml", format!("key = {raw}\n"));
    let (start, end) = cut(text, start, end);
    let found = locate_in_string(&sources, Span { file, start: 6, end: 6 + raw.len() }, start..end);
    let found = sources.text(found);
    let again = if raw.starts_with('\'') { format!("'{found}'") } else { format!("\"\"\"\n{found}\"\"\"") };
    let table: toml::Table = toml::from_str(&format!("key = {again}")).expect("a part of a TOML string");
    table["key"].as_str().expect("a text").to_owned()
}

/// A text in one of the notations of TOML.
fn written(text: &str, notation: u8) -> String {
    let literal = !text.contains(|character: char| character == '\'' || character.is_control());
    let mut raw = String::new();
    for character in text.chars() {
        let must = character.is_control() || matches!(character, '"' | '\\');
        match notation {
            1 => write!(raw, "\\U{:08x}", u32::from(character)),
            2 if must => write!(raw, "\\\n   \\u{:04X}", u32::from(character)),
            _ if must => write!(raw, "\\u{:04X}", u32::from(character)),
            _ => write!(raw, "{character}"),
        }
        .expect("writing to a text");
    }
    match notation {
        2 => format!("\"\"\"\n{raw}\"\"\""),
        3 if literal => format!("'{text}'"),
        _ => format!("\"{raw}\""),
    }
}

/// Names of which every other list holds the one that is wanted.
pub fn names(mut names: Vec<String>, wanted: &str) -> Vec<String> {
    if names.len() % 2 == 1 {
        names.push(wanted.to_owned());
        names.push(wanted.to_uppercase());
    }
    names
}

/// The library that generated tests are about here.
const LIBRARY: &str = "pub fn a(text: &str) -> usize { text.len() }\npub fn b(list: Vec<u8>, at: usize) -> Option<u8> { list.get(at).copied() }\n";

const DECLARATIONS: [&str; 5] = [
    "[goal.up]\nsays = \"Up\"\narea = \"stability\"\n",
    "[input.word]\nlike = [\"a\", \"b\"]\n",
    "[constraint.a]\nsays = \"A\"\nkind = \"no_panic\"\ntarget = \"crate::a\"\nserves = \"up\"\nargs.text = { input = \"word\" }\n",
    "[constraint.b]\nsays = \"B\"\nkind = \"law\"\ntarget = \"crate::b\"\nafter = \"a\"\nthen = \"result.is_none() || at < 9\"\n",
    "[constraint.c]\nsays = \"C\"\nkind = \"forbids\"\ntarget = \"crate\"\ncalls = \"unwrap\"\n",
];

/// The tests of declarations that stand in the order of the numbers given for them.
pub fn generated_in_order(order: &[u8]) -> Vec<EmittedFile> {
    let mut at: Vec<usize> = (0..DECLARATIONS.len()).collect();
    at.sort_by_key(|at| order.get(*at));
    generated(&at.into_iter().map(|at| DECLARATIONS[at]).collect::<Vec<_>>().join("\n"))
}

/// The tests of one constraint with this sentence and this sample.
pub fn generated_saying(says: &str, sample: &str) -> Vec<EmittedFile> {
    // A sentence has to say something, or the declaration is refused.
    let says = if says.trim().is_empty() { "nothing" } else { says };
    let (says, sample) = (written(says, 0), written(sample, 0));
    generated(&format!(
        "[constraint.a]\nsays = {says}\nkind = \"no_panic\"\ntarget = \"crate::a\"\nargs.text = {{ like = {sample} }}\n"
    ))
}

fn generated(declarations: &str) -> Vec<EmittedFile> {
    let (mut sources, model, mut faults) = read(declarations);
    let facts = CrateFacts::from_texts("app", &[("src/lib.rs", LIBRARY)], &mut sources).expect("a library");
    let (graph, of_graph) = ConstraintGraph::build(&model);
    let (bound, of_binding) = bind(&model, &facts, &sources);
    let (plan, of_plan) = plan(&bound, &graph, &model.settings);
    for more in [of_graph, of_binding, of_plan] {
        faults.extend(more);
    }
    assert!(!faults.refuse(), "{:?}", faults.sorted());
    emit(&plan, &Wiring::of(&facts))
}

/// What a compiler sees of the Rust files, comments left out.
pub fn code(files: &[EmittedFile]) -> Vec<String> {
    let rust = files.iter().filter(|file| file.path.ends_with(".rs"));
    rust.flat_map(tokens).collect()
}

/// Items and attributes of a file, each as text.
fn tokens(file: &EmittedFile) -> impl Iterator<Item = String> {
    let parsed = syn::parse_file(&file.text).expect("generated Rust parses");
    let attributes: Vec<String> =
        parsed.attrs.iter().map(|attribute| quote::quote!(#attribute).to_string()).collect();
    let items = parsed.items.into_iter().map(|mut item| {
        if let syn::Item::Fn(function) = &mut item {
            function.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
        }
        quote::quote!(#item).to_string()
    });
    attributes.into_iter().filter(|text| !text.replace(' ', "").starts_with("#![doc")).chain(items)
}

/// The text literals of the Rust files.
pub fn literals(files: &[EmittedFile]) -> BTreeSet<String> {
    struct Texts(BTreeSet<String>);
    impl syn::visit::Visit<'_> for Texts {
        fn visit_lit_str(&mut self, literal: &syn::LitStr) {
            self.0.insert(literal.value());
        }
    }
    let mut texts = Texts(BTreeSet::new());
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        syn::visit::visit_file(&mut texts, &syn::parse_file(&file.text).expect("generated Rust parses"));
    }
    texts.0
}

/// Constraints that wait for each other as the pairs say; their order, if they do not wait in a circle.
pub fn order(waits: &[(u8, u8)]) -> Option<Vec<String>> {
    let mut text = String::new();
    for at in 0..8 {
        let after: BTreeSet<String> =
            waits.iter().filter(|wait| wait.0 % 8 == at).map(|wait| format!("\"c{}\"", wait.1 % 8)).collect();
        let after = after.into_iter().collect::<Vec<_>>().join(", ");
        writeln!(
            text,
            "[constraint.c{at}]\nsays = \"C\"\nkind = \"no_panic\"\ntarget = \"crate::a\"\nafter = [{after}]"
        )
        .expect("writing to a text");
    }
    let (_, model, _) = read(&text);
    let (graph, faults) = ConstraintGraph::build(&model);
    let order = graph.order();
    assert_eq!(order.len(), 8, "every constraint is in the order");
    faults.is_empty().then(|| order.iter().map(|id| id.name().to_owned()).collect())
}

/// Whether every constraint stands behind those it waits for.
pub fn keeps(order: &[String], waits: &[(u8, u8)]) -> bool {
    let at = |number: u8| order.iter().position(|name| *name == format!("c{}", number % 8));
    waits.iter().all(|(waiting, before)| at(*before) < at(*waiting))
}

/// A report of constraints with a status and a level each; what is red was seen on the text.
pub fn report(judged: &[(u8, u8)], seen: &str) -> Report {
    let status = |number: u8| match number % 4 {
        0 => Status::Green,
        1 => Status::Red,
        2 => Status::Blocked,
        _ => Status::Undecided,
    };
    let entry = |(at, (number, level)): (usize, &(u8, u8))| Entry {
        id: format!("main.c{at}"),
        says: seen.to_owned(),
        kind: "no_panic".to_owned(),
        area: "security".to_owned(),
        level: ["block", "warn", "info"][usize::from(level % 3)].to_owned(),
        status: status(*number),
        reason: None,
        message: Some(format!("panics on text = {seen}")),
        blocked_by: Vec::new(),
        frees: usize::from(*number),
        declared: Location { file: "constraints/main.toml".to_owned(), line: 1, column: 1 },
        target: seen.to_owned(),
        item: None,
        test: String::new(),
        replay: String::new(),
        // What the compiler says takes the place of what a case showed.
        compiler: (at % 2 == 1).then(|| seen.to_owned()),
        compiler_at: None,
        record: Some(record(seen)),
        waiver: None,
    };
    let constraints = judged.iter().enumerate().map(entry).collect();
    Report {
        format: FORMAT,
        totals: Totals::default(),
        goals: Vec::new(),
        risks: Vec::new(),
        coverage: None,
        constraints,
    }
}

fn record(seen: &str) -> constraints_wire::Record {
    let shown = || vec![Shown { name: seen.to_owned(), text: seen.to_owned() }];
    let witness = Witness {
        values: shown(),
        expected: seen.to_owned(),
        seen: seen.to_owned(),
        details: shown(),
        place: None,
    };
    constraints_wire::Record {
        format: FORMAT,
        id: "main.c0".to_owned(),
        kind: "no_panic".to_owned(),
        outcome: constraints_wire::Outcome::Violated(constraints_wire::RedReason::Violated),
        tally: constraints_wire::Tally::default(),
        seed: 0,
        witness: Some(witness),
        millis: 0,
        millis_to_red: None,
        notes: vec![seen.to_owned()],
    }
}

/// A report without the styles that we gave it ourselves.
pub fn without_styles(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        let Some((style, behind)) = after.split_once('m') else { break };
        let is_style = style.chars().all(|character| character.is_ascii_digit() || character == ';');
        plain.push_str(before);
        // What is no style is left for the statement to find.
        if !is_style {
            plain.push('\u{1b}');
        }
        rest = if is_style { behind } else { after };
    }
    plain + rest
}

/// What stands in a file of `generated/` after tests were written around and over it.
pub fn after_writing(theirs: &str, ours: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("generated/own.rs");
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(&path, theirs).expect("written");
    let file = |path: &str| EmittedFile {
        path: path.to_owned(),
        text: format!("{FIRST_LINE}\n{ours}"),
        items: Vec::new(),
    };
    let _ = write(folder.path(), &[file("generated/mod.rs")]);
    let _ = write(folder.path(), &[file("generated/own.rs")]);
    std::fs::read_to_string(&path).unwrap_or_default()
}

/// Whether a text carries our first line, or nothing at all.
pub fn is_marked(text: &str) -> bool {
    text.is_empty() || text.lines().next().is_some_and(|line| [FIRST_LINE, FIRST_LINE_TOML].contains(&line))
}

/// The path of the test of a constraint with this id.
pub fn test_path(id: &str) -> String {
    constraints_wire::test_path(id)
}

/// How two laws on one target stand to each other, there and back, and how the first stands to itself.
pub fn strengths(one: &str, other: &str) -> Option<[String; 3]> {
    let model = |then: &str| {
        let then = written(then, 0);
        let text =
            format!("[constraint.a]\nsays = \"A\"\nkind = \"law\"\ntarget = \"crate::a\"\nthen = {then}\n");
        read(&text).1
    };
    let (one, other) = (model(one), model(other));
    let of = |model: &Model| Some((model.constraints.values().next()?.clone(), model.inputs.clone()));
    let ((a, of_a), (b, of_b)) = (of(&one)?, of(&other)?);
    let pairs = [
        compare((&a, &of_a), (&b, &of_b)),
        compare((&b, &of_b), (&a, &of_a)),
        compare((&a, &of_a), (&a, &of_a)),
    ];
    Some(pairs.map(|strength| format!("{strength:?}")))
}

/// A strength seen from the other side.
pub fn turned(strength: &str) -> &str {
    match strength {
        "Stronger" => "Weaker",
        "Weaker" => "Stronger",
        same => same,
    }
}

/// Whether a text is a library that can be read.
pub fn library(text: &str) -> bool {
    CrateFacts::from_texts("app", &[("src/lib.rs", text)], &mut Sources::default()).is_ok()
}

/// How many faults there are about a statement, and whether there is a test without.
pub fn bound(then: &str) -> (usize, bool) {
    let then = written(then, 0);
    let (mut sources, model, _) = read(&format!(
        "[constraint.a]\nsays = \"A\"\nkind = \"law\"\ntarget = \"crate::b\"\nthen = {then}\n"
    ));
    let facts = CrateFacts::from_texts("app", &[("src/lib.rs", LIBRARY)], &mut sources).expect("a library");
    let (graph, _) = ConstraintGraph::build(&model);
    let (bound, faults) = bind(&model, &facts, &sources);
    let (plan, _) = plan(&bound, &graph, &model.settings);
    let files = emit(&plan, &Wiring::of(&facts));
    (faults.sorted().len(), !files.is_empty())
}

/// For how many days each waiver in a text excuses.
pub fn waived(text: &str) -> Vec<i64> {
    let (mut sources, model, _) =
        read(&(DECLARATIONS[1].to_owned() + DECLARATIONS[0] + DECLARATIONS[2] + DECLARATIONS[3]));
    let file = sources.add("constraints/waivers.toml", text);
    let (waivers, _) = waivers(&sources, file, &model);
    waivers.iter().map(|it| it.until.value.days_after(it.since.value)).collect()
}

/// How many faults a text has, and how many of them stand in what a machine reads.
pub fn fault_count(text: &str) -> (usize, usize) {
    let (sources, _, faults) = read(text);
    let faults = faults.sorted();
    let told = faults::json(&faults, &sources).to_string();
    let told: serde_json::Value = serde_json::from_str(&told).expect("data");
    (faults.len(), told["faults"].as_array().map_or(0, Vec::len))
}
