use crate::source::Source;
use crate::tape::Maker;

/// Valid samples of a type, and whether nothing else is wanted.
#[derive(Clone, Debug)]
pub(super) struct Sampled<T> {
    pub(super) like: Vec<T>,
    pub(super) only: bool,
}

impl<T> Default for Sampled<T> {
    fn default() -> Self {
        Self { like: Vec::new(), only: false }
    }
}

impl<T: Clone + Default> Sampled<T> {
    /// One of the samples as it is, where nothing is mixed in: its position is the choice, so that it stays a sample.
    pub(super) fn declared(&self, source: &mut Source<'_>) -> Option<T> {
        let last = self.like.len().checked_sub(1)?;
        if !source.is_as_declared() {
            return None;
        }
        let at = source.number(last as u128, |maker| {
            // Every sample is tried, before any is tried again.
            let next = usize::try_from(maker.effort).ok().filter(|effort| *effort <= last);
            next.unwrap_or_else(|| maker.random.below(last + 1)) as u128
        });
        self.like.get(usize::try_from(at).unwrap_or(0)).cloned()
    }

    /// A fresh value: a sample as it is, one that is changed, or one made `without` any.
    pub(super) fn fresh(
        &self,
        maker: &mut Maker<'_>,
        without: fn(&mut Maker<'_>) -> T,
        change: fn(&mut T, &[T], &mut Maker<'_>),
    ) -> T {
        if self.like.is_empty() {
            return without(maker);
        }
        maker.has_samples(self.like.len());
        if let Some(at) = maker.whole {
            return self.like[at % self.like.len()].clone();
        }
        // Every sample is tried as it is, before anything else.
        let next = usize::try_from(maker.effort).ok().and_then(|effort| self.like.get(effort));
        if let Some(sample) = next {
            return sample.clone();
        }
        let mut value = maker.random.pick(&self.like).cloned().unwrap_or_default();
        match maker.random.below(16) {
            _ if maker.calm => {}
            0 if !self.only => value = without(maker),
            1 | 2 => {}
            _ => change(&mut value, &self.like, maker),
        }
        value
    }
}
