/// The candidates that `wanted` may have been meant to be, nearest first, at most three.
pub fn nearest<'a>(_wanted: &str, _candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    todo!()
}
