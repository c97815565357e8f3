//! Zones that a server answers for.

use hickory_proto::rr::Name;

/// The name of a zone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Zone(Name);

impl std::str::FromStr for Zone {
    type Err = String;

    fn from_str(text: &str) -> Result<Zone, String> {
        Name::from_ascii(text).map(Zone).map_err(|error| error.to_string())
    }
}
