//! What every command about a package does first: reads it, as far as the plan, and shows the faults.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use constraints_wire::ExitCode;

use crate::depends::Part;
use crate::emit::{self, Earlier};
use crate::graph::ConstraintGraph;
use crate::kinds;
use crate::make::{Made, make, remake};
use crate::model::{self, Code, Fault, Faults, FileId, Id, Model, Scope, Sources, Span, is_about};
use crate::report::{Log, faults};
use crate::resolve::{CrateFacts, Member, Workspace, fan_out, gather_some};
use crate::reuse;
use crate::write::{WriteError, Written, write, write_some};

use super::common::Common;
use super::progress::Progress;
use super::{CliError, Output, kept};

/// Folder of the declarations, below the root of the package.
pub(super) const FOLDER: &str = "constraints";

/// Files in it that declare no constraints.
const OTHERS: [&str; 2] = [SETTINGS, WAIVERS];

/// The file that says how far tests search and how they are run.
const SETTINGS: &str = "settings.toml";

/// The file that says which red constraints are excused.
const WAIVERS: &str = "waivers.toml";

/// Folder in it that declares none.
const WITNESSES: &str = "witnesses";

/// A package, read.
#[derive(Debug)]
pub(super) struct Loaded {
    /// All files that spans point into.
    pub(super) sources: Sources,
    /// The crate.
    pub(super) facts: CrateFacts,
    /// The declarations.
    pub(super) model: Model,
    /// The declarations as a graph.
    pub(super) graph: ConstraintGraph,
    faults: Faults,
}

/// Reads the package and its declarations.
pub(super) fn load(common: &Common) -> Result<Loaded, CliError> {
    load_as(common, None)
}

/// Reads a part of the package: some namespaces with all that they refer to, and the sources that those need.
///
/// What is wrong between declarations is not judged by a part of them.
pub(super) fn load_part(common: &Common, part: &Part) -> Result<Loaded, CliError> {
    load_as(common, Some(part))
}

fn load_as(common: &Common, part: Option<&Part>) -> Result<Loaded, CliError> {
    let _progress = Progress::start("reading the package");
    let member = member(common)?;
    let mut sources = Sources::default();
    let files = part.and_then(|part| part.files.as_ref());
    let facts = gather_some(&member, &|path| files.is_none_or(|files| files.contains(path)), &mut sources)?;
    let namespaces = part.map(|part| &part.namespaces);
    let (files, mut faults) = declarations(&member, &facts, namespaces, &mut sources)?;
    let of_waivers = beside(&facts.root, "", WAIVERS, &mut sources, &mut faults)?;
    let of_settings = settings(&facts, &mut sources, &mut faults)?;
    let mut loaded = read(sources, facts, &files);
    loaded.faults.extend(faults);
    for file in of_settings {
        let (settings, faults) = model::settings(&loaded.sources, file, &kinds::about_all(), &loaded.model);
        loaded.model.settings = settings.over(std::mem::take(&mut loaded.model.settings));
        loaded.faults.extend(faults);
    }
    if let Some(file) = of_waivers {
        let (waivers, faults) = model::waivers(&loaded.sources, file, &loaded.model);
        loaded.model.waivers = waivers;
        loaded.faults.extend(faults);
    }
    Ok(loaded)
}

/// The stages up to the graph.
pub(super) fn read(sources: Sources, facts: CrateFacts, files: &[(String, FileId)]) -> Loaded {
    let (mut model, mut faults) = model::read(&sources, files, &kinds::about_all());
    faults.extend(fan_out(&mut model, &facts, &sources));
    let facts = facts.with_files_of(&model);
    let (graph, of_graph) = ConstraintGraph::build(&model);
    faults.extend(of_graph);
    Loaded { sources, facts, model, graph, faults }
}

impl Loaded {
    /// The stages from binding to the files; or, after showing why, the exit code of a refusal.
    ///
    /// Faults that refuse nothing are left to the commands that are about them.
    pub(super) fn plan(&self, output: &Output) -> Result<Made, ExitCode> {
        let planned = {
            let _progress = Progress::start("making the tests");
            self.plan_quietly()
        };
        planned.map_err(|refusal| {
            output.faults(&refusal, &self.sources);
            if output.is_json() {
                output.json(&faults::json(&refusal, &self.sources));
            } else if output.is_sarif() {
                output.json(&self.log(&refusal).json());
            }
            ExitCode::Refused
        })
    }

    /// Faults as the beginning of a SARIF log.
    pub(super) fn log(&self, faults: &[Fault]) -> Log {
        Log::default().faults(&faults::data(faults, &self.sources).faults)
    }

