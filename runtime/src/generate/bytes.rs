use super::Generator;
use super::sampled::Sampled;
use crate::mutate;
use crate::secret::planted_bytes;
use crate::show::show_bytes;
use crate::source::Source;
use crate::stop::Stop;
use crate::tape::Maker;

/// Makes `Vec<u8>`s.
#[derive(Clone, Debug, Default)]
pub struct Bytes(Sampled<Vec<u8>>);

/// Bytes of every sort, hostile ones above all.
pub fn bytes() -> Bytes {
    Bytes::default()
}

impl Bytes {
    /// Starts from valid samples: as they are, mutated, spliced, repeated.
    #[must_use]
    pub fn like(mut self, samples: &[&[u8]]) -> Self {
        self.0.like.extend(samples.iter().map(|sample| sample.to_vec()));
        self
    }

    /// The same, of samples in files: paths from the root of the package.
    ///
    /// # Panics
    /// If one of them cannot be read.
    #[must_use]
    pub fn like_files(mut self, paths: &[&str]) -> Self {
        self.0.like.extend(super::files::contents(paths));
        self
    }

    /// Mixes nothing in that does not come from a sample.
    #[must_use]
    pub fn only(mut self) -> Self {
        self.0.only = true;
        self
    }
}

impl Generator for Bytes {
    type Value = Vec<u8>;

    fn make(&self, source: &mut Source<'_>) -> Result<Vec<u8>, Stop> {
        let bytes = match planted_bytes(source, &self.0.like) {
            Some(planted) => planted?,
            None => self.0.declared(source).unwrap_or_else(|| {
                source.bytes(|maker| self.0.fresh(maker, without_sample, mutate::bytes::mutate))
            }),
        };
        source.show(|| show_bytes(&bytes));
        Ok(bytes)
    }

    fn samples(&self) -> Vec<Vec<u8>> {
        self.0.like.clone()
    }

    fn has_samples(&self) -> bool {
        !self.0.like.is_empty()
    }
}

pub(crate) fn without_sample(maker: &mut Maker<'_>) -> Vec<u8> {
    if maker.effort == 0 {
        return Vec::new();
    }
    if let Some(context) = maker.context
        && !maker.random.one_in(4)
    {
        return mutate::attack::value(context, maker).into_bytes();
    }
    match maker.random.below(6) {
        0 => super::text::without_sample(maker).into_bytes(),
        1 | 2 => (0..maker.random.within(1..6)).flat_map(|_| mutate::bytes::piece(maker)).collect(),
        3 => (0..maker.random.below(9)).map(|_| mutate::bytes::any_byte(maker)).collect(),
        _ => (0..maker.random.small(300)).map(|_| mutate::bytes::any_byte(maker)).collect(),
    }
}
