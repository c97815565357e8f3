//! That documents of every format are what they say, and that random trees can be written.

use super::*;
use crate::dictionary::Dictionary;
use crate::random::Random;
use crate::tape::Choice;

fn source(dictionary: &Dictionary, index: u64) -> Source<'_> {
    Source::fresh(Random::for_case(11, index), dictionary, index, &[true], false)
}

/// A good many documents.
fn documents(document: &Document, count: u64) -> Vec<Vec<u8>> {
    let dictionary = Dictionary::default();
    (0..count).filter_map(|index| document.make(&mut source(&dictionary, index)).ok()).collect()
}

fn share(documents: &[Vec<u8>], holds: impl Fn(&[u8]) -> bool) -> usize {
    documents.iter().filter(|it| holds(it)).count() * 100 / documents.len()
}

const FORMATS: [Format; 7] =
    [Format::Json, Format::Asn1, Format::Request, Format::Response, Format::Html, Format::Tar, Format::Zip];

#[test]
fn a_tape_makes_the_same_document_again_and_a_cut_one_makes_some_document() {
    let dictionary = Dictionary::default();
    for format in FORMATS {
        for index in 0..400 {
            let mut first = source(&dictionary, index);
            let Ok(bytes) = document(format).make(&mut first) else { continue };
            let tape = first.into_recorded();
            let again =
                document(format).make(&mut Source::replaying(tape.clone(), &dictionary)).expect("again");
            assert_eq!(bytes, again, "{format:?} {index}");
            for cut in [1, 2, 5, tape.len() / 2] {
                let mut cut_tape = tape.clone();
                let at = cut.min(tape.len().saturating_sub(1));
                cut_tape.remove(at);
                let made = document(format).make(&mut Source::replaying(cut_tape, &dictionary).showing());
                assert!(made.is_ok(), "{format:?} {index}");
            }
        }
    }
}

#[test]
fn no_document_is_far_larger_than_what_repeats_once_whatever_numbers_its_tape_holds() {
    let dictionary = Dictionary::default();
    for format in FORMATS {
        for index in 0..300 {
            let mut random = Random::for_case(5, index);
            let mut source = source(&dictionary, index);
            let Ok(_) = document(format).make(&mut source) else { continue };
            let mut tape = source.into_recorded();
            for choice in &mut tape {
                if let Choice::Number(number @ 10..) = choice {
                    *number = 100_000;
                } else if let Choice::Number(number) = choice
                    && random.one_in(4)
                {
                    *number = 100_000;
                }
            }
            let Ok(bytes) = document(format).make(&mut Source::replaying(tape, &dictionary)) else {
                continue;
            };
            assert!(bytes.len() < 40 << 20, "{format:?} {index}: {} bytes", bytes.len());
        }
    }
}

