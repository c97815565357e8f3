//! Plants secrets into values while they are made.
//!
//! Everything around the place of a secret that says what it is stays as it was: a value in which the secret ends up
//! elsewhere would be a different one, of which nothing is required.

use serde_json::Value;

use super::MARK;
use crate::mutate;
use crate::random::Random;
use crate::source::Source;
use crate::stop::Stop;
use crate::tape::Maker;

/// A text with a secret in it, if that is what is asked for here.
pub(crate) fn planted_text(source: &mut Source<'_>, samples: &[String]) -> Option<Result<String, Stop>> {
    let is_secret = source.planting()?.is_secret();
    let marked: Vec<&String> = samples.iter().filter(|sample| sample.contains(MARK)).collect();
    if !marked.is_empty() {
        let at = choose(source, marked.len());
        let sample = marked[at].clone();
        let text = around(source, &sample);
        let secret = secret(source, sample.trim() == MARK);
        let kept = source.keep_secret(secret.as_bytes());
        return Some(kept.map(|()| text.replace(MARK, &secret)));
    }
    if !is_secret {
        return None;
    }
    let text = if samples.is_empty() {
        secret(source, true)
    } else {
        let at = choose(source, samples.len());
        samples[at].clone()
    };
    Some(source.keep_secret(text.as_bytes()).map(|()| text))
}

/// The same for bytes, which are random where nothing else is said.
pub(crate) fn planted_bytes(source: &mut Source<'_>, samples: &[Vec<u8>]) -> Option<Result<Vec<u8>, Stop>> {
    source.planting()?;
    let texts: Vec<String> =
        samples.iter().filter_map(|sample| String::from_utf8(sample.clone()).ok()).collect();
    if !texts.is_empty() {
        return planted_text(source, &texts).map(|text| text.map(String::into_bytes));
    }
    if !source.planting()?.is_secret() {
        return None;
    }
    let bytes = if samples.is_empty() {
        let length = [32, 16, 64][choose(source, 3)];
        let mut random = seeded(source);
        (0..length).map(|_| random.next() as u8).collect()
    } else {
        let at = choose(source, samples.len());
        samples[at].clone()
    };
    Some(source.keep_secret(&bytes).map(|()| bytes))
}

fn choose(source: &mut Source<'_>, count: usize) -> usize {
    let most = count.saturating_sub(1) as u128;
    // Each is tried once, before chance has its way.
    let at = source.number(most, |maker| match usize::try_from(maker.effort) {
        Ok(effort) if effort < count => effort as u128,
        _ => maker.random.below(count) as u128,
    });
    usize::try_from(at).unwrap_or(0)
}

fn seeded(source: &mut Source<'_>) -> Random {
    let seed = source.number(u128::from(u64::MAX), |maker| u128::from(maker.random.next()));
    Random::for_case(seed as u64, 1)
}

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const HEX: &[u8] = b"0123456789abcdef";
const URL_SAFE: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A secret as services give them out; one that is `alone` in its value may have characters that a format would mind.
fn secret(source: &mut Source<'_>, alone: bool) -> String {
    let shape = choose(source, if alone { 6 } else { 5 });
    let mut random = seeded(source);
    let mut of = |letters: &[u8], count: usize| -> String {
        (0..count).map(|_| char::from(letters[random.below(letters.len())])).collect()
    };
    match shape {
        0 => of(LETTERS, 24),
        1 => of(HEX, 64),
        2 => of(LETTERS, 40),
        3 => format!("{}-{}-4{}-a{}-{}", of(HEX, 8), of(HEX, 4), of(HEX, 3), of(HEX, 3), of(HEX, 12)),
        4 => of(URL_SAFE, 43),
        _ => format!("{} p\"ss'&<%\\é{}", of(LETTERS, 8), of(LETTERS, 12)),
    }
}

/// Ways to change what is around a secret.
const CHANGES: u128 = 8;

