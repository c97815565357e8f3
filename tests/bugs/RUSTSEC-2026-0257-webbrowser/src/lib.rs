//! Opens what a user clicked on.

/// Shows an address in a new tab of the browser `program`, which stands in the settings.
pub fn open(program: &str, address: &str) -> std::io::Result<()> {
    std::env::set_var("BROWSER", format!("{program} --new-tab %s"));
    webbrowser::open(address)
}
