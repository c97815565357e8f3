//! A page that passes the feeds of others on.

/// The feed as this page shows it: the same entries, signed with the name of the page.
pub fn pass_on(feed: &str) -> Option<String> {
    let mut channel = rss::Channel::read_from(feed.as_bytes()).ok()?;
    channel.set_generator("the page".to_owned());
    let written = channel.write_to(Vec::new()).ok()?;
    String::from_utf8(written).ok()
}
