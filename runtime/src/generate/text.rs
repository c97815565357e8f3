use super::Generator;
use super::sampled::Sampled;
use crate::mutate;
use crate::secret::planted_text;
use crate::show::show_text;
use crate::source::Source;
use crate::stop::Stop;
use crate::tape::Maker;

/// Makes `String`s.
#[derive(Clone, Debug, Default)]
pub struct Text(Sampled<String>);

/// Texts of every sort, hostile ones above all.
pub fn text() -> Text {
    Text::default()
}

impl Text {
    /// Starts from valid samples: as they are, mutated, spliced, repeated.
    #[must_use]
    pub fn like(mut self, samples: &[&str]) -> Self {
        self.0.like.extend(samples.iter().map(ToString::to_string));
        self
    }

    /// The same, of samples in files: paths from the root of the package.
    ///
    /// # Panics
    /// If one of them cannot be read, or is not UTF-8.
    #[must_use]
    pub fn like_files(mut self, paths: &[&str]) -> Self {
        self.0.like.extend(super::files::texts(paths));
        self
    }

    /// Mixes nothing in that does not come from a sample.
    #[must_use]
    pub fn only(mut self) -> Self {
        self.0.only = true;
        self
    }
}

impl Generator for Text {
    type Value = String;

    fn make(&self, source: &mut Source<'_>) -> Result<String, Stop> {
        let text = match planted_text(source, &self.0.like) {
            Some(planted) => planted?,
            None => self.0.declared(source).unwrap_or_else(|| {
                source.text(|maker| self.0.fresh(maker, without_sample, mutate::text::mutate))
            }),
        };
        source.show(|| show_text(&text));
        Ok(text)
    }

    fn samples(&self) -> Vec<String> {
        self.0.like.clone()
    }

    fn has_samples(&self) -> bool {
        !self.0.like.is_empty()
    }
}

/// Hostile pieces alone and together, paths, numbers, words the code knows, plain words, any characters.
pub(crate) fn without_sample(maker: &mut Maker<'_>) -> String {
    if maker.effort == 0 {
        return String::new();
    }
    if let Some(context) = maker.context
        && !maker.random.one_in(4)
    {
        return mutate::attack::value(context, maker);
    }
    let mut text = match maker.random.below(12) {
        0..=2 => mutate::text::piece(maker),
        3 => mutate::text::number(maker),
        4 | 5 => return mutate::text::path(maker),
        6 => (0..maker.random.small(64)).map(|_| mutate::parts::any_char(maker)).collect(),
        7 => {
            let letters = ['a', 'b', 'Z', '0', ' ', '-'];
            (0..maker.random.small(200)).filter_map(|_| maker.random.pick(&letters)).collect()
        }
        _ => (0..maker.random.within(1..8))
            .map(|_| if maker.random.one_in(3) { "a".to_string() } else { mutate::text::piece(maker) })
            .collect(),
    };
    if maker.random.one_in(4) {
        mutate::text::mutate(&mut text, &[], maker);
    }
    text
}
