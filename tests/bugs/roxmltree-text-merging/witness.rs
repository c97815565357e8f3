use std::time::Instant;

fn seconds(pieces: usize) -> f64 {
    let title = "x<![CDATA[y]]>".repeat(pieces);
    let before = Instant::now();
    assert_eq!(subject::title_words(&title), Ok(1));
    before.elapsed().as_secs_f64()
}

#[test]
fn twice_the_text_takes_about_twice_the_time() {
    seconds(1_000);
    let (small, large) = (seconds(40_000), seconds(320_000));
    assert!(large < small * 8.0 * 3.0 + 0.2, "{small:.3} s, with eight times the text {large:.3} s");
}