    /// The same without a word: the faults of a refusal are the error.
    pub(super) fn plan_quietly(&self) -> Result<Made, Vec<Fault>> {
        let earlier = self.earlier(|_| true);
        make(&self.model, &self.graph, &self.facts, &self.sources, self.faults.clone(), &earlier)
    }

    /// The tests of some namespaces of a part; nothing where anything is to be said.
    pub(super) fn replan(&self, namespaces: &BTreeSet<String>) -> Option<Made> {
        if self.faults.refuse() {
            return None;
        }
        let of_tests = |path: &str| {
            let below = path.strip_prefix(emit::FOLDER)?.strip_prefix('/')?.strip_suffix(".rs")?;
            Some(below.replace('/', "."))
        };
        let earlier = self.earlier(|path| of_tests(path).is_some_and(|name| namespaces.contains(&name)));
        remake(&self.model, &self.graph, &self.facts, &self.sources, namespaces, &earlier).ok()
    }

    /// What a run before wrote in those of its files that are wanted, by their paths.
    fn earlier(&self, is_wanted: impl Fn(&str) -> bool) -> Earlier {
        reuse::load(&self.items(), &self.facts.root, &kept::tool(), is_wanted)
    }

    /// Makes `generated/` what was planned.
    pub(super) fn write(&self, planned: &Made) -> Result<Written, WriteError> {
        let written = write(&self.facts.root, &planned.files)?;
        // Without it the next run takes longer, and that is all.
        let _ = reuse::save(&self.items(), &planned.files, &kept::tool());
        Ok(written)
    }

    /// Writes the files of a part beside the others.
    pub(super) fn write_part(&self, planned: &Made) -> Result<Written, WriteError> {
        let written = write_some(&self.facts.root, &planned.files)?;
        let _ = reuse::renew(&self.items(), &planned.files, &kept::tool());
        Ok(written)
    }

    /// The file that says where the items of the tests stand.
    fn items(&self) -> PathBuf {
        kept::place("items", &self.facts.target_directory, &self.facts.root)
    }
}

/// The one of that id, or the only one of that short name.
pub(super) fn find<'i>(what: &str, ids: &[&'i Id]) -> Option<&'i Id> {
    let mut short = ids.iter().filter(|id| id.name() == what);
    let whole = ids.iter().find(|id| id.as_str() == what);
    whole.or_else(|| short.next().filter(|_| short.next().is_none())).copied()
}

impl Output {
    /// Shows faults to people; machines get them in the document of the command.
    pub(super) fn faults(&self, faults: &[Fault], sources: &Sources) {
        if !self.is_json() && !self.is_sarif() && !faults.is_empty() {
            self.note(faults::human(faults, sources, self.colors_notes()).trim_end());
        }
    }
}

/// The package that a command is about.
///
/// If several are meant, they are the error, and the command is run for each of them.
pub(super) fn member(common: &Common) -> Result<Member, CliError> {
    if let Some(member) = &common.member {
        return Ok(member.clone());
    }
    let mut members = Workspace::ask(common.manifest_path.as_deref())?.choose(&common.choice())?;
    if members.len() == 1 { Ok(members.remove(0)) } else { Err(CliError::Several(members)) }
}

/// Adds the file `name` beside the declarations below `root` to the sources, if there is one; `up` leads there.
fn beside(
    root: &Path,
    up: &str,
    name: &str,
    sources: &mut Sources,
    faults: &mut Faults,
) -> Result<Option<FileId>, CliError> {
    let path = root.join(FOLDER).join(name);
    if !path.is_file() {
        return Ok(None);
    }
    add(path, format!("{up}{FOLDER}/{name}"), sources, faults).map(Some)
}

/// Adds a file to the sources under the name `shown`; where it is not text, that is a fault at the first such place.
fn add(path: PathBuf, shown: String, sources: &mut Sources, faults: &mut Faults) -> Result<FileId, CliError> {
    let bytes = fs::read(&path).map_err(|source| CliError::Read { path, source })?;
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(sources.add(shown, text)),
        Err(error) => error,
    };
    let start = error.utf8_error().valid_up_to();
    // What is text is read all the same, so that nothing else is said to be missing.
    let file = sources.add(shown, String::from_utf8_lossy(error.as_bytes()).into_owned());
    let place = Span { file, start, end: start + char::REPLACEMENT_CHARACTER.len_utf8() };
    faults.push(
        Fault::error(Code::Syntax, place, "the file is not valid UTF-8".to_owned())
            .label("this is not text")
            .help("save it as UTF-8"),
    );
    Ok(file)
}

