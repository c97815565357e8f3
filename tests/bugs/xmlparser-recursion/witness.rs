#[test]
fn long_documents_use_bounded_stack() {
    let run = |document: String| {
        std::thread::Builder::new().stack_size(1 << 20).spawn(move || subject::elements(&document)).unwrap().join().unwrap()
    };
    assert_eq!(run("<a><b/></a>".to_owned()), Ok(2));
    for unit in ["<!ELEMENT a ANY>", " ", "<!ELEMENT a ANY>\n", "<!ATTLIST a>", "<!NOTATION a>", "<!-- a -->", "<?a?>"] {
        let _ = run(format!("<!DOCTYPE a [{}]><a/>", unit.repeat(40_000)));
        let _ = run(format!("{}<a>{}</a>", unit.repeat(40_000), unit.repeat(40_000)));
    }
}
