use std::cmp::Ordering;

pub fn compare(left: (i64, u32), right: (i64, u32)) -> Option<Ordering> {
    if left.1 == 0 || right.1 == 0 {
        return None;
    }
    Some((i128::from(left.0) * i128::from(right.1)).cmp(&(i128::from(right.0) * i128::from(left.1))))
}
