const FEED: &str = r#"<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Walks</title><link>http://example.org/</link><description>d</description><item><title>Dunes</title><media:title>The dunes</media:title><media:content url="http://example.org/dunes.jpg" type="image/jpeg" width="800"/><media:credit>Ann</media:credit></item></channel></rss>"#;

#[test]
fn the_same_feed_is_the_same_text() {
    let first = subject::pass_on(FEED).unwrap();
    assert!(first.contains("The dunes") && first.contains("the page"));
    for _ in 0..100 {
        assert_eq!(subject::pass_on(FEED).unwrap(), first);
    }
}
