//! Takes a size, gives a made-up crate of so many lines and so many constraints over it, as texts by their paths.
//!
//! The same size gives the same texts. Nothing is written here.

use std::fmt::Write as _;

/// Functions of each module.
const FUNCTIONS: usize = 12;

/// Lines of a module, as it is written below.
const LINES: usize = 200;

/// Constraints of one file of declarations.
const DECLARED: usize = 100;

/// The sources of a crate of about `lines` lines, by their paths.
pub(crate) fn sources(lines: usize) -> Vec<(String, String)> {
    let modules = modules(lines);
    let mut root = String::from("//! A made-up crate.\n\n");
    for at in 0..modules {
        let _ = writeln!(root, "pub mod part{at};");
    }
    let mut files = vec![("src/lib.rs".to_owned(), root)];
    files.extend((0..modules).map(|at| (format!("src/part{at}.rs"), module(at, modules))));
    files
}

/// So many declarations over such a crate: by their paths below `constraints/`.
pub(crate) fn declarations(constraints: usize, lines: usize) -> Vec<(String, String)> {
    let modules = modules(lines);
    let mut files: Vec<(String, String)> = Vec::new();
    for at in 0..constraints {
        if at % DECLARED == 0 {
            files.push((format!("area{}.toml", at / DECLARED), goal(at / DECLARED)));
        }
        let (_, text) = files.last_mut().expect("the first constraint begins a file");
        declaration(at, modules, text);
    }
    files
}

fn modules(lines: usize) -> usize {
    (lines / LINES).max(1)
}

fn goal(at: usize) -> String {
    format!(
        "[goal.kept]\nsays = \"What part {at} is given it keeps\"\narea = \"correctness\"\n\n\
         [input.line]\nlike = [\"name = value {at}\", \"a=b;c={at}\", \"[{at}] # said\"]\n\n"
    )
}

fn declaration(at: usize, modules: usize, text: &mut String) {
    let (module, function) = (at / FUNCTIONS % modules, at % FUNCTIONS);
    let target = format!("crate::part{module}::read{function}");
    let after = if at % DECLARED > 10 && at.is_multiple_of(4) {
        format!("after = \"c{}\"\n", at % DECLARED / 2)
    } else {
        String::new()
    };
    let kind = match at % 5 {
        0 => "kind = \"no_panic\"\nargs.text = { input = \"line\" }\n",
        1 => "kind = \"deterministic\"\n",
        2 => "kind = \"law\"\nthen = \"result.is_err() || !text.is_empty() || count < 9\"\n",
        3 => "kind = \"bounded_time\"\nat_most = \"n\"\nargs.text = { input = \"line\" }\n",
        _ => "kind = \"no_panic\"\nargs.text = { like = [\"a=b\", \"c\"], length = \"1..=99\" }\n",
    };
    let _ = write!(
        text,
        "[constraint.c{}]\nsays = \"Whatever line {at} is read from it is read in full\"\n{kind}\
         target = \"{target}\"\nwhen = \"count != {at}\"\nserves = \"kept\"\n{after}\n",
        at % DECLARED
    );
}

/// A module with types of its own, a constructor, and functions over the types of the module before it.
fn module(at: usize, modules: usize) -> String {
    let before = (at + modules - 1) % modules;
    let mut text = format!(
        "//! Part {at}.\n\nuse crate::part{before}::Setting as Other;\n\n\
         /// How it is set.\n#[derive(Clone, Debug, PartialEq)]\npub struct Setting {{\n    pub name: String,\n    \
         pub values: Vec<u32>,\n    pub level: Level,\n    depth: u8,\n}}\n\n\
         /// How much.\n#[derive(Clone, Copy, Debug, PartialEq)]\npub enum Level {{\n    Low,\n    Middle(u8),\n    \
         High {{ by: u32 }},\n}}\n\n\
         impl Setting {{\n    /// One of this name.\n    pub fn new(name: &str, depth: u8) -> Self {{\n        \
         Self {{ name: name.to_owned(), values: Vec::new(), level: Level::Low, depth }}\n    }}\n\n    \
         /// How deep.\n    pub fn depth(&self) -> u8 {{\n        self.depth\n    }}\n}}\n\n\
         impl Default for Setting {{\n    fn default() -> Self {{\n        Self::new(\"none\", 0)\n    }}\n}}\n"
    );
    for function in 0..FUNCTIONS {
        let third = match function % 3 {
            0 => "setting: &Setting",
            1 => "other: Option<Other>",
            _ => "levels: &[Level]",
        };
        let _ = write!(
            text,
            "\n/// Reads line {function}.\npub fn read{function}(text: &str, count: usize, {third}) -> Result<String, String> {{\n    \
             let mut read = String::new();\n    for (at, part) in text.split(';').enumerate().take(count) {{\n        \
             match part.split_once('=') {{\n            Some((name, value)) if at % 2 == 0 => read.push_str(name),\n            \
             Some((_, value)) => read.push_str(value.trim()),\n            None => return Err(format!(\"no value in {{part:?}}\")),\n        \
             }}\n    }}\n    Ok(read)\n}}\n"
        );
    }
    text
}