#[test]
fn an_empty_tape_makes_the_simplest_document() {
    let dictionary = Dictionary::default();
    let simplest = |format| {
        let mut source = Source::replaying(Vec::new(), &dictionary);
        document(format).make(&mut source).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    assert_eq!(simplest(Format::Json).as_deref(), Ok("null"));
    assert_eq!(simplest(Format::Html).as_deref(), Ok(""));
}

#[test]
fn json_alone_is_json_and_otherwise_mostly() {
    let only = documents(&json().like(&[br#"{"a":[1,"b\ud800",null]}"#]).only(), 2_000);
    let odd = only.iter().find(|it| !reads_as_json(it));
    assert_eq!(odd.map(|it| String::from_utf8_lossy(it).into_owned()), None);
    let mixed = documents(&json(), 2_000);
    let right = share(&mixed, reads_as_json);
    assert!((50..95).contains(&right), "{right}");
}

fn nesting(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| matches!(byte, b'[' | b'{')).count()
}

/// Our reader is the judge: it takes what the grammar of JSON takes, lone surrogates and large numbers too.
fn reads_as_json(bytes: &[u8]) -> bool {
    nesting(bytes) >= 100 || (json::GRAMMAR.read)(bytes).is_some()
}

#[test]
fn samples_are_written_as_they_were_read() {
    let json = br#"{"a":[1,-0.5e+7,"\ud800\n",true,false,null],"a":{}}"#;
    let node = (json::GRAMMAR.read)(json).expect("JSON");
    assert_eq!((json::GRAMMAR.write)(&node), json);
    let html = b"<p class=\"a\" id='b'>x<br><b>y</b></p><!--z--><a href=\"?a&amp;b\">&lt;</a></i>";
    let node = (html::GRAMMAR.read)(html).expect("HTML");
    assert_eq!(String::from_utf8_lossy(&(html::GRAMMAR.write)(&node)), String::from_utf8_lossy(html));
    let der =
        b"\x30\x81\x80\x06\x03\x55\x04\x03\x04\x04\x30\x02\x05\x00\x03\x03\x00\x05\x00\x04\x70".to_vec();
    let der = [der, vec![7; 0x70]].concat();
    let der = [&der[..2], &[(der.len() - 3) as u8], &der[3..]].concat();
    let node = (asn1::GRAMMAR.read)(&der).expect("DER");
    assert_eq!((asn1::GRAMMAR.write)(&node), der);
    let http = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
    let node = (http::REQUEST.read)(http).expect("HTTP");
    assert_eq!((http::REQUEST.write)(&node), http);
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    let node = (http::RESPONSE.read)(chunked).expect("HTTP");
    assert_eq!((http::RESPONSE.write)(&node), chunked);
}

#[test]
fn archives_read_back_what_was_written() {
    let dictionary = Dictionary::default();
    for (format, grammar) in [(Format::Tar, &tar::GRAMMAR), (Format::Zip, &zip::GRAMMAR)] {
        let mut read = 0;
        for index in 0..500 {
            let mut source = source(&dictionary, index);
            let bytes = document(format).only().make(&mut source).expect("an archive");
            let Some(node) = (grammar.read)(&bytes) else { continue };
            read += 1;
            assert_eq!((grammar.read)(&(grammar.write)(&node)), Some(node), "{format:?} {index}");
        }
        assert!(read > 400, "{format:?} {read}");
    }
}

#[test]
fn names_are_long_and_lead_through_few_folders() {
    let dictionary = Dictionary::default();
    let mut longest = 0;
    for index in 0..2_000 {
        let bytes = document(Format::Tar).only().make(&mut source(&dictionary, index)).expect("an archive");
        for entry in (tar::GRAMMAR.read)(&bytes).iter().flat_map(archive::entries) {
            let steps = entry.text.split(|byte| *byte == b'/').count();
            assert!(steps < 600, "{steps} folders in each other");
            longest = longest.max(entry.text.len());
        }
    }
    assert!(longest > 4_096, "{longest}");
}

#[test]
fn entries_go_through_links_before_them_and_take_their_places() {
    let dictionary = Dictionary::default();
    for (format, grammar) in [(Format::Tar, &tar::GRAMMAR), (Format::Zip, &zip::GRAMMAR)] {
        let mut seen = std::collections::BTreeMap::new();
        for index in 0..1_000 {
            let mut source = source(&dictionary, index);
            let bytes = document(format).only().make(&mut source).expect("an archive");
            let Some(node) = (grammar.read)(&bytes) else { continue };
            let entries = archive::entries(&node);
            for (at, link) in entries.iter().enumerate().filter(|(_, entry)| entry.sort == archive::LINK) {
                let behind = |text: &[u8]| text.strip_prefix(&link.text[..]).map(<[u8]>::to_vec);
                for later in &entries[at + 1..] {
                    let Some(rest) = behind(&later.text) else { continue };
                    let rest = if rest == b"/" { Vec::new() } else { rest };
                    *seen.entry((later.sort, rest)).or_insert(0) += 1;
                }
            }
        }
        for (sort, rest) in
            [(archive::FOLDER, ""), (archive::FILE, ""), (archive::LINK, ""), (archive::FILE, "/new/y")]
        {
            let count = seen.get(&(sort, rest.as_bytes().to_vec())).copied().unwrap_or(0);
            assert!(count > 5, "{format:?} {sort} {rest:?}: {count}");
        }
    }
}

#[test]
fn der_alone_nests_as_its_lengths_say() {
    let only = documents(&asn1().only(), 1_000);
    let right = share(&only, |bytes| (asn1::GRAMMAR.read)(bytes).is_some());
    assert!(right > 85, "{right}");
    let mixed = documents(&asn1(), 1_000);
    let right = share(&mixed, |bytes| (asn1::GRAMMAR.read)(bytes).is_some());
    assert!((30..90).contains(&right), "{right}");
}

#[test]
fn an_archive_is_shown_as_a_list() {
    let link = tree::Node::text(archive::LINK, "a").with(vec![tree::Node::text(archive::CONTENT, "..")]);
    let file =
        tree::Node::text(archive::FILE, "a/x\u{f7ff}").with(vec![tree::Node::text(archive::CONTENT, "hi")]);
    let node = tree::Node::of(archive::ARCHIVE, vec![link, file.quirk(1)]);
    assert_eq!(
        (tar::GRAMMAR.shown)(&node, &[]),
        r#"tar archive: link "a" -> "..", file b"a/x\xff" of "hi" (wrong sum)"#
    );
}

#[test]
fn shrinking_keeps_the_sums_of_an_archive() {
    let dictionary = Dictionary::default();
    let escapes = |tape: Vec<Choice>| {
        let mut source = Source::replaying(tape, &dictionary);
        let bytes = tar().make(&mut source).ok()?;
        let node = (tar::GRAMMAR.read)(&bytes)?;
        node.below.iter().any(|it| it.sort == archive::LINK).then(|| source.into_recorded())
    };
    let tape = (0..2_000)
        .find_map(|index| {
            let mut source = source(&dictionary, index);
            tar().make(&mut source).ok()?;
            let tape = source.into_recorded();
            (tape.len() > 60).then(|| escapes(tape))?
        })
        .expect("an archive with a link among others");
    let tape = crate::shrink::shrink(tape, 2_000, &mut |proposals| {
        proposals.into_iter().enumerate().find_map(|(at, tape)| Some((at, escapes(tape)?)))
    });
    let mut source = Source::replaying(tape, &dictionary).showing();
    tar().make(&mut source).expect("an archive");
    assert_eq!(source.take_shown(), r#"tar archive: link "" -> """#);
}
