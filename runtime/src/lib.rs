//! What generated tests link.