/// Adds the settings to the sources: those of the workspace, then those of the package.
fn settings(facts: &CrateFacts, sources: &mut Sources, faults: &mut Faults) -> Result<Vec<FileId>, CliError> {
    let up = facts.path_of_workspace().filter(|_| facts.root != facts.workspace);
    let above = match up {
        Some(up) => beside(&facts.workspace, &up, SETTINGS, sources, faults)?,
        None => None,
    };
    let own = beside(&facts.root, "", SETTINGS, sources, faults)?;
    Ok(above.into_iter().chain(own).collect())
}

/// Files of declarations, each with its namespace.
type Files = Vec<(String, FileId)>;

/// Adds the files of declarations that are about the package to the sources: its own, and those of the workspace.
///
/// If only some are `wanted`, it is those and all that they refer to.
fn declarations(
    member: &Member,
    facts: &CrateFacts,
    wanted: Option<&BTreeSet<String>>,
    sources: &mut Sources,
) -> Result<(Files, Faults), CliError> {
    let (mut files, mut faults) = (Vec::new(), Faults::default());
    let package = member.name();
    let is_root = facts.root == facts.workspace;
    let own = Scope { package, members: is_root.then(|| member.members()), default: Some(package) };
    let mut folders = vec![(facts.root.join(FOLDER), FOLDER.to_owned(), own)];
    if !is_root && let Some(up) = facts.path_of_workspace() {
        let scope = Scope { package, members: Some(member.members()), default: member.at_root() };
        folders.push((facts.workspace.join(FOLDER), format!("{up}{FOLDER}"), scope));
    }
    let mut found: Vec<Declared> = Vec::new();
    for (at, (folder, ..)) in folders.iter().enumerate() {
        let mut paths = Vec::new();
        if folder.is_dir() {
            walk(folder, "", &mut paths)?;
        }
        paths.sort();
        found.extend(paths.into_iter().map(|path| Declared { at, whole: folder.join(&path), path }));
    }
    if let Some(wanted) = wanted {
        found = with_all_they_name(found, wanted);
    }
    for Declared { at, path, whole } in found {
        let (_, shown, scope) = &folders[at];
        let namespace = namespace(&path);
        let file = add(whole, format!("{shown}/{path}"), sources, &mut faults)?;
        let (is_about, of_scope) = is_about(sources, file, *scope);
        faults.extend(of_scope);
        if is_about {
            files.push((namespace, file));
        }
    }
    Ok((files, faults))
}

/// The namespace of the declarations at a path below their folder.
fn namespace(path: &str) -> String {
    path.trim_end_matches(".toml").replace('/', ".")
}

/// A file of declarations.
struct Declared {
    /// Which of the folders it is below, and its path there.
    at: usize,
    path: String,
    whole: PathBuf,
}

/// Those that hold `wanted` namespaces, and such as they refer to.
///
/// An id of another file is its namespace with a name, and stands between quotes; more than are needed do no harm.
fn with_all_they_name(mut found: Vec<Declared>, wanted: &BTreeSet<String>) -> Vec<Declared> {
    let mut known: BTreeMap<String, Vec<&Path>> = BTreeMap::new();
    for file in &found {
        known.entry(namespace(&file.path)).or_default().push(&file.whole);
    }
    let mut open: Vec<&String> = known.keys().filter(|name| wanted.contains(*name)).collect();
    let mut kept: BTreeSet<String> = open.iter().copied().cloned().collect();
    while let Some(name) = open.pop() {
        for path in &known[name] {
            // What cannot be read is told by who adds it.
            let text = fs::read_to_string(path).unwrap_or_default();
            for quoted in text.split(['"', '\'']) {
                let id = quoted.split_once('@').map_or(quoted, |(family, _)| family);
                let named = id.rsplit_once('.').and_then(|(namespace, _)| known.get_key_value(namespace));
                if let Some((name, _)) = named
                    && kept.insert(name.clone())
                {
                    open.push(name);
                }
            }
        }
    }
    found.retain(|file| kept.contains(&namespace(&file.path)));
    found
}

/// Paths of the declaration files below `folder`, with `/`, relative to the folder of all declarations.
fn walk(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> Result<(), CliError> {
    let failed = |source| CliError::Read { path: PathBuf::from(folder), source };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let is_folder = entry.path().is_dir();
        if is_folder && path != WITNESSES {
            walk(&entry.path(), &format!("{path}/"), paths)?;
        } else if !is_folder
            && entry.path().extension().is_some_and(|it| it == "toml")
            && !OTHERS.contains(&path.as_str())
        {
            paths.push(path);
        }
    }
    Ok(())
}
