//! Reads the sources, and other files by their names, and reports texts that look like credentials.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use constraints_wire::Place;

use crate::findings::{Finding, Look};
use crate::sources::{each_module, files, inside, shown};

/// Where to look.
#[derive(Clone, Copy, Debug, Default)]
pub struct Searched<'a> {
    /// Files besides the sources, as patterns from the root of the package, such as `config/**/*.toml`.
    pub files: &'a [&'a str],
    /// Files in which it may stand all the same, as patterns too.
    pub except: &'a [&'a str],
}

/// Rust of a whole package, tests and examples included: what is committed is known, wherever it stands.
const EVERYWHERE: [&str; 5] =
    ["build.rs", "src/**/*.rs", "tests/**/*.rs", "benches/**/*.rs", "examples/**/*.rs"];

/// Holds when nothing in the sources of `module` and in the files looks like a credential.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails. Also if a file cannot be read, for then nothing was
/// checked.
pub fn no_secret(id: &str, module: &[&str], searched: Searched<'_>) {
    let look =
        Look { id, kind: "no_secret", started: Instant::now(), expected: "no credential in the sources" };
    let (looked_at, findings) = search(&look.root(), module, searched);
    look.conclude(looked_at, &findings, Vec::new());
}

fn search(root: &Path, module: &[&str], searched: Searched<'_>) -> (u64, Vec<Finding>) {
    let mut paths: BTreeSet<PathBuf> = BTreeSet::new();
    let mut findings = Vec::new();
    if module.is_empty() {
        paths.extend(EVERYWHERE.iter().flat_map(|pattern| files(root, pattern)));
    } else {
        each_module(root, &mut |part| {
            if inside(part.module, module) {
                paths.insert(root.join(part.file));
            }
        });
    }
    if paths.is_empty() {
        return (0, findings);
    }
    for pattern in searched.files {
        let named = files(root, pattern);
        if named.is_empty() {
            // Looking at nothing must not pass for having found nothing.
            findings.push(Finding { what: format!("`{pattern}` names no file"), place: None });
        }
        paths.extend(named);
    }
    for pattern in searched.except {
        for excepted in files(root, pattern) {
            paths.remove(&excepted);
        }
    }
    for path in &paths {
        let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file = shown(root, path);
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        for (line, column, what) in secrets(&String::from_utf8_lossy(&bytes), !is_rust) {
            let place = Some(Place { file: file.clone(), line, column });
            findings.push(Finding { what, place });
        }
    }
    // Where every file is excepted, that was said by name.
    (paths.len().max(1) as u64, findings)
}

/// The lines and columns, from 1, of what looks like a credential; `bare` values stand without quotes.
fn secrets(text: &str, bare: bool) -> Vec<(u32, u32, String)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let seen = private_key(line, &text[start..]).or_else(|| token(line)).or_else(|| named(line, bare));
        if let Some((at, what)) = seen {
            found.push((number as u32 + 1, line[..at].chars().count() as u32 + 1, what));
        }
        start += line.len();
    }
    found
}

/// The opening of a private key that is followed by one; the words alone stand in every parser of keys.
fn private_key(line: &str, rest: &str) -> Option<(usize, String)> {
    const OPENING: &str = "-----BEGIN ";
    let at = line.find(OPENING)?;
    let (name, _) = line[at + OPENING.len()..].split_once("-----")?;
    if !name.ends_with("PRIVATE KEY") && name != "PGP PRIVATE KEY BLOCK" {
        return None;
    }
    let body = &rest[at + OPENING.len() + name.len() + "-----".len()..];
    // Written with `\n` between its lines, or as a text a line, it is a key as well.
    let body = body.trim_start_matches(|letter: char| letter.is_whitespace() || "\\\"',+".contains(letter));
    let piece = body.split(|letter| !is_base64(letter)).next().unwrap_or_default();
    let is_key = body.starts_with("Proc-Type:") || piece.len() >= 32 && entropy(piece) >= 3.5;
    is_key.then(|| (at, format!("a private key `{OPENING}{name}-----`")))
}

