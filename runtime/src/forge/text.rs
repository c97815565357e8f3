//! Forged texts.

use super::base64::{base64, unbase64};
use super::meaning::{bodies, runs};
use super::pick::number;
use crate::mutate;
use crate::random::Random;
use crate::source::Source;
use crate::tape::Maker;

/// Ways to forge a text; the simplest first.
const WAYS: usize = 18;

/// A forged seal and how it was made.
pub(super) fn forged(seal: &str, source: &mut Source<'_>) -> (String, String) {
    let how = number(source, WAYS);
    let said = |text: String, how: &str| (text, how.to_string());
    match how {
        0 => said(String::new(), "with nothing in the place of the seal"),
        1 => {
            let kept = number(source, seal.chars().count());
            (seal.chars().take(kept).collect(), format!("with the first {kept} characters of the seal"))
        }
        2 => {
            let gone = 1 + number(source, seal.chars().count().saturating_sub(1));
            (seal.chars().skip(gone).collect(), format!("without the first {gone} characters of the seal"))
        }
        3 => bodies_cut(seal, source),
        4 => said(with_bodies(seal, |run| run.chars().map(|_| '0').collect()), "with zeros in the seal"),
        5 => {
            said(with_bodies(seal, |run| run.chars().map(|_| 'A').collect()), "with letters `A` in the seal")
        }
        6 => {
            let mut random = Random::for_case(number(source, usize::MAX) as u64, 2);
            said(with_bodies(seal, |run| other_letters(run, &mut random)), "with random letters in the seal")
        }
        7 | 8 => one_letter(seal, source),
        9 => (format!("{seal}{seal}"), "with the seal twice".to_string()),
        10 => joined(seal, source),
        11 => parts_swapped(seal, source),
        12 => said(other_case(seal, source), "with letters of the seal in another case"),
        13 => added(seal, source),
        14 => without_algorithm(seal, source),
        15 => of_bytes(seal, source),
        16 => envelope(seal, source),
        _ => {
            let text = source.text(|maker| changed(seal, maker));
            said(text, "with a changed seal")
        }
    }
}

fn changed(seal: &str, maker: &mut Maker<'_>) -> String {
    let mut text = seal.to_owned();
    mutate::text::mutate(&mut text, &[], maker);
    text
}

fn with_bodies(seal: &str, mut replacement: impl FnMut(&str) -> String) -> String {
    let mut text = String::new();
    let mut at = 0;
    for run in bodies(seal) {
        text.push_str(&seal[at..run.start]);
        text.push_str(&replacement(&seal[run.clone()]));
        at = run.end;
    }
    text + &seal[at..]
}

/// One long part, or all of them, cut short: to nothing most often.
fn bodies_cut(seal: &str, source: &mut Source<'_>) -> (String, String) {
    let count = bodies(seal).len();
    let which = number(source, count + 1);
    let longest = bodies(seal).iter().map(ExactSizeIterator::len).max().unwrap_or(0);
    let kept = if number(source, 2) == 0 { 0 } else { number(source, longest) };
    let mut at = 0;
    let text = with_bodies(seal, |run| {
        at += 1;
        let is_cut = which == count || which + 1 == at;
        if is_cut { run.chars().take(kept).collect() } else { run.to_string() }
    });
    (text, format!("with {kept} characters of a part of the seal"))
}

/// The same sorts of letters in the same places, but others.
pub(super) fn other_letters(run: &str, random: &mut Random) -> String {
    let is_hex = run.len() >= 8 && run.bytes().all(|byte| byte.is_ascii_hexdigit());
    run.chars().map(|c| other_letter(c, is_hex, random)).collect()
}

fn other_letter(c: char, is_hex: bool, random: &mut Random) -> char {
    let letters: &[u8] = match c {
        '0'..='9' => b"0123456789",
        'a'..='f' if is_hex => b"abcdef",
        'A'..='F' if is_hex => b"ABCDEF",
        'a'..='z' => b"abcdefghijklmnopqrstuvwxyz",
        'A'..='Z' => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        _ => return c,
    };
    let own = letters.iter().position(|letter| char::from(*letter) == c).unwrap_or(0);
    char::from(letters[(own + random.within(1..letters.len())) % letters.len()])
}

/// One letter or digit of the seal is another one.
fn one_letter(seal: &str, source: &mut Source<'_>) -> (String, String) {
    let places: Vec<usize> = runs(seal).into_iter().flatten().collect();
    let at = places.get(number(source, places.len())).copied().unwrap_or(0);
    let step = 1 + number(source, 61);
    let text = seal.char_indices().map(|(index, c)| if index == at { stepped(c, step) } else { c }).collect();
    (text, format!("with another character at {at} of the seal"))
}

fn stepped(c: char, step: usize) -> char {
    const LETTERS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let own = LETTERS.iter().position(|letter| char::from(*letter) == c);
    own.map_or('0', |own| char::from(LETTERS[(own + step) % LETTERS.len()]))
}

const BETWEEN: [&str; 7] = [" ", ",", ";", ", ", ".", ":", "\n"];

/// Several seals joined of which none is whole.
fn joined(seal: &str, source: &mut Source<'_>) -> (String, String) {
    let between = BETWEEN[number(source, BETWEEN.len())];
    let kept = number(source, 9);
    let mut at = 0;
    let broken = with_bodies(seal, |run| {
        at += 1;
        run.chars().take(kept).collect()
    });
    let other = with_bodies(seal, |run| run.chars().map(|_| 'A').collect());
    (
        format!("{broken}{between}{other}{between}{broken}"),
        "with several broken seals, one after the other".to_string(),
    )
}

