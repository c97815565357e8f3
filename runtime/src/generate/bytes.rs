use super::Generator;
use crate::case::Stop;
use crate::mutate;
use crate::show::show_bytes;
use crate::tape::{Maker, Source};

/// Makes `Vec<u8>`s.
#[derive(Clone, Debug, Default)]
pub struct Bytes {
    like: Vec<Vec<u8>>,
    only: bool,
}

/// Bytes of every sort, hostile ones above all.
pub fn bytes() -> Bytes {
    Bytes::default()
}

impl Bytes {
    /// Starts from valid samples: as they are, mutated, spliced, repeated.
    #[must_use]
    pub fn like(mut self, samples: &[&[u8]]) -> Self {
        self.like.extend(samples.iter().map(|sample| sample.to_vec()));
        self
    }

    /// Mixes nothing in that does not come from a sample.
    #[must_use]
    pub fn only(mut self) -> Self {
        self.only = true;
        self
    }

    pub(crate) fn fresh(&self, maker: &mut Maker<'_>) -> Vec<u8> {
        let Some(count) = u64::try_from(self.like.len()).ok().filter(|count| *count > 0) else {
            return without_sample(maker);
        };
        // Every sample is tried as it is, before anything else.
        if maker.effort < count {
            return self.like[maker.effort as usize].clone();
        }
        match maker.random.below(16) {
            0 if !self.only && !maker.calm => without_sample(maker),
            _ if maker.calm => self.sample(maker),
            1 | 2 => self.sample(maker),
            _ => {
                let mut bytes = self.sample(maker);
                mutate::bytes::mutate(&mut bytes, &self.like, maker);
                bytes
            }
        }
    }

    fn sample(&self, maker: &mut Maker<'_>) -> Vec<u8> {
        maker.random.pick(&self.like).cloned().unwrap_or_default()
    }
}

impl Generator for Bytes {
    type Value = Vec<u8>;

    fn make(&self, source: &mut Source<'_>) -> Result<Vec<u8>, Stop> {
        let bytes = source.bytes(|maker| self.fresh(maker));
        source.show(|| show_bytes(&bytes));
        Ok(bytes)
    }

    fn samples(&self) -> Vec<Vec<u8>> {
        self.like.clone()
    }

    fn has_samples(&self) -> bool {
        !self.like.is_empty()
    }
}

fn without_sample(maker: &mut Maker<'_>) -> Vec<u8> {
    if maker.effort == 0 {
        return Vec::new();
    }
    match maker.random.below(6) {
        0 => super::text::without_sample(maker).into_bytes(),
        1 | 2 => (0..maker.random.within(1..6)).flat_map(|_| mutate::bytes::piece(maker)).collect(),
        3 => (0..maker.random.below(9)).map(|_| mutate::bytes::any_byte(maker)).collect(),
        _ => (0..maker.random.small(300)).map(|_| mutate::bytes::any_byte(maker)).collect(),
    }
}
