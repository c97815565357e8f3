//! The schemas take what the reader takes: the keys of every table, and every file that is here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::{Document, schema};
use crate::model::{self, Faults, Model, Sources};
use crate::{kinds, model::About};

fn all() -> Vec<&'static About> {
    kinds::about_all()
}

fn validator(of: Document) -> Validator {
    jsonschema::draft7::new(&schema(of, &all())).expect("a schema")
}

/// A text of TOML as editors hand it to a schema: dates are texts.
fn plain(text: &str) -> Value {
    fn value(of: toml::Value) -> Value {
        match of {
            toml::Value::String(text) => text.into(),
            toml::Value::Integer(number) => number.into(),
            toml::Value::Float(number) => number.into(),
            toml::Value::Boolean(flag) => flag.into(),
            toml::Value::Datetime(date) => date.to_string().into(),
            toml::Value::Array(items) => items.into_iter().map(value).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(key, of)| (key, value(of))).collect(),
        }
    }
    value(toml::Value::Table(text.parse().expect("TOML")))
}

/// Why a document does not fit, if it does not.
fn refusal(validator: &Validator, text: &str) -> Option<String> {
    validator.validate(&plain(text)).err().map(|error| format!("{} at {}", error, error.instance_path()))
}

/// Every file of declarations of this repository, the broken ones left out.
fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() && name != "target" && name != "faulty" && !name.starts_with('.') {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == "toml")
                && path.iter().any(|part| part == "constraints")
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_file_of_this_repository_fits() {
    let files = files();
    assert!(files.len() > 60, "{files:?}");
    let validator = validator(Document::Declarations);
    for path in files {
        let text = fs::read_to_string(&path).expect("a file");
        assert_eq!(refusal(&validator, &text), None, "{}", path.display());
    }
}

#[test]
fn every_example_on_the_page_of_the_language_fits() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src/language.md");
    let page = fs::read_to_string(page).expect("the page");
    let blocks = page.split("```toml").skip(1).filter_map(|rest| rest.split_once('\n'));
    let mut count = 0;
    for (info, rest) in blocks {
        let text = rest.split("```").next().unwrap_or_default();
        let of = match info {
            info if info.ends_with("settings.toml") => Document::Settings,
            info if info.ends_with("waivers.toml") => Document::Waivers,
            _ => Document::Declarations,
        };
        // Lines alone are shown out of a constraint.
        if info.contains("file=") || text.starts_with('[') {
            assert_eq!(refusal(&validator(of), text), None, "{text}");
            count += 1;
        }
    }
    assert!(count > 10, "{count}");
}

#[test]
fn what_the_reader_refuses_for_its_form_does_not_fit() {
    let validator = validator(Document::Declarations);
    let good = "[constraint.a]\nsays = \"A\"\nkind = \"law\"\ntarget = \"crate::a\"\nthen = \"true\"\n";
    assert_eq!(refusal(&validator, good), None);
    let wrong = [
        "[constraint.a]\nsays = \"A\"\nkind = \"law\"\ntarget = \"crate::a\"\n",
        "[constraint.a]\nsays = \"A\"\nkind = \"lawful\"\ntarget = \"crate::a\"\nthen = \"true\"\n",
        "[constraint.a]\nsays = \"A\"\nkind = \"law\"\nthen = \"true\"\n",
        "[constraint.a]\nkind = \"law\"\ntarget = \"crate::a\"\nthen = \"true\"\n",
        "[constraint.A-b]\nsays = \"A\"\nkind = \"law\"\ntarget = \"crate::a\"\nthen = \"true\"\n",
        &format!("{good}targets = {{ in = \"crate\" }}\n"),
        &format!("{good}cases = 99\n"),
        &format!("{good}inverse = \"crate::b\"\n"),
        &format!("{good}args.a = 3\n"),
        &format!("{good}args.a = {{ like = 3 }}\n"),
        &format!("{good}args.a = {{ like = \"a\", only = \"yes\" }}\n"),
        &format!("{good}args.a.b = {{ json = false }}\n"),
        &format!("{good}area = \"secure\"\n"),
        "[goal.a]\nsays = \"A\"\nlevels = \"block\"\n",
        "[risk.a]\nsays = \"A\"\nlikelihood = \"often\"\nimpact = \"low\"\n",
        "[constraints.a]\n",
        "[constraint.a]\nsays = \"A\"\nkind = \"forbids\"\ntarget = \"crate\"\ncases = 500\n",
    ];
    for text in wrong {
        assert!(refusal(&validator, text).is_some(), "{text}");
        assert!(!read(text).is_empty(), "{text}");
    }
}

#[test]
fn settings_and_waivers_have_schemas_of_their_own() {
    let settings = validator(Document::Settings);
    let good = "cases = 500\nbudget = \"1 s\"\nkind.law.cases = 100\narea.security.budget = \"2 s\"\n[runner]\nthreads = 1\n[env]\nA = \"b\"\nB = { like = \"x\", unset = true }\n";
    assert_eq!(refusal(&settings, good), None);
    for wrong in [
        "cases = 9",
        "kind.lawful.cases = 500",
        "kind.forbids.cases = 500",
        "area.secure = {}",
        "runner.threads = 0",
        "env.A = 3",
        "budgets = \"1 s\"",
    ] {
        assert!(refusal(&settings, wrong).is_some(), "{wrong}");
    }
    let waivers = validator(Document::Waivers);
    let good =
        "[[waiver]]\nid = \"a.b\"\nreason = \"r\"\nowner = \"o\"\nsince = 2026-01-01\nuntil = 2026-02-01\n";
    assert_eq!(refusal(&waivers, good), None);
    assert!(refusal(&waivers, &good.replace("owner", "owners")).is_some());
}

