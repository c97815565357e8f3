//! Looks up types of the standard library and of common crates that are made out of something simpler.

use super::crate_types::CRATES;
use super::known_type::Known;
use super::std_types::STD;

impl Known {
    /// The type at `path`, which starts with the name of its crate; any path to a type of that name will do.
    pub(super) fn at(path: &[String]) -> Option<&'static Self> {
        let (library, name) = (path.first()?, path.last()?);
        let table = if library == "std" { STD } else { CRATES };
        let mut of_name = table.iter().filter(|known| known.library() == library && known.name() == name);
        let first = of_name.next()?;
        // Where a name is given twice, as `ops::Range` and `ops::RangeFull`, the module decides.
        let exact = table.iter().find(|known| path.iter().map(String::as_str).eq(known.path.split("::")));
        Some(exact.unwrap_or(first))
    }

    /// The type of the standard library at exactly this path.
    ///
    /// # Panics
    /// If the table has none.
    pub(super) fn std(path: &str) -> &'static Self {
        STD.iter().find(|known| known.path == path).unwrap_or_else(|| panic!("no line for `{path}`"))
    }

    /// The owned twin of a type without a size, which only stands behind a reference; nothing for other types.
    pub(super) fn owned(&self) -> Option<&'static Self> {
        let twin = match self.path {
            "std::path::Path" => "std::path::PathBuf",
            "std::ffi::OsStr" => "std::ffi::OsString",
            "std::ffi::CStr" => "std::ffi::CString",
            _ => return None,
        };
        Some(Self::std(twin))
    }
}
