//! Numbers about a shared link.

/// Visits of one day.
#[derive(Debug, Clone)]
pub struct Day {
    pub visits: u32,
    pub visitors: u32,
}

/// Visits per visitor, in percent.
pub fn percent(days: &[Day]) -> u64 {
    let visits: u64 = days.iter().map(|day| u64::from(day.visits)).sum();
    let visitors: u64 = days.iter().map(|day| u64::from(day.visitors)).sum();
    visits * 100 / visitors
}

/// The busiest day, as its position.
pub fn busiest(days: &[Day]) -> Option<usize> {
    let most = days.iter().map(|day| day.visits).max()?;
    days.iter().position(|day| day.visits == most)
}