/// The sample with something changed that is not about the secret: what is behind it, words far before it, or other
/// parts of a document.
fn around(source: &mut Source<'_>, sample: &str) -> String {
    let end = sample.rfind(MARK).map_or(sample.len(), |at| at + MARK.len());
    let (head, tail) = sample.split_at(end);
    let how = source.number(CHANGES, |maker| {
        let as_is = maker.is_calm() || maker.as_declared || maker.effort < 4 || maker.random.one_in(6);
        if as_is { 0 } else { 1 + maker.random.below(CHANGES as usize) as u128 }
    });
    match how {
        0 => sample.to_owned(),
        1 => {
            let most = tail.chars().count();
            let kept = source.number(most as u128, |maker| maker.random.below(most + 1) as u128);
            let kept: String = tail.chars().take(usize::try_from(kept).unwrap_or(0)).collect();
            format!("{head}{kept}")
        }
        2 => {
            let more = source.text(mutate::text::piece);
            format!("{sample}{}", more.replace(MARK, ""))
        }
        3 => {
            let changed = source.text(|maker| {
                let mut text = tail.to_owned();
                mutate::text::mutate(&mut text, &[], maker);
                text
            });
            format!("{head}{}", changed.replace(MARK, ""))
        }
        4 => with_other_word(source, head, tail),
        _ => match serde_json::from_str(sample) {
            Ok(document) => changed_document(source, document, sample),
            Err(_) => sample.to_owned(),
        },
    }
}

/// Words that few formats take in the place of another.
const WORDS: [&str; 8] = ["x", "0", "null", "true", "99999999999999999999", "undefined", "a1", "Z"];

