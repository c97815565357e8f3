#[test]
fn an_article_stays_one() {
    for about in ["fast & <b>safe</b>", "let's try & break this <item> ]]>, shall we?", "a]]></description></item><item><title>b</title><description>c"] {
        let feed = subject::feed(about).unwrap();
        let read = rss::Channel::read_from(feed.as_bytes()).expect(&feed);
        assert_eq!(read.items().len(), 1, "{feed}");
        assert_eq!(read.items()[0].description(), Some(about), "{feed}");
    }
}