fn parts_swapped(seal: &str, source: &mut Source<'_>) -> (String, String) {
    let all = runs(seal);
    let (first, second) = (number(source, all.len()), number(source, all.len()));
    let (first, second) = (first.min(second), first.max(second));
    let text = match (all.get(first), all.get(second)) {
        (Some(one), Some(other)) if first != second => format!(
            "{}{}{}{}{}",
            &seal[..one.start],
            &seal[other.clone()],
            &seal[one.end..other.start],
            &seal[one.clone()],
            &seal[other.end..]
        ),
        _ => seal.chars().rev().collect(),
    };
    (text, "with the parts of the seal in another order".to_string())
}

fn other_case(seal: &str, source: &mut Source<'_>) -> String {
    match number(source, 3) {
        0 => seal.to_lowercase(),
        1 => seal.to_uppercase(),
        _ => {
            let at = number(source, seal.chars().count());
            let switch =
                |c: char| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
            seal.chars().enumerate().map(|(index, c)| if index == at { switch(c) } else { c }).collect()
        }
    }
}

fn added(seal: &str, source: &mut Source<'_>) -> (String, String) {
    const ENDS: [&str; 12] = ["0", "A", "=", "00", "AAAA", "\0", " ", "\n", "%00", ".", ",", "/"];
    let more = ENDS[number(source, ENDS.len())];
    if number(source, 2) == 0 {
        (format!("{seal}{more}"), format!("with {more:?} behind the seal"))
    } else {
        (format!("{more}{seal}"), format!("with {more:?} before the seal"))
    }
}

/// A token that says of itself that it is not signed.
fn without_algorithm(seal: &str, source: &mut Source<'_>) -> (String, String) {
    const NONE: [&str; 4] = ["none", "None", "NONE", ""];
    let none = NONE[number(source, NONE.len())];
    let header = base64(format!("{{\"alg\":\"{none}\",\"typ\":\"JWT\"}}").as_bytes());
    let parts: Vec<&str> = seal.split('.').collect();
    let kept = number(source, 3);
    let how = format!("with the algorithm {none:?} and ").to_string();
    match (parts.as_slice(), kept) {
        ([_, claims, _], 0) => (format!("{header}.{claims}."), how + "no signature"),
        ([_, claims, _], 1) => (format!("{header}.{claims}"), how + "two parts"),
        ([_, claims, signature], _) => (format!("{header}.{claims}.{signature}"), how + "the signature"),
        _ => (header, how + "nothing else"),
    }
}

/// The bytes that a long part is the text of, changed and written again.
fn of_bytes(seal: &str, source: &mut Source<'_>) -> (String, String) {
    let all = bodies(seal);
    let Some(run) = all.get(number(source, all.len())).cloned() else {
        return (String::new(), "with nothing in the place of the seal".to_string());
    };
    let text = &seal[run.clone()];
    let is_hex = text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let bytes = if is_hex { crate::hex::unhex(text).unwrap_or_default() } else { unbase64(text) };
    let (bytes, how) = super::bytes::forged(&bytes, source);
    let written = if is_hex { crate::hex::hex(&bytes) } else { base64(&bytes) };
    let written =
        if text.contains(['+', '/']) { written.replace('-', "+").replace('_', "/") } else { written };
    (format!("{}{written}{}", &seal[..run.start], &seal[run.end..]), format!("{how}, written as text"))
}

/// Short words around the long parts changed, with the long parts cut.
fn envelope(seal: &str, source: &mut Source<'_>) -> (String, String) {
    const OTHERS: [&str; 8] = ["", "0", "v0", "v1a", "v2", "none", "sha1", "md5"];
    let long = bodies(seal);
    let short: Vec<_> = runs(seal).into_iter().filter(|run| !long.contains(run)).collect();
    let other = OTHERS[number(source, OTHERS.len())];
    let kept = if number(source, 2) == 0 { 0 } else { number(source, 64) };
    let Some(run) = short.get(number(source, short.len())) else {
        return (other.to_string(), format!("with {other:?} in the place of the seal"));
    };
    let text = format!("{}{other}{}", &seal[..run.start], &seal[run.end..]);
    let text = with_bodies(&text, |run| run.chars().take(kept).collect());
    (text, format!("with {other:?} in the place of a word, and {kept} characters of the seal"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::dictionary::Dictionary;

    #[test]
    fn what_attackers_try_first_comes_up() {
        let dictionary = Dictionary::default();
        let all = |seal: &str| -> BTreeSet<String> {
            let forge = |index| {
                let random = Random::for_case(7, index);
                forged(seal, &mut Source::fresh(random, &dictionary, index, &[true], false)).0
            };
            (0..4_000).map(forge).collect()
        };
        let hook = all("v1,K5oZfzN95Z9UVu1EsfQmfVNQhpLfmC+FXj/jOEfy3LE=");
        for wanted in ["", "v1,", "v1,=", "v1", "v1,K5oZ", "v2,="] {
            assert!(hook.contains(wanted), "{wanted}");
        }
        let token = all(
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
        );
        for wanted in [
            "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0.",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0",
        ] {
            assert!(token.contains(wanted), "{wanted}");
        }
    }
}