fn is_base64(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "+/=".contains(letter)
}

/// How tokens of well-known services look: whose, how they begin, how many letters follow at least, and at most.
const TOKENS: [(&str, &str, usize, usize); 22] = [
    ("an AWS access key", "AKIA", 16, 16),
    ("an AWS access key", "ASIA", 16, 16),
    ("a GitHub token", "ghp_", 36, 255),
    ("a GitHub token", "gho_", 36, 255),
    ("a GitHub token", "ghu_", 36, 255),
    ("a GitHub token", "ghs_", 36, 255),
    ("a GitHub token", "ghr_", 36, 255),
    ("a GitHub token", "github_pat_", 50, 255),
    ("a GitLab token", "glpat-", 20, 255),
    ("a Slack token", "xoxb-", 20, 255),
    ("a Slack token", "xoxp-", 20, 255),
    ("a Slack token", "xoxa-", 20, 255),
    ("a Slack token", "xoxr-", 20, 255),
    ("a Slack token", "xoxs-", 20, 255),
    ("a Stripe key", "sk_live_", 20, 255),
    ("a Stripe key", "rk_live_", 20, 255),
    ("a Google key", "AIza", 35, 35),
    ("an npm token", "npm_", 36, 36),
    ("a PyPI token", "pypi-AgEI", 50, 255),
    ("an API key", "sk-ant-", 32, 255),
    ("an API key", "sk-proj-", 32, 255),
    ("a crates.io token", "cio", 32, 32),
];

/// A token that is known by how it begins.
fn token(line: &str) -> Option<(usize, String)> {
    for word in line.split(|letter| !is_token(letter)) {
        let start = word.as_ptr() as usize - line.as_ptr() as usize;
        for (whose, begins, least, most) in TOKENS {
            let Some(rest) = word.strip_prefix(begins) else { continue };
            if (least..=most).contains(&rest.len()) && is_random(rest) {
                return Some((start, format!("{whose} `{}`", masked(word))));
            }
        }
    }
    web_token(line)
}

fn is_token(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '-'
}

/// A signed JSON web token: three parts, of which the first two are JSON objects in base64.
fn web_token(line: &str) -> Option<(usize, String)> {
    line.match_indices("eyJ").find_map(|(at, _)| {
        let word = line[at..].split(|letter| !is_token(letter) && letter != '.').next()?;
        let parts: Vec<&str> = word.split('.').collect();
        let [head, body, signature] = parts[..] else { return None };
        let is_signed = body.starts_with("eyJ") && signature.len() >= 16 && entropy(signature) >= 3.0;
        (head.len() >= 10 && is_signed).then(|| (at, format!("a JSON web token `{}`", masked(word))))
    })
}

/// What a name has to hold for the value behind it to be looked at.
const NAMES: [&str; 10] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "api_key",
    "apikey",
    "api-key",
    "access_key",
    "credential",
];

/// A value that looks random behind a name that says what it is for.
fn named(line: &str, bare: bool) -> Option<(usize, String)> {
    let lower = line.to_ascii_lowercase();
    let keys = NAMES.iter().flat_map(|name| lower.match_indices(name).map(|(at, name)| at + name.len()));
    keys.filter_map(|end| value(line, end, bare)).find_map(|(at, value)| {
        looks_random(value).then(|| (at, format!("a credential `{}`", masked(value))))
    })
}

