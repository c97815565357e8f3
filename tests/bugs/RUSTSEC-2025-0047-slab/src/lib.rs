//! Parcels on a shelf.

use slab::Slab;

/// The parcels at two places of a shelf on which these parcels were put, if both are there and are not the same.
pub fn pair(parcels: &[String], first: usize, second: usize) -> Option<(String, String)> {
    let mut shelf = Slab::new();
    for parcel in parcels {
        shelf.insert(parcel.clone());
    }
    let [first, second] = shelf.get_disjoint_mut([first, second]).ok()?;
    Some((std::mem::take(first), std::mem::take(second)))
}