fn read(text: &str) -> Faults {
    let mut sources = Sources::default();
    let file = sources.add("constraints/main.toml", text);
    model::read(&sources, &[("main".to_owned(), file)], &all()).1
}

/// The keys that a table takes, as the fault about an odd one lists them.
fn known(faults: Faults, owner: &str) -> BTreeSet<String> {
    let fault = faults.sorted().into_iter().find(|fault| fault.message.ends_with(owner));
    let help = fault.unwrap_or_else(|| panic!("no fault about {owner}")).help.concat();
    help.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn keys(of: &Value) -> BTreeSet<String> {
    of["properties"].as_object().expect("properties").keys().cloned().collect()
}

#[test]
fn the_tables_have_the_keys_that_the_reader_takes() {
    let whole = schema(Document::Declarations, &all());
    let odd = read(
        "zzqq = 1\n[goal.a]\nzzqq = 1\n[risk.a]\nzzqq = 1\n[constraint.a]\nkind = \"no_panic\"\nzzqq = 1\n\
         targets = { zzqq = 1 }\nargs.a = { zzqq = 1 }\n[constraint.b]\nkind = \"forbids\"\nzzqq = 1\n\
         [constraint.c]\nkind = \"model\"\nstep.push = { zzqq = 1 }\n",
    );
    let definitions = &whole["definitions"];
    let of_kind = |id: &str| {
        let all = definitions["Constraint"]["oneOf"].as_array().expect("the kinds");
        keys(all.iter().find(|one| one["title"] == id).expect("the kind"))
    };
    let same = [
        ("the file", keys(&whole)),
        ("goal `a`", keys(&definitions["Goal"])),
        ("risk `a`", keys(&definitions["Risk"])),
        ("`targets`", keys(&definitions["Selector"])),
        ("the generator of `a`", keys(&definitions["Generator"])),
        ("the step `push`", keys(&definitions["Move"])),
    ];
    for (owner, keys) in same {
        assert_eq!(keys, known(odd.clone(), owner), "{owner}");
    }
    // Where `targets` is given nobody asks for `target`, and what says nothing of a kind is refused with a reason.
    let without = |mut keys: BTreeSet<String>, left_out: &[&str]| {
        keys.retain(|key| !left_out.contains(&key.as_str()));
        keys
    };
    let asked = known(odd.clone(), "constraint `a`");
    assert_eq!(without(of_kind("no_panic"), &["target"]), without(asked, &["target"]));
    let asked = known(odd, "constraint `b`");
    assert_eq!(of_kind("forbids"), without(asked, &["cases", "budget"]));
}

#[test]
fn settings_have_the_keys_that_the_reader_takes() {
    let mut sources = Sources::default();
    let file = sources
        .add("settings.toml", "zzqq = 1\narea.zzqq = 1\nkind.zzqq = 1\nrunner.zzqq = 1\nkind.law.zzqq = 1");
    let (_, faults) = model::settings(&sources, file, &all(), &Model::default());
    let whole = schema(Document::Settings, &all());
    assert_eq!(keys(&whole), known(faults.clone(), "the settings"));
    assert_eq!(keys(&whole["definitions"]["Areas"]), known(faults.clone(), "`area`"));
    assert_eq!(keys(&whole["definitions"]["Effort"]), known(faults.clone(), "the kind `law`"));
    assert_eq!(keys(&whole["definitions"]["Runner"]), known(faults, "`runner`"));
    let file = sources.add("waivers.toml", "[[waiver]]\nzzqq = 1\n");
    let (_, faults) = model::waivers(&sources, file, &Model::default());
    let whole = schema(Document::Waivers, &all());
    assert_eq!(keys(&whole["definitions"]["Waiver"]), known(faults, "a waiver"));
}

#[test]
fn every_key_says_what_it_is() {
    fn look(at: &str, schema: &Value, silent: &mut Vec<String>) {
        if let Some(properties) = schema["properties"].as_object() {
            for (key, property) in properties {
                let refers = property["$ref"].is_string();
                if !refers && property["description"].as_str().is_none_or(str::is_empty) {
                    silent.push(format!("{at}.{key}"));
                }
            }
        }
        for (key, part) in schema.as_object().into_iter().flatten() {
            look(&format!("{at}.{key}"), part, silent);
        }
        for part in schema.as_array().into_iter().flatten() {
            look(at, part, silent);
        }
    }
    for of in [Document::Declarations, Document::Settings, Document::Waivers] {
        let mut silent = Vec::new();
        look("", &schema(of, &all()), &mut silent);
        assert_eq!(silent, Vec::<String>::new());
    }
    assert_eq!(schema(Document::Waivers, &[])["$schema"], json!("http://json-schema.org/draft-07/schema#"));
}