/// The value that is given to the name that ends at `end`.
fn value(line: &str, end: usize, bare: bool) -> Option<(usize, &str)> {
    let rest = &line[end..];
    // The rest of the name, and the quote that closes it, as in JSON.
    let rest = rest.trim_start_matches(is_token).trim_start_matches(['"', '\'']);
    // What is taken where the surroundings give nothing.
    let instead = rest.strip_prefix(')').and_then(|rest| rest.split_once("unwrap_or"));
    let behind = if let Some((_, behind)) = instead {
        behind
    } else {
        let (between, _) = rest.split_once(['=', ':', ','])?;
        let is_between = |letter: char| letter.is_whitespace() || letter == ')' || letter == ']';
        if !between.chars().all(is_between) {
            return None;
        }
        &rest[between.len() + 1..]
    };
    let offset = line.len() - behind.len();
    if let Some(open) = behind.find('"') {
        let between = &behind[..open];
        let is_plain = |letter: char| letter.is_alphanumeric() || " :=>&'<_(.#|".contains(letter);
        let value = behind[open + 1..].split('"').next()?;
        return between.chars().all(is_plain).then_some((offset + open + 1, value));
    }
    let value = behind.trim_start_matches([' ', '\t', '\'']);
    let at = line.len() - value.len();
    let value = value.split(|letter: char| letter.is_whitespace() || "'#".contains(letter)).next()?;
    bare.then_some((at, value))
}

/// Random as passwords and keys are: letters and digits mixed, no word of a template, nothing readable.
fn looks_random(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let letters = value.chars().filter(char::is_ascii_alphabetic).count();
    let is_word = |letter: char| letter.is_ascii_graphic() && !"{}<>()$`\\[]*".contains(letter);
    (10..=400).contains(&value.len())
        && value.chars().all(is_word)
        && digits >= 2
        && letters >= 2
        && !value.contains("://")
        && !value.contains("::")
        && !is_constant_name(value)
        && is_random(value)
}

/// The name of a variable or a constant, such as `API_TOKEN_2`.
fn is_constant_name(value: &str) -> bool {
    value.contains('_') && !value.contains(|letter: char| letter.is_ascii_lowercase())
}

/// Neither a word that stands for a value nor the same few letters over and over.
fn is_random(value: &str) -> bool {
    const STAND_INS: [&str; 10] = [
        "example",
        "changeme",
        "change_me",
        "placeholder",
        "dummy",
        "redacted",
        "your",
        "sample",
        "xxxx",
        "1234567890",
    ];
    let lower = value.to_ascii_lowercase();
    !STAND_INS.iter().any(|word| lower.contains(word)) && entropy(value) >= 3.0
}

/// Bits a letter, as Shannon measures them.
fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    text.bytes().for_each(|byte| counts[byte as usize] += 1);
    let length = text.len().max(1) as f64;
    let share = |count: u32| f64::from(count) / length;
    counts.iter().filter(|count| **count > 0).map(|count| -share(*count) * share(*count).log2()).sum()
}

/// Enough to find it by, too little to use it: a report is read by many.
fn masked(value: &str) -> String {
    format!("{}… ({} characters)", value.chars().take(4).collect::<String>(), value.chars().count())
}

#[cfg(test)]
mod tests {
    use super::{Searched, search, secrets};
    use crate::sources::laid_out::with_files;

    fn found(text: &str) -> Vec<String> {
        secrets(text, false)
            .into_iter()
            .map(|(line, column, what)| format!("{line}:{column}: {what}"))
            .collect()
    }

    /// Letters that look random; whole credentials are not written down here, for they would be found.
    const BODY: &str = "q7Zt2LmX9vRb4KcYh8WnJ5sGd3PfT6aEu1Bo";

    #[test]
    fn a_token_is_known_by_how_it_begins_and_shown_masked() {
        let upper = BODY.to_uppercase();
        for (token, whose) in [
            (format!("AKIA{}", &upper[..16]), "an AWS access key `AKIA… (20 characters)`"),
            (format!("ghp_{BODY}"), "a GitHub token `ghp_… (40 characters)`"),
            (format!("github_pat_{BODY}{BODY}"), "a GitHub token `gith… (83 characters)`"),
            (format!("xoxb-{}-{BODY}", "204813"), "a Slack token `xoxb… (48 characters)`"),
            (format!("sk_live_{BODY}"), "a Stripe key `sk_l… (44 characters)`"),
            (format!("AIza{}", &BODY[..35]), "a Google key `AIza… (39 characters)`"),
            (format!("eyJhbGciOiJI.eyJzdWIiOiIx.{BODY}"), "a JSON web token `eyJh… (62 characters)`"),
        ] {
            assert_eq!(found(&format!("\nlet it = \"{token}\";")), [format!("2:11: {whose}")]);
        }
    }

