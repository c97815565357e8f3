use std::fmt::Write;

use proptest::prelude::*;

use super::{About, Area, Faults, Id, Key, KeyShape, Model, Shape, Sources, Status, Subject, read};

static LAW: About = About {
    id: "law",
    shape: Shape::Property,
    area: Area::Correctness,
    summary: "",
    status: Status::Preview,
    subject: Subject::Function,
    keys: &[
        Key { name: "then", shape: KeyShape::Expression, required: true, says: "" },
        Key { name: "inverse", shape: KeyShape::Path, required: false, says: "" },
        Key { name: "note", shape: KeyShape::Text, required: false, says: "" },
        Key { name: "calls", shape: KeyShape::Words, required: false, says: "" },
        Key { name: "strict", shape: KeyShape::Flag, required: false, says: "" },
    ],
    source: "",
};

fn read_files(files: &[(&str, &str)]) -> (Model, Faults, Sources) {
    let mut sources = Sources::default();
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), sources.add(format!("{name}.toml"), *text)))
        .collect();
    let (model, faults) = read(&sources, &files, &[&LAW]);
    (model, faults, sources)
}

/// Declarations in, what they say out, without places; faults first.
fn check(text: &str) -> String {
    let (model, faults, _) = read_files(&[("links", text)]);
    shown(&model, faults)
}

fn shown(model: &Model, faults: Faults) -> String {
    let mut messages: Vec<String> = faults
        .sorted()
        .into_iter()
        .map(|fault| format!("{:?} {} {:?}", fault.code, fault.message, fault.help))
        .collect();
    messages.sort();
    let mut text = messages.join("\n");
    let Model { goals, risks, constraints, inputs, unread, .. } = model;
    for (id, goal) in goals {
        write!(text, "\ngoal {id}: {:?} {:?} {:?}", goal.says.value, goal.area, goal.level).unwrap();
    }
    for (id, risk) in risks {
        let (likelihood, impact) = (risk.likelihood.value, risk.impact.value);
        let says = (&risk.says.value, likelihood, impact, risk.area, words(&risk.tags));
        write!(text, "\nrisk {id}: {says:?}").unwrap();
    }
    for (id, input) in inputs {
        write!(text, "\ninput {id}: {}", without_places(&input.generator)).unwrap();
    }
    for (id, it) in constraints {
        write!(text, "\nconstraint {id}: {:?} {} {}", it.says.value, it.kind.value.id, it.target.value)
            .unwrap();
        write!(
            text,
            "\n  {:?} {:?} serves {:?} after {:?}",
            it.area,
            it.level,
            names(&it.serves),
            names(&it.after)
        )
        .unwrap();
        let (answers, conflicts, refines) = (names(&it.answers), names(&it.conflicts), names(&it.refines));
        let edges =
            [("answers", answers), ("conflicts", conflicts), ("refines", refines), ("tags", words(&it.tags))];
        for (key, names) in edges.iter().filter(|(_, names)| !names.is_empty()) {
            write!(text, " {key} {names:?}").unwrap();
        }
        for argument in &it.args {
            write!(text, "\n  {} = {}", argument.name.value, without_places(&argument.generator)).unwrap();
        }
        write!(text, "\n  {}", without_places(&(&it.call, &it.when, &it.keys))).unwrap();
    }
    for (id, serves) in unread {
        write!(text, "\nunread {id}: serves {serves:?}").unwrap();
    }
    text
}

fn words(words: &[super::Spanned<String>]) -> Vec<&str> {
    words.iter().map(|word| word.value.as_str()).collect()
}

fn names(ids: &[super::Spanned<Id>]) -> Vec<&str> {
    ids.iter().map(|id| id.value.as_str()).collect()
}

