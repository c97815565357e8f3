use super::{human, json};
use crate::graph::ConstraintGraph;
use crate::model::{About, Area, Fault, Faults, Key, KeyShape, Shape, Sources, Status, Subject, read};

const fn key(name: &'static str, shape: KeyShape, required: bool, says: &'static str) -> Key {
    Key { name, shape, required, says }
}

const fn kind(id: &'static str, area: Area, keys: &'static [Key]) -> About {
    About {
        id,
        shape: Shape::Property,
        area,
        summary: "",
        status: Status::Preview,
        subject: Subject::Function,
        keys,
        source: "",
    }
}

static NO_PANIC: About = kind("no_panic", Area::Stability, &[]);
static LAW: About = kind(
    "law",
    Area::Correctness,
    &[key("then", KeyShape::Expression, true, "what has to be true of the result")],
);
static FORBIDS: About = kind(
    "forbids",
    Area::Security,
    &[
        key("calls", KeyShape::Words, false, "functions that must not be called"),
        key("unsafe_code", KeyShape::Flag, false, "whether `unsafe` is forbidden too"),
    ],
);

fn faults(files: &[(&str, &str)]) -> (Vec<Fault>, Sources) {
    let mut sources = Sources::default();
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), sources.add(format!("constraints/{name}.toml"), *text)))
        .collect();
    let (model, mut faults) = read(&sources, &files, &[&NO_PANIC, &LAW, &FORBIDS]);
    let (_, more) = ConstraintGraph::build(&model);
    Faults::extend(&mut faults, more);
    (faults.sorted(), sources)
}

/// Declarations in, faults out, as a person sees them.
fn check_files(files: &[(&str, &str)]) -> String {
    let (faults, sources) = faults(files);
    human(&faults, &sources, false)
}

fn check(text: &str) -> String {
    check_files(&[("links", text)])
}

/// A constraint without fault, with these lines added.
fn check_lines(lines: &str) -> String {
    check(&format!(
        "[constraint.total]\nsays = \"Nothing panics\"\nkind = \"no_panic\"\ntarget = \"crate::parse\"\n{lines}"
    ))
}

#[test]
fn declarations_without_fault_give_no_text() {
    assert_eq!(check_lines(""), "");
}

#[test]
fn syntax_faults_are_shown_at_their_place() {
    insta::assert_snapshot!(check("[goal.a]\nsays = \"open\narea = \"security\"\n\n[goal.b\nsays = 1 2\n"), @"");
}

#[test]
fn a_key_given_twice_points_at_the_first() {
    insta::assert_snapshot!(check("[goal.a]\nsays = \"x\"\n\n[goal.b]\nsays = \"y\"\nsays = \"z\"\n\n[goal.a]\nsays = \"u\"\n"), @"");
}

#[test]
fn of_a_file_that_does_not_parse_only_the_syntax_is_reported() {
    let files = [
        (
            "broken",
            "[goal.safe]\nsays = \"x\"\nwhat = \"y\"\noops\n[constraint.first]\nserves = \"links.fast\"\n",
        ),
        (
            "links",
            "[goal.fast]\nsays = \"Fast\"\n[constraint.total]\nsays = \"x\"\nkind = \"no_panic\"\ntarget = \"crate::a\"\nserves = \"broken.safe\"\nafter = \"broken.first\"\n",
        ),
    ];
    insta::assert_snapshot!(check_files(&files), @"");
}

#[test]
fn unknown_keys_are_refused_with_the_nearest_known_one() {
    insta::assert_snapshot!(check_lines("serve = \"a\"\nanswers = [\"x\"]\nthen = \"true\"\nargs.text = { likes = \"a\" }\n\n[risk.open]\nsays = \"x\"\n"), @"");
}

#[test]
fn a_mistyped_required_key_is_one_fault() {
    insta::assert_snapshot!(check("[constraint.total]\nsays = \"x\"\nknid = \"no_panic\"\ntarget = \"crate::a\"\n"), @"");
}

#[test]
fn missing_keys_are_named_with_what_they_say() {
    insta::assert_snapshot!(check("[goal.a]\n\n[constraint.total]\nkind = \"law\"\n\n[input.link]\n"), @"");
}

#[test]
fn wrong_types_say_what_is_taken_and_what_is_there() {
    insta::assert_snapshot!(check("goal = 3\n\n[constraint.total]\nsays = 1.5\nkind = \"forbids\"\ntarget = [\"crate\"]\nserves = [\"a\", 2]\ncalls = 1979-05-27\nunsafe_code = \"yes\"\nargs.a = 3\nargs.b.like = { x = 1 }\nargs.c.one_of = \"x\"\nargs.d.is = { x = 1 }\nargs.e.only = 1\n"), @"");
}

#[test]
fn arrays_of_tables_are_no_declarations() {
    insta::assert_snapshot!(check("[[constraint]]\nsays = \"x\"\n\n[[goal.a]]\nsays = \"y\"\n"), @"");
}

#[test]
fn values_that_say_nothing_are_refused() {
    insta::assert_snapshot!(check_lines("area = \"securty\"\nlevel = \"error\"\nwhen = \"  \"\nserves = \"a.b.c\"\n"), @"");
}

