use crate::case::Case;
use crate::isolate::{Test, run};
use crate::panics;
use crate::secret::{Formed, Leak, leak, overhear};
use crate::stop::Stop;

/// Holds when no planted secret can be read in anything that comes out of the call.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn redacted(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "redacted", "nothing that shows the secret", &body));
}

/// What has to be true, in words; two findings that contradict it are the same one.
const EXPECTED: &str = "the secret can be read nowhere in what comes out";

impl Case<'_> {
    /// Values at these paths are secret as a whole; where a sample says `{secret}`, one stands in it.
    pub fn plants(&mut self, paths: &[&str]) -> Result<(), Stop> {
        self.source().plant(paths);
        Ok(())
    }

    /// This is secret too, if it is text or bytes.
    pub fn hides(&mut self, secret: Option<Vec<u8>>) -> Result<(), Stop> {
        match secret {
            Some(secret) => self.source().keep_secret(&secret),
            None => Ok(()),
        }
    }

    /// Calls the target and listens to what it prints, logs and says in a panic; gives nothing where it panics.
    pub fn overhear<R>(&mut self, target: impl FnOnce() -> R) -> Result<Option<R>, Stop> {
        let (result, heard) = self.call(|| overhear(|| panics::catch(target)))?;
        for heard in heard {
            self.nothing_in(heard.what, &heard.bytes)?;
        }
        match result {
            Ok(result) => Ok(Some(result)),
            Err(panic) => {
                self.nothing_in("the message of its panic", panic.message.as_bytes())?;
                Ok(None)
            }
        }
    }

    /// States that no secret can be read in a value, in the forms of these groups; in all of them if there are none.
    pub fn shows_no_secret(
        &mut self,
        what: &str,
        groups: &[&str],
        forms: impl FnOnce() -> Option<Formed>,
    ) -> Result<(), Stop> {
        if self.secrets().is_empty() {
            return Err(Stop::rejected());
        }
        let formed = overhear(|| panics::catch(forms)).0;
        // A value without forms shows nothing; one whose form panics is the business of another kind.
        let Ok(Some(Formed(forms))) = formed else { return Ok(()) };
        for form in forms.iter().filter(|form| groups.is_empty() || groups.contains(&form.group)) {
            self.nothing_in(&format!("{} of {what}", form.what), &form.bytes)?;
        }
        Ok(())
    }

    fn nothing_in(&mut self, what: &str, shown: &[u8]) -> Result<(), Stop> {
        let Some(Leak { how, excerpt, part: (part, length) }) = leak(shown, self.secrets()) else {
            return Ok(());
        };
        if self.is_showing() {
            let secrets = self.secrets().to_vec();
            for secret in secrets {
                self.see("secret", || crate::show::show_bytes(&secret));
            }
        }
        let amount =
            if part >= length { "all of it".to_string() } else { format!("{part} of {length} bytes") };
        let place = what.strip_prefix("its ").map_or_else(|| what.to_string(), |what| format!("the {what}"));
        Err(Stop::violated(EXPECTED, format!("{amount} {how} in {place}: {excerpt}")))
    }

    fn secrets(&mut self) -> &[Vec<u8>] {
        self.source().planting().map_or(&[], crate::planting::Planting::secrets)
    }
}
