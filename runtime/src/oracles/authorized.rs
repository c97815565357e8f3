use crate::case::Case;
use crate::isolate::{Test, run};
use crate::stop::Stop;

/// Holds when every role may do what its row of the table lists, and nothing else.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn authorized(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "authorized", "an answer to every request", &body));
}

/// Who asks for what, and whether the table lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Request {
    role: String,
    action: String,
    is_allowed: bool,
}

impl Case<'_> {
    /// Looks up in the table what a role may do; a name that is nearly one of the table says nothing.
    pub fn asks(&mut self, role: &str, action: &str, table: &[(&str, &[&str])]) -> Result<(), Stop> {
        let actions = table.iter().flat_map(|(_, actions)| actions.iter().copied());
        let is_unclear = is_nearly(role, table.iter().map(|(role, _)| *role)) || is_nearly(action, actions);
        if is_unclear {
            return Err(Stop::rejected());
        }
        let row = table.iter().find(|(listed, _)| *listed == role);
        let is_allowed = row.is_some_and(|(_, actions)| actions.iter().any(|it| *it == action || *it == "*"));
        *self.kept() = Some(Request { role: role.to_owned(), action: action.to_owned(), is_allowed });
        Ok(())
    }

    /// States that the target did as the table says.
    pub fn decides(&mut self, passes: bool) -> Result<(), Stop> {
        let Some(Request { role, action, is_allowed }) = self.kept::<Option<Request>>().take() else {
            return Err(Stop::rejected());
        };
        match (is_allowed, passes) {
            (true, false) => Err(Stop::violated(
                "what the table lists is allowed",
                format!("`{role}` is refused `{action}`"),
            )),
            (false, true) => Err(Stop::violated(
                "what the table does not list is refused",
                format!("`{role}` is allowed `{action}`"),
            )),
            _ => Ok(()),
        }
    }
}

/// Whether a name is written otherwise than one of the table, and means the same to some.
fn is_nearly<'t>(name: &str, listed: impl Iterator<Item = &'t str>) -> bool {
    let plain = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let names: Vec<&str> = listed.collect();
    !names.contains(&name) && names.iter().any(|listed| plain(listed) == plain(name))
}
