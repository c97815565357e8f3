//! The feed of a magazine.

/// The feed with one article, as its author described it; characters that XML has no way to write are refused.
pub fn feed(about: &str) -> Option<String> {
    if about.chars().any(|c| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')) {
        return None;
    }
    let mut article = rss::Item::default();
    article.set_title("News".to_owned());
    article.set_description(about.to_owned());
    let mut channel = rss::Channel::default();
    channel.set_title("Magazine");
    channel.set_link("https://magazine.example/");
    channel.set_items(vec![article]);
    Some(channel.to_string())
}
