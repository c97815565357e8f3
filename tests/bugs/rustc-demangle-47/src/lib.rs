//! Symbols in the crash reports that users send.

/// A symbol as it is shown in a report.
pub fn shown(symbol: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(symbol))
}
