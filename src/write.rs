//! Puts emitted files on disk, or tells how the disk differs.
//!
//! A file is replaced as a whole or not at all, nothing is touched when nothing changed,
//! and only files that carry our first line are ever deleted.
