//! Tidies settings before they are checked in.

/// The settings without comments and with even spacing.
pub fn tidy(settings: &str) -> Option<String> {
    let settings = ini::Ini::load_from_str(settings).ok()?;
    let mut tidy = Vec::new();
    settings.write_to(&mut tidy).ok()?;
    String::from_utf8(tidy).ok()
}
