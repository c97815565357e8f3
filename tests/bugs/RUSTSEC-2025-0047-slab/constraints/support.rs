pub fn pair(parcels: &[String], first: usize, second: usize) -> Option<(String, String)> {
    let both = (parcels.get(first)?.clone(), parcels.get(second)?.clone());
    (first != second).then_some(both)
}