/// The debug form with every span taken out.
fn without_places(value: &impl std::fmt::Debug) -> String {
    let text = format!("{value:?}");
    let mut kept = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("span: Span {") {
        kept.push_str(rest[..at].trim_end_matches([' ', ',']));
        rest = &rest[at..];
        rest = &rest[rest.find('}').expect("a span ends") + 1..];
        rest = rest.strip_prefix(", ").unwrap_or(rest);
    }
    kept + rest
}

#[test]
fn every_key_of_a_constraint_is_read() {
    let text = r#"
[goal.safe]
says = "Links are safe"
area = "security"
level = "warn"

[risk.open]
says = "Links lead away"
likelihood = "high"
impact = "low"
area = "security"
tags = ["cwe:601", "owasp:A01"]

[constraint.total]
says = "It holds"
kind = "law"
target = "crate::parse"
area = "stability"
level = "info"
serves = "safe"
after = ["other", "far.away"]
answers = "open"
conflicts = ["other"]
refines = "links.other"
tags = "release"
call = "crate::parse(&text)"
when = "!text.is_empty()"
then = '''
result.is_ok()'''
inverse = "crate::render"
note = ""
calls = ["a", "b"]
strict = true

[constraint.other]
says = "It holds"
kind = "law"
target = "crate::parse"
then = "true"
"#;
    insta::assert_snapshot!(check(text), @r#"
    UnknownId there is no constraint `far.away` ["declare `[constraint.away]` in `far.toml`"]
    goal links.safe: "Links are safe" Some(Security) Some(Warn)
    risk links.open: ("Links lead away", High, Low, Some(Security), ["cwe:601", "owasp:A01"])
    constraint links.other: "It holds" law crate::parse
      None None serves [] after []
      (None, None, {"then": Expression(Expression { text: "true" })})
    constraint links.total: "It holds" law crate::parse
      Some(Stability) Some(Info) serves ["links.safe"] after ["links.other", "far.away"] answers ["links.open"] conflicts ["links.other"] refines ["links.other"] tags ["release"]
      (Some(Expression { text: "crate::parse(&text)" }), Some(Expression { text: "!text.is_empty()" }), {"calls": Words([Spanned { value: "a" }, Spanned { value: "b" }]), "inverse": Text(Spanned { value: "crate::render" }), "note": Text(Spanned { value: "" }), "strict": Flag(Spanned { value: true }), "then": Expression(Expression { text: "result.is_ok()" })})
    "#);
}

#[test]
fn every_generator_is_read() {
    let text = r#"
[input.link]
like = "a"
only = true

[constraint.total]
says = "It holds"
kind = "law"
target = "crate::parse"
then = "true"
args.z = { like = ["a", "b"], map = "it.len()" }
args.a.like_hex = ["82 A1_61", ""]
args.b.is = [1, -16, 1.5, -inf, true, "t", []]
args.c.one_of = ["x", 3]
args.d.matching = 'msg_[a-z0-9]{1,12}'
args.e.range = "0..=100"
args.f.value = "support::now()"
args.g.strategy = "any::<u8>()"
args.h = { type = "Vec<u8>", only = true }
args.i.near = "a"
args.j.input = "link"
args.k.input = "links.link"
args.l.map = "it + 1"
args.m = {}
args.n.is = 0xff
args.o.is_hex = "ff"
args.p.one_of_hex = ["00", "01"]
args.q.like_file = "data/*.json"
args.r.is_file = "data/a.json"
args.s = { one_of_file = ["a", "b"] }
args.t = { text = "line", length = "1..=64", without = "x" }
args.u = { each = { like = "a" }, each_key = { length = 3 }, length = "..4" }
args.v = { pieces_of = { input = "link" } }
args.w = { json = true, like = "{}" }
args.x = { archive = "tar" }
args.y = { range = "0..9", type = "u8" }
"#;
    insta::assert_snapshot!(check(text), @r#"
    input links.link: Generator {base: Some(Spanned { value: Like([Spanned { value: "a" }]) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: true }
    constraint links.total: "It holds" law crate::parse
      None None serves [] after []
      z = Generator {base: Some(Spanned { value: Like([Spanned { value: "a" }, Spanned { value: "b" }]) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: Some(Expression { text: "it.len()" }), only: false }
      a = Generator {base: Some(Spanned { value: LikeHex([Spanned { value: [130, 161, 97] }, Spanned { value: [] }]) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      b = Generator {base: Some(Spanned { value: Is(Spanned { value: Array([Integer(1), Integer(-16), Float(1.5), Float(-inf), Boolean(true), Text("t"), Array([])]) }) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      c = Generator {base: Some(Spanned { value: OneOf([Spanned { value: Text("x") }, Spanned { value: Integer(3) }]) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      d = Generator {base: Some(Spanned { value: Matching(Spanned { value: "msg_[a-z0-9]{1,12}" }) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      e = Generator {base: Some(Spanned { value: Range(Spanned { value: "0..=100" }) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      f = Generator {base: Some(Spanned { value: Value(Expression { text: "support::now()" }) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      g = Generator {base: Some(Spanned { value: Strategy(Expression { text: "any::<u8>()" }) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      h = Generator {base: Some(Spanned { value: Type(Expression { text: "Vec<u8>" }) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: true }
      i = Generator {base: Some(Spanned { value: Near(Spanned { value: "a" }) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      j = Generator {base: Some(Spanned { value: Input(Spanned { value: Id("links.link") }) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      k = Generator {base: Some(Spanned { value: Input(Spanned { value: Id("links.link") }) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      l = Generator {base: None, ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: Some(Expression { text: "it + 1" }), only: false }
      m = Generator {base: None, ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      n = Generator {base: Some(Spanned { value: Is(Spanned { value: Integer(255) }) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      o = Generator {base: Some(Spanned { value: Is(Spanned { value: Bytes([255]) }) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      p = Generator {base: Some(Spanned { value: OneOf([Spanned { value: Bytes([0]) }, Spanned { value: Bytes([1]) }]) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      q = Generator {base: Some(Spanned { value: LikeFile([Spanned { value: "data/*.json" }]) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      r = Generator {base: Some(Spanned { value: OneOfFile([Spanned { value: "data/a.json" }]) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      s = Generator {base: Some(Spanned { value: OneOfFile([Spanned { value: "a" }, Spanned { value: "b" }]) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      t = Generator {base: None, ty: None, format: None, fields: [], fit: Fit { length: Some(Spanned { value: Length { least: 1, most: 64 } }), letters: Some(Spanned { value: Line }), without: [Spanned { value: "x" }] }, map: None, only: false }
      u = Generator {base: Some(Spanned { value: Each { key: Some(Generator {base: None, ty: None, format: None, fields: [], fit: Fit { length: Some(Spanned { value: Length { least: 3, most: 3 } }), letters: None, without: [] }, map: None, only: false }), element: Some(Generator {base: Some(Spanned { value: Like([Spanned { value: "a" }]) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }) } }), ty: None, format: None, fields: [], fit: Fit { length: Some(Spanned { value: Length { least: 0, most: 3 } }), letters: None, without: [] }, map: None, only: false }
      v = Generator {base: Some(Spanned { value: PiecesOf(Generator {base: Some(Spanned { value: Input(Spanned { value: Id("links.link") }) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }) }), ty: None, format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      w = Generator {base: Some(Spanned { value: Like([Spanned { value: "{}" }]) }), ty: None, format: Some(Spanned { value: Json }), fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      x = Generator {base: None, ty: None, format: Some(Spanned { value: Tar }), fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      y = Generator {base: Some(Spanned { value: Range(Spanned { value: "0..9" }) }), ty: Some(Expression { text: "u8" }), format: None, fields: [], fit: Fit { length: None, letters: None, without: [] }, map: None, only: false }
      (None, None, {"then": Expression(Expression { text: "true" })})
    "#);
}

#[test]
fn values_keep_their_places() {
    let (model, _, sources) = read_files(&[(
        "links",
        "[constraint.total]\nsays = \"x\"\nkind = \"law\"\ntarget = \"crate::a\"\nthen = 'true'\nargs.text = { like = [\"a\"], map = \"it\" }\n",
    )]);
    let constraint = &model.constraints[&Id::new("links", "total")];
    let argument = &constraint.args[0];
    let base = argument.generator.base.as_ref().unwrap();
    let places = [
        constraint.id.span,
        constraint.kind.span,
        constraint.target.span,
        constraint.expression("then").unwrap().span,
        argument.name.span,
        argument.generator.span,
        base.span,
    ];
    let texts: Vec<&str> = places.iter().map(|span| sources.text(*span)).collect();
    let generator = "{ like = [\"a\"], map = \"it\" }";
    assert_eq!(texts, ["total", "\"law\"", "\"crate::a\"", "'true'", "text", generator, "like = [\"a\"]"]);
}

#[test]
fn a_constraint_with_a_fault_in_a_spare_key_is_still_read() {
    let text = "[constraint.total]\nsays = \"x\"\nkind = \"law\"\ntarget = \"crate::a\"\nthen = \"true\"\nlevel = 3\nargs.a = 1\n";
    let (model, faults, _) = read_files(&[("links", text)]);
    assert!(faults.refuse());
    assert_eq!(model.constraints.len(), 1);
}

#[test]
fn a_cycle_of_inputs_is_cut_so_that_it_can_be_followed() {
    let (model, _, _) = read_files(&[("a", "[input.x]\ninput = \"y\"\n[input.y]\ninput = \"x\"\n")]);
    assert!(model.inputs[&Id::new("a", "x")].generator.base.is_some());
    assert!(model.inputs[&Id::new("a", "y")].generator.base.is_none());
}

#[test]
fn a_byte_order_mark_and_windows_newlines_move_no_place() {
    let (model, faults, sources) = read_files(&[("a", "\u{feff}[goal.x]\r\nsays = \"y\"\r\n")]);
    assert!(faults.is_empty());
    let goal = &model.goals[&Id::new("a", "x")];
    assert_eq!((sources.text(goal.id.span), sources.text(goal.says.span)), ("x", "\"y\""));
}

#[test]
fn very_deep_nesting_is_a_fault_and_no_crash() {
    for text in [
        format!("a = {}", "[".repeat(100_000)),
        format!("a = {}", "{a=".repeat(100_000)),
        format!("{}a = 1", "a.".repeat(10_000)),
    ] {
        let (_, faults, _) = read_files(&[("a", &text)]);
        assert!(faults.refuse());
    }
}

/// Pieces of declaration files, valid and not, from which files are put together.
fn piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "[goal.a]\n",
        "[goal.b]\n",
        "[constraint.a]\n",
        "[constraint.c]\n",
        "[constraint.c.args]\n",
        "[input.i]\n",
        "[[constraint.c.sample]]\n",
        "says = \"x\"\n",
        "kind = \"law\"\n",
        "target = \"crate::a\"\n",
        "then = \"true\"\n",
        "serves = \"a\"\n",
        "after = [\"c\", \"b.c\"]\n",
        "args.x = { like_hex = \"0g\" }\n",
        "args.x.matching = \"(\"\n",
        "args.\"é\".matching = \"é[\"\n",
        "args.y = { is = 1, input = \"i\" }\n",
        "input = \"i\"\n",
        "area = \"\"\n",
        "like = [",
        "\"",
        "'''",
        "\"\"\"",
        "\\",
        "=",
        "}",
        "\u{feff}",
        "\r\n",
        "\r",
        "\0",
        "é",
        "日",
        "1e999",
        "\\u12",
        "[",
        "args = 1\n",
        "constraint = 1\n",
        "goal.a.says = \"\"\n",
        "= 1\n",
        "\"\" = 1\n",
        "# c\n",
    ]);
    prop_oneof![8 => words.prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #[test]
    fn reading_never_panics_and_every_place_can_be_shown(pieces in prop::collection::vec(piece(), 0..20)) {
        let text = pieces.concat();
        let (_, faults, sources) = read_files(&[("a", &text), ("b", "[constraint.c]\nafter = \"a.c\"\n")]);
        for fault in faults.sorted() {
            for label in fault.also.iter().chain([&fault.at]) {
                sources.text(label.span);
            }
            prop_assert!(!fault.message.is_empty());
        }
    }

    #[test]
    fn the_order_of_declarations_changes_nothing(
        declarations in prop::collection::vec((0_u8..3, 0_u8..6, 0_u8..6, 0_u8..6), 1..8),
        seed in any::<prop::sample::Index>(),
    ) {
        let texts: std::collections::BTreeMap<_, _> = declarations.iter().map(|(sort, name, first, second)| {
            let text = match sort {
                0 => format!("[goal.n{name}]\nsays = \"x\"\nlevl = \"block\"\n"),
                1 => format!("[input.n{name}]\ninput = \"n{first}\"\n"),
                _ => format!("[constraint.n{name}]\nsays = \"x\"\nkind = \"law\"\ntarget = \"crate::a\"\nthen = \"true\"\nserves = \"n{first}\"\nafter = [\"n{second}\", \"n{first}\"]\n"),
            };
            ((*sort, *name), text)
        }).collect();
        let result = |texts: Vec<&str>| {
            let (model, faults, _) = read_files(&[("a", &texts.concat())]);
            shown(&model, faults)
        };
        let mut texts: Vec<&str> = texts.values().map(String::as_str).collect();
        let before = result(texts.clone());
        let turned = seed.index(texts.len());
        texts.rotate_left(turned);
        texts.reverse();
        prop_assert_eq!(before, result(texts));
    }
}

#[test]
fn a_folder_of_declarations_is_a_module_like_a_file() {
    let check = |namespace: &str, path: &str| {
        let mut sources = Sources::default();
        let file = sources.add(path, "[goal.up]\nsays = \"Up\"\n");
        let (model, faults) = read(&sources, &[(namespace.to_owned(), file)], &[&LAW]);
        let faults = faults.sorted();
        let said = faults.first().map(|fault| format!("{}; {}", fault.message, fault.help.join("; ")));
        said.unwrap_or_else(|| model.goals.keys().map(Id::as_str).collect::<Vec<_>>().join(", "))
    };
    assert_eq!(check("web.links", "constraints/web/links.toml"), "web.links.up");
    assert_eq!(
        check("Web.links", "constraints/Web/links.toml"),
        "a folder of declarations cannot be named `Web`: it becomes a module of the tests; rename the folder to `web`"
    );
    assert!(
        check("web.links", "constraints/web.links.toml")
            .contains("a file of declarations cannot be named `web.links.toml`")
    );
    assert!(check("web.support", "constraints/web/support.toml").contains("up"));
}

#[test]
fn ids_of_files_in_folders_are_found() {
    let mut sources = Sources::default();
    let goal = sources.add("constraints/web/links.toml", "[goal.safe]\nsays = \"x\"\n");
    let text = "[constraint.a]\nsays = \"x\"\nkind = \"law\"\ntarget = \"crate::a\"\nthen = \"true\"\nserves = \"web.links.safe\"\n";
    let constraint = sources.add("constraints/other.toml", text);
    let files = [("web.links".to_owned(), goal), ("other".to_owned(), constraint)];
    let (model, faults) = read(&sources, &files, &[&LAW]);
    assert_eq!(faults, Faults::default());
    assert_eq!(names(&model.constraints[&Id::new("other", "a")].serves), ["web.links.safe"]);
}