    #[test]
    fn a_private_key_is_more_than_its_first_line() {
        let opening = concat!("-----BEGIN RSA ", "PRIVATE KEY-----");
        let what = format!("1:1: a private key `{opening}`");
        assert_eq!(found(&format!("{opening}\n{BODY}{BODY}\n")), [what.as_str()]);
        assert_eq!(found(&format!("{opening}\\n{BODY}{BODY}\\n-----END")), [what]);
        assert_eq!(
            found(&format!("let is_key = text.starts_with(\"{opening}\");\n{BODY}")),
            Vec::<String>::new()
        );
        assert_eq!(found(&format!("-----BEGIN CERTIFICATE-----\n{BODY}{BODY}\n")), Vec::<String>::new());
    }

    #[test]
    fn a_name_makes_a_random_value_a_credential() {
        let value = "h7Kq-29xLmP4";
        for line in [
            format!("let password = \"{value}\";"),
            format!("const API_KEY: &str = \"{value}\";"),
            format!("    client_secret: \"{value}\".to_string(),"),
            format!("set(\"access_token\", \"{value}\")"),
            format!("{{\"api_key\": \"{value}\"}}"),
            format!("env::var(\"LINKS_PASSWORD\").unwrap_or_else(|_| \"{value}\".to_owned())"),
            format!("if password == \"{value}\" {{}}"),
        ] {
            let found = found(&line);
            assert_eq!(found.len(), 1, "{line}");
            assert!(found[0].ends_with("a credential `h7Kq… (12 characters)`"), "{found:?}");
        }
        assert_eq!(secrets(&format!("API_TOKEN={value}"), true).len(), 1);
    }

    #[test]
    fn what_only_looks_like_one_is_not_reported() {
        for line in [
            "let password = \"changeme\";",
            "let token = \"<token>\";",
            "let secret = std::env::var(\"APP_SECRET_2026\")?;",
            "let token = \"session_token_header\";",
            "let password = format!(\"{user}-{pin}-2049\");",
            "const KEY: &str = \"AKIAIOSFODNN7EXAMPLE\";",
            "const KEY: &str = \"ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\";",
            "let token = \"0000000000000000\";",
            "/// A token: see `https://example.org/a1b2c3`",
            "let hash = \"9f86d081884c7d659a2feaa0c55ad015\";",
            "assert_eq!(tokens.len(), 12, \"h7Kq-29xLmP4\");",
        ] {
            assert_eq!(found(line), Vec::<String>::new(), "{line}");
        }
    }

    #[test]
    fn other_files_are_searched_and_exceptions_left_out() {
        let laid_out = [
            ("src/lib.rs", "mod keys;"),
            ("src/keys.rs", "const TOKEN: &str = \"h7Kq-29xLmP4\";"),
            ("config/live.env", "PASSWORD=h7Kq-29xLmP4\n"),
            ("target/out.rs", "const TOKEN: &str = \"h7Kq-29xLmP4\";"),
        ];
        let places = |module: &[&str], files, except| {
            let (_, findings) =
                with_files(&laid_out, |root| search(root, module, Searched { files, except }));
            let shown = findings.iter().map(|finding| match &finding.place {
                Some(place) => format!("{}:{}", place.file, place.line),
                None => finding.what.clone(),
            });
            shown.collect::<Vec<_>>()
        };
        assert_eq!(places(&[], &[], &[]), ["src/keys.rs:1"]);
        assert_eq!(places(&["keys"], &["config/*"], &[]), ["config/live.env:1", "src/keys.rs:1"]);
        assert_eq!(places(&[], &["config/*"], &["src/keys.rs"]), ["config/live.env:1"]);
        assert_eq!(places(&[], &["settings/*"], &["src/*"]), ["`settings/*` names no file"]);
        let (looked_at, _) = with_files(&laid_out, |root| search(root, &["gone"], Searched::default()));
        assert_eq!(looked_at, 0);
    }
}
