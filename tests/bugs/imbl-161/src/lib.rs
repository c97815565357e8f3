//! The stock list of a stall with up to 256 articles that keeps its earlier states, and the list of articles that have to be sent to the shops again.

use imbl::ordmap::DiffItem;
use imbl::OrdMap;

/// The stock: how many there are of each article.
#[derive(Clone, Default)]
pub struct Stock(OrdMap<u8, u32>);

impl Stock {
    /// A stock with one entry for each article in `articles`.
    pub fn new(articles: &[u8]) -> Self {
        Stock(articles.iter().map(|article| (*article, 1u32)).collect())
    }

    /// The stock after a count of some articles; the old one stays as it is. A count of none takes the article out.
    pub fn counted(&self, counts: &[(u8, u32)]) -> Self {
        let mut next = self.0.clone();
        for (article, count) in counts {
            if *count == 0 {
                next.remove(article);
            } else {
                next.insert(*article, *count);
            }
        }
        Stock(next)
    }

    /// The articles that are not the same in `later`, in order.
    pub fn changed(&self, later: &Stock) -> Vec<u8> {
        let mut changed = Vec::new();
        for item in self.0.diff(&later.0) {
            match item {
                DiffItem::Add(article, _) | DiffItem::Remove(article, _) => changed.push(*article),
                DiffItem::Update { new: (article, _), .. } => changed.push(*article),
            }
        }
        changed.sort_unstable();
        changed
    }
}

/// What has to be sent to the shops after a count.
pub fn to_send(articles: &[u8], counts: &[(u8, u32)]) -> Vec<u8> {
    let before = Stock::new(articles);
    let after = before.counted(counts);
    before.changed(&after)
}

/// The same, by looking at every article.
pub fn to_send_plain(articles: &[u8], counts: &[(u8, u32)]) -> Vec<u8> {
    let before: std::collections::BTreeMap<u8, u32> = articles.iter().map(|article| (*article, 1u32)).collect();
    let mut after = before.clone();
    for (article, count) in counts {
        if *count == 0 {
            after.remove(article);
        } else {
            after.insert(*article, *count);
        }
    }
    let all: std::collections::BTreeSet<u8> = before.keys().chain(after.keys()).copied().collect();
    all.into_iter().filter(|article| before.get(article) != after.get(article)).collect()
}