#[test]
fn names_become_rust_so_they_must_be_rust() {
    let files = [
        ("mod", "[goal.match]\nsays = \"x\"\n[input.\"a b\"]\nis = 1\n"),
        ("support", "[goal.parseLink]\nsays = \"x\"\n[goal.\"\"]\nsays = \"y\"\n"),
    ];
    insta::assert_snapshot!(check_files(&files), @"");
}

#[test]
fn generators_that_cannot_work_are_refused() {
    insta::assert_snapshot!(check_lines("args.a = { like = \"x\", map = \"it\", is = 3 }\nargs.b = { like_hex = [\"82 a1_61\", \"0x12\", \"123\"] }\nargs.c = { like = [] }\nargs.d = { one_of = [] }\nargs.e = { is = 99999999999999999999 }\nargs.f = { is = 1e999 }\nargs.g = { near = \"g\" }\nargs.\"h-i\" = { is = 1 }\n"), @"");
}

#[test]
fn regular_expressions_are_read_when_declared() {
    insta::assert_snapshot!(check_lines("args.a.matching = \"\\\\d+[a-\"\nargs.b.matching = '^a$'\nargs.c.matching = '''[a&&b]'''\nargs.d.matching = '\\p{Grek}'\n"), @"");
}

#[test]
fn one_id_names_one_goal_or_constraint() {
    insta::assert_snapshot!(check("[goal.total]\nsays = \"x\"\n\n[input.total]\nis = 1\n\n[constraint.total]\nsays = \"x\"\nkind = \"no_panic\"\ntarget = \"crate::a\"\nserves = \"total\"\n"), @"");
}

#[test]
fn two_files_of_one_name_are_a_fault() {
    insta::assert_snapshot!(check_files(&[("links", "[input.a]\nis = 1\n"), ("links", "[input.a]\nis = 2\n")]), @"");
}

#[test]
fn unknown_kinds_are_reported_without_their_keys() {
    insta::assert_snapshot!(check("[goal.a]\nsays = \"x\"\n\n[constraint.total]\nsays = \"x\"\nkind = \"nopanic\"\ntarget = \"crate::a\"\nserves = \"a\"\n\n[constraint.linear]\nsays = \"x\"\nkind = \"bounded_time\"\ntarget = \"crate::a\"\nat_most = \"n\"\nafter = \"total\"\n"), @"");
}

#[test]
fn unknown_ids_name_the_nearest_in_the_words_of_the_file() {
    let files = [
        (
            "links",
            "[goal.safe]\nsays = \"x\"\n\n[constraint.total]\nsays = \"x\"\nkind = \"no_panic\"\ntarget = \"crate::a\"\nserves = [\"saef\", \"fast\", \"wide\"]\nafter = \"safe\"\nargs.a.input = \"link\"\n\n[constraint.other]\nsays = \"x\"\nkind = \"no_panic\"\ntarget = \"crate::a\"\nserves = [\"safe\", \"goals.fast\"]\n",
        ),
        ("goals", "[goal.fast]\nsays = \"x\"\n"),
    ];
    insta::assert_snapshot!(check_files(&files), @"");
}

#[test]
fn inputs_made_from_each_other_are_a_cycle() {
    insta::assert_snapshot!(check("[input.a]\ninput = \"b\"\n\n[input.b]\ninput = \"c\"\n\n[input.c]\ninput = \"b\"\n\n[input.d]\ninput = \"d\"\n"), @"");
}

#[test]
fn cycle_is_reported_at_the_edge_that_closes_it() {
    let constraint = |name: &str, after: &str| {
        format!(
            "[constraint.{name}]\nsays = \"x\"\nkind = \"no_panic\"\ntarget = \"crate::{name}\"\nafter = {after}\n\n"
        )
    };
    let one =
        constraint("a", "[\"b\", \"two.d\"]") + &constraint("b", "\"two.c\"") + &constraint("e", "\"e\"");
    let two = constraint("c", "[\"one.a\"]") + &constraint("d", "[]");
    insta::assert_snapshot!(check_files(&[("one", &one), ("two", &two)]), @"");
}

#[test]
fn a_goal_that_nothing_serves_is_a_warning() {
    insta::assert_snapshot!(check("[goal.a]\nsays = \"x\"\n"), @"");
}

#[test]
fn places_in_long_files_keep_their_line_and_wide_letters_their_column() {
    let text =
        format!("{}[goal.a]\nsays = \"x\"\narea = \"日本\" # \t\nlevel = \"ä\"\n", "# a line\n".repeat(1000));
    insta::assert_snapshot!(check(&text), @"");
}

#[test]
fn multi_line_values_are_shown_whole() {
    insta::assert_snapshot!(check_lines("args.a = { is = 1, like = [\n    \"one\",\n    2,\n    \"three\",\n] }\ncalls = [\n  \"a\",\n]\n"), @"");
}

#[test]
fn machines_get_the_same_faults_as_data() {
    let (faults, sources) = faults(&[(
        "links",
        "[goal.a]\nsays = \"ä\"\narea = \"b\"\n\n[constraint.a]\nsays = \"x\"\nkind = \"no_panic\"\ntarget = \"crate::a\"\n",
    )]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&json(&faults, &sources)).unwrap(), @"");
}

#[test]
fn color_changes_nothing_but_the_color() {
    let (faults, sources) = faults(&[("links", "[goal.a]\n")]);
    let colored = human(&faults, &sources, true);
    assert_ne!(colored, human(&faults, &sources, false));
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), human(&faults, &sources, false));
}
