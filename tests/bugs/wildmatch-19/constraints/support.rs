//! The slow and obvious way to match.

pub fn selects(filter: &str, name: &str) -> bool {
    let filter: Vec<char> = filter.chars().collect();
    let name: Vec<char> = name.chars().collect();
    // reach[j]: what was read of the filter so far can be the first j characters of the name
    let mut reach: Vec<bool> = (0..=name.len()).map(|j| j == 0).collect();
    for c in filter {
        let mut next = vec![false; name.len() + 1];
        for j in 0..=name.len() {
            next[j] = match c {
                '*' => reach[j] || j > 0 && next[j - 1],
                '?' => j > 0 && reach[j - 1],
                c => j > 0 && reach[j - 1] && name[j - 1] == c,
            };
        }
        reach = next;
    }
    reach[name.len()]
}
