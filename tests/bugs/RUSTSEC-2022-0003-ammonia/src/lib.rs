//! Small pages of pictures.

/// The element that shows a picture under a name.
pub fn picture(name: &str) -> String {
    format!("<img src=cover.png alt={}>", ammonia::clean_text(name))
}
