//! Templates of mails, which customers write.

use handlebars::Handlebars;

/// Checks a template before it is saved.
pub fn check(template: &str) -> Result<(), String> {
    let mut registry = Handlebars::new();
    registry.register_template_string("mail", template).map_err(|error| error.to_string())
}
