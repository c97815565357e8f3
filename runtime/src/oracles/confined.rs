use crate::case::Case;
use crate::isolate::{Test, run};
use crate::sandbox::SECRET;
use crate::stop::Stop;

/// Holds when every case leaves what is outside of its folder as it was.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn confined(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "confined", "an end of the call, whatever is passed in", &body));
}

impl Case<'_> {
    /// Plants files where the texts of the case name some outside of its folder, and remembers how all is there.
    pub fn shut(&mut self, texts: &[Vec<u8>]) -> Result<(), Stop> {
        let shut = self.sandbox().and_then(|sandbox| sandbox.shut(texts));
        shut.map_err(|_| Stop::rejected())
    }

    /// States that everything outside of the folder is as it was.
    pub fn kept_within(&mut self) -> Result<(), Stop> {
        let changes = self.sandbox().map(crate::sandbox::Sandbox::changes).unwrap_or_default();
        match changes.split_first() {
            None => Ok(()),
            Some((first, [])) => Err(Stop::violated(WITHIN, first)),
            Some((first, others)) => {
                Err(Stop::violated(WITHIN, format!("{first}, and {} more", others.len())))
            }
        }
    }

    /// States that a text holds nothing of a file outside of the folder.
    pub fn kept_secret(&mut self, text: &[u8]) -> Result<(), Stop> {
        let listed = SECRET.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", ");
        let holds = |part: &str| text.windows(part.len()).any(|window| window == part.as_bytes());
        if holds(SECRET) || holds(&listed) {
            return Err(Stop::violated(SECRETS, "it holds the content of a file outside"));
        }
        Ok(())
    }
}

const WITHIN: &str = "nothing outside of the folder is changed";
const SECRETS: &str = "the answer holds nothing of a file outside of the folder";

/// All that a value says of itself, for a search: its bytes, else its `Debug`, else nothing.
///
/// Method lookup starts with the outermost reference, so the best way stands there.
#[derive(Clone, Copy, Debug)]
pub struct Whole<'a, T: ?Sized>(pub &'a T);

/// Texts and bytes.
pub trait WholeBytes {
    /// The bytes.
    fn whole(&self) -> Vec<u8>;
}

impl<T: AsRef<[u8]> + ?Sized> WholeBytes for &&Whole<'_, T> {
    fn whole(&self) -> Vec<u8> {
        self.0.as_ref().to_vec()
    }
}

/// What has `Debug`.
pub trait WholeDebug {
    /// The text.
    fn whole(&self) -> Vec<u8>;
}

impl<T: std::fmt::Debug + ?Sized> WholeDebug for &Whole<'_, T> {
    fn whole(&self) -> Vec<u8> {
        format!("{:?}", self.0).into_bytes()
    }
}

/// Everything else.
pub trait WholeNothing {
    /// Nothing.
    fn whole(&self) -> Vec<u8>;
}

impl<T: ?Sized> WholeNothing for Whole<'_, T> {
    fn whole(&self) -> Vec<u8> {
        Vec::new()
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "whether code keeps to a folder shows in real files only")]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::SECRET;
    use crate::case::Case;
    use crate::dictionary::Dictionary;
    use crate::random::Random;
    use crate::search::{End, execute};
    use crate::source::Source;
    use crate::stop::Stop;
    use crate::whole;

    fn judged(body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) -> String {
        let _alone = crate::sandbox::ALONE.lock();
        let (random, dictionary) = (Random::for_case(1, 1), Dictionary::default());
        let source = Source::fresh(random, &dictionary, 0, &[], false);
        match execute(&body, source, &mut |_, _| {}).end {
            End::Failed(failure) => format!("{}: {}", failure.expected, failure.seen),
            end => format!("{end:?}"),
        }
    }

    fn save(folder: &Path, name: &str) -> std::io::Result<()> {
        fs::write(folder.join(name), "mine")
    }

    #[test]
    fn a_write_outside_is_red_and_one_inside_is_green() {
        for (name, seen) in [
            ("inside", "Held"),
            ("../up", "nothing outside of the folder is changed: ROOT/../up has another content"),
        ] {
            let judged = judged(|case| {
                let folder = case.folder("folder")?;
                case.shut(&[whole!(name)])?;
                let _ = case.tolerate(|| save(&folder, name))?;
                case.kept_within()
            });
            assert_eq!(judged, seen);
        }
    }

    #[test]
    fn the_content_of_a_file_outside_is_known_wherever_it_turns_up() {
        for name in ["../there", "%2e%2e/there"] {
            let judged = judged(|case| {
                let folder = case.folder_text("folder")?;
                case.shut(&[whole!(name)])?;
                let name = name.replace("%2e", ".");
                let result = case.tolerate(|| fs::read(Path::new(&folder).join(name)))?;
                case.kept_within()?;
                case.kept_secret(&whole!(result))
            });
            assert!(judged.ends_with("it holds the content of a file outside"), "{judged}");
        }
    }

    #[test]
    fn a_value_says_all_it_can() {
        struct Mute;
        assert_eq!(whole!("text"), b"text");
        assert_eq!(whole!(vec![1_u8, 2]), [1, 2]);
        assert_eq!(whole!(Some(SECRET)), format!("Some({SECRET:?})").into_bytes());
        assert_eq!(whole!(Mute), b"");
    }
}
