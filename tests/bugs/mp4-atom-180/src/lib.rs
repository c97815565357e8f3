//! Fragments of live streams, as publishers send them.

use mp4_atom::{Decode, Moof};

/// The number of a fragment, and how many tracks it has.
pub fn fragment(head: &[u8]) -> Result<(u32, usize), String> {
    let moof = Moof::decode(&mut &head[..]).map_err(|error| error.to_string())?;
    Ok((moof.mfhd.sequence_number, moof.traf.len()))
}