/// One word before the first secret replaced, except for the two next to it, which say what it is.
fn with_other_word(source: &mut Source<'_>, head: &str, tail: &str) -> String {
    let before = head.find(MARK).unwrap_or(0);
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in head[..before].char_indices().chain([(before, ' ')]) {
        match (start, is_word(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words.truncate(words.len().saturating_sub(2));
    let at = choose_any(source, words.len());
    let word = WORDS[choose_any(source, WORDS.len())];
    let Some(range) = words.get(at) else { return format!("{head}{tail}") };
    format!("{}{word}{}{tail}", &head[..range.start], &head[range.end..])
}

fn choose_any(source: &mut Source<'_>, count: usize) -> usize {
    let most = count.saturating_sub(1) as u128;
    let any = |maker: &mut Maker<'_>| maker.random.below(count) as u128;
    usize::try_from(source.number(most, any)).unwrap_or(0)
}

/// A JSON document with a part that does not lead to the secret replaced or taken out, or with the secret in a list or
/// an object of its own.
fn changed_document(source: &mut Source<'_>, mut document: Value, sample: &str) -> String {
    let mut places = Vec::new();
    pointers(&document, String::new(), &mut places);
    let wrap = source.number(3, |maker| u128::from(maker.random.below(4) as u64)) == 3;
    let (of_secret, others): (Vec<String>, Vec<String>) =
        places.into_iter().partition(|at| document.pointer(at).is_some_and(leads_to_secret));
    if wrap {
        let is_secret = |at: &&String| document.pointer(at).is_some_and(Value::is_string);
        let Some(at) = of_secret.iter().find(is_secret) else { return sample.to_owned() };
        let value = document.pointer(at).cloned().unwrap_or_default();
        if let Some(place) = document.pointer_mut(at) {
            *place = Value::Array(vec![value]);
        }
        return document.to_string();
    }
    let at = choose_any(source, others.len());
    let replacements = [
        Value::Null,
        Value::Bool(true),
        Value::from(0),
        Value::from(-1.5),
        Value::from(""),
        Value::from("x"),
        Value::from(u64::MAX),
        Value::Array(Vec::new()),
        Value::Object(serde_json::Map::new()),
    ];
    let by = choose_any(source, replacements.len() + 1);
    let Some(at) = others.get(at) else { return sample.to_owned() };
    match replacements.get(by) {
        Some(replacement) => {
            if let Some(place) = document.pointer_mut(at) {
                *place = replacement.clone();
            }
        }
        None => remove(&mut document, at),
    }
    document.to_string()
}

fn remove(document: &mut Value, at: &str) {
    let Some((parent, name)) = at.rsplit_once('/') else { return };
    if let Some(Value::Object(fields)) = document.pointer_mut(parent) {
        fields.remove(&name.replace("~1", "/").replace("~0", "~"));
    }
}

fn leads_to_secret(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains(MARK),
        Value::Array(items) => items.iter().any(leads_to_secret),
        Value::Object(fields) => fields.values().any(leads_to_secret),
        _ => false,
    }
}

/// Pointers to every part below the root.
fn pointers(value: &Value, at: String, into: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, format!("{at}/{index}"), into);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                pointers(field, format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), into);
            }
        }
        _ => {}
    }
    if !at.is_empty() {
        into.push(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    fn planted(samples: &[&str], paths: &[&str], index: u64) -> (String, Vec<Vec<u8>>, crate::tape::Tape) {
        let dictionary = Dictionary::default();
        let samples: Vec<String> = samples.iter().map(ToString::to_string).collect();
        let mut source = Source::fresh(Random::for_case(7, index), &dictionary, index, &[true], false);
        source.plant(paths);
        source.enter("text");
        let text = planted_text(&mut source, &samples).expect("it is asked for").expect("a strong secret");
        let secrets = source.planting().map(|planting| planting.secrets().to_vec()).unwrap_or_default();
        (text, secrets, source.into_recorded())
    }

    #[test]
    fn what_says_what_the_secret_is_stays_around_it() {
        let sample = r#"{"ok":true,"user":{"name":"a","token":"{secret}"},"n":1}"#;
        let (mut valid, mut broken, mut wrapped) = (0, 0, 0);
        for index in 0..2_000 {
            let (text, secrets, _) = planted(&[sample], &[], index);
            let secret = String::from_utf8(secrets[0].clone()).expect("a text");
            assert!(!text.contains(MARK), "{text}");
            assert!(
                text.contains(&format!("\"token\":\"{secret}"))
                    || text.contains(&format!("\"token\":[\"{secret}\"]")),
                "{text}"
            );
            assert_eq!(text.matches(&secret).count(), 1, "{text}");
            valid += usize::from(serde_json::from_str::<Value>(&text).is_ok());
            broken += usize::from(serde_json::from_str::<Value>(&text).is_err());
            wrapped += usize::from(text.contains(&format!("[\"{secret}\"]")));
        }
        assert!(valid > 500 && broken > 300 && wrapped > 30, "{valid} {broken} {wrapped}");
    }

    #[test]
    fn a_planted_value_comes_back_from_its_tape() {
        let dictionary = Dictionary::default();
        let samples = [r#"{"a":1,"key":"{secret}"}"#.to_owned(), "https://me:{secret}@host/".to_owned()];
        for index in 0..500 {
            let refs: Vec<&str> = samples.iter().map(String::as_str).collect();
            let (text, _, tape) = planted(&refs, &[], index);
            let mut source = Source::replaying(tape, &dictionary);
            source.plant(&[]);
            assert_eq!(planted_text(&mut source, &samples), Some(Ok(text)));
        }
    }

    #[test]
    fn a_value_that_is_named_is_secret_as_a_whole_and_others_are_not() {
        let (text, secrets, _) = planted(&[], &["text"], 3);
        assert_eq!(secrets, [text.into_bytes()]);
        let dictionary = Dictionary::default();
        let mut source = Source::fresh(Random::for_case(7, 3), &dictionary, 3, &[true], false);
        source.plant(&["other"]);
        source.enter("text");
        assert_eq!(planted_text(&mut source, &["sample".to_owned()]), None);
        source.leave();
        source.enter("other");
        assert!(planted_text(&mut source, &["aaaaaaaaaaaa".to_owned()]).is_some_and(|it| it.is_err()));
    }
}
