//! TOML values with spans.
