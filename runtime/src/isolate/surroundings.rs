//! What a process finds around it, and what of that is changed to see what depends on it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What a process finds around it.
#[derive(Clone, Debug, Default)]
pub(super) struct Surroundings {
    variables: Vec<(&'static str, String)>,
    folder: Option<PathBuf>,
}

impl Surroundings {
    pub(super) fn put_around<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.envs(self.variables.iter().map(|(name, value)| (*name, value)));
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command
    }

    /// Each part of the surroundings that is changed: what it is called, and how.
    pub(super) fn parts(folder: &Path) -> Vec<(&'static str, Self)> {
        let variables = |variables: &[(&'static str, &str)]| Self {
            variables: variables.iter().map(|(name, value)| (*name, (*value).to_string())).collect(),
            folder: None,
        };
        let home = folder.to_string_lossy();
        vec![
            // Ahead of every zone in use, so that most of the time the date differs as well.
            ("the time zone (TZ)", variables(&[("TZ", "XYZ-15:45")])),
            ("the language (LANG, LC_ALL)", variables(&[("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")])),
            ("the home folder (HOME)", variables(&[("HOME", &home), ("XDG_CONFIG_HOME", &home)])),
            ("the user (USER)", variables(&[("USER", "somebody"), ("LOGNAME", "somebody")])),
            ("the terminal (TERM, NO_COLOR, COLUMNS)", {
                variables(&[("TERM", "dumb"), ("NO_COLOR", "1"), ("COLUMNS", "43")])
            }),
            ("the folder it runs in", Self { folder: Some(folder.to_path_buf()), ..Self::default() }),
        ]
    }

    pub(super) fn all(parts: &[(&'static str, Self)]) -> Self {
        let mut all = Self::default();
        for (_, part) in parts {
            all.variables.extend(part.variables.iter().cloned());
            all.folder = all.folder.or_else(|| part.folder.clone());
        }
        all
    }
}
