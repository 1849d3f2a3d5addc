//! From a typed name to a model's file: which files a name may mean. The host knows where to search for them.

use std::path::{Component, Path, PathBuf, is_separator};

use nn_model::{
    ModelLocation, ModelSource,
    shown::{self, shortened},
};
use nn_process::user_dirs;

/// How many characters of a name a line on a console shows at most.
const MOST_SHOWN: usize = 200;

/// The host's search path. A function from a file name to a full path is one, without a list of its folders.
///
/// Thread: main.
pub trait SearchPath {
    /// The full path of a file, if a folder of the search path has it.
    fn find(&self, file: &str) -> Option<PathBuf>;

    /// The folders that are searched, in order, as a user would call them.
    fn searched(&self) -> Vec<String> {
        Vec::new()
    }

    /// Which inlets and outlets the patch that is being opened connects to the box that is being created; `None` if
    /// the host does not tell. Called only if the model does not say how many the box has.
    fn connected(&self) -> Option<Ports> {
        None
    }
}

/// How many inlets and outlets the connections of a patch need; `None` where there are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ports {
    /// Signal inlets.
    pub inlets: Option<usize>,
    /// Signal outlets, without the information outlet, which is the last.
    pub outlets: Option<usize>,
}

impl Ports {
    /// The larger number of each.
    ///
    /// Thread: any.
    #[must_use]
    pub fn or_more(self, other: Self) -> Self {
        Self { inlets: self.inlets.max(other.inlets), outlets: self.outlets.max(other.outlets) }
    }
}

impl<F: Fn(&str) -> Option<PathBuf>> SearchPath for F {
    fn find(&self, file: &str) -> Option<PathBuf> {
        self(file)
    }
}

/// Looks up a file name in the host's search path.
pub type Find<'a> = &'a dyn SearchPath;

/// No file of that name in the search path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no model '{name}': {cure}")]
pub struct NoFile {
    /// The name, shortened for a console.
    pub name: String,
    /// Which file is missing, or what to do.
    pub cure: String,
}

/// Where the model is that a typed name means: at that address, or the file with the ending of a format added, in the order
/// of the formats, then as it is.
///
/// Thread: main.
///
/// # Errors
/// [`NoFile`] when no place has it.
pub fn model(name: &str, source: &dyn ModelSource, find: Find<'_>) -> Result<ModelLocation, NoFile> {
    if source.takes_address(name) {
        return Ok(ModelLocation::Address(name.to_owned()));
    }
    let mut extensions = source.extensions();
    // Programs are called by their whole names.
    if Path::new(name).extension().is_some() && source.is_program(&ModelLocation::from(name)) {
        extensions.clear();
    }
    let path = candidates(name, &extensions).iter().find_map(|candidate| find.find(candidate));
    path.map(ModelLocation::File).ok_or_else(|| no_file(name, &extensions, find))
}

/// The most folders that an error names.
const MOST_FOLDERS: usize = 16;

/// Folders for a line, each once.
fn listed(folders: Vec<String>) -> String {
    let mut named: Vec<String> = Vec::new();
    for folder in folders {
        if !named.contains(&folder) {
            named.push(folder);
        }
    }
    let more = named.len().saturating_sub(MOST_FOLDERS);
    named.truncate(MOST_FOLDERS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    named.join(", ") + &more
}

/// Says which file was looked for, and where.
fn no_file(name: &str, extensions: &[&str], find: Find<'_>) -> NoFile {
    let plain = Some(name.trim_end_matches(is_separator)).filter(|plain| !plain.is_empty()).unwrap_or(name);
    let file = shortened(&candidates(plain, extensions)[0], MOST_SHOWN);
    let cure = match named_outright(name) {
        _ if is_address(name) => {
            "models are not loaded from addresses: download the file, then give its name or its path \
             (get_available_models lists what the box downloads by itself)"
                .to_owned()
        }
        Some(path) if path.exists() => {
            let endings: Vec<_> = extensions.iter().map(|extension| format!(".{extension}")).collect();
            let endings =
                if endings.is_empty() { String::new() } else { format!(" ({})", endings.join(", ")) };
            format!("it is not a file, give the path of a model{endings}")
        }
        Some(_) => format!("there is no file {file}, give the path of one that is there"),
        None => match no_plain_file(name, extensions, find) {
            Some((path, what)) => format!(
                "{} is {what} and no file: give the name of a model, or the path of one",
                shortened(&shown::path(&path), MOST_SHOWN)
            ),
            None => {
                let folders = listed(find.searched());
                let searched =
                    if folders.is_empty() { folders } else { format!(" (it was looked for in {folders})") };
                format!(
                    "put {file} beside the patch, into a folder of the search path, or give the full path{searched}"
                )
            }
        },
    };
    NoFile { name: shortened(name, MOST_SHOWN), cure }
}

/// Whether a name is that of something on a server, or a file written as an address.
fn is_address(name: &str) -> bool {
    name.split_once("://").is_some_and(|(scheme, _)| {
        scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// What has that name in a folder that was searched, and cannot be a model.
fn no_plain_file(name: &str, extensions: &[&str], find: Find<'_>) -> Option<(PathBuf, &'static str)> {
    let mut with_an_ending = candidates(name, extensions);
    if with_an_ending.len() > 1 {
        // The last is the name as it is, which folders may well bear.
        with_an_ending.pop();
    }
    find.searched().iter().map(|place| folder(place)).find_map(|folder| {
        with_an_ending.iter().map(|file| folder.join(file)).find_map(|path| {
            let kind = std::fs::metadata(&path).ok()?.file_type();
            let what = if kind.is_dir() { "a folder" } else { "a pipe, a socket or a device" };
            (!kind.is_file()).then_some((path, what))
        })
    })
}

/// The path that a name is by itself: an absolute one, or `~/…`, a file below the user's home. `None` for a name to
/// search for.
///
/// On Windows one that begins at the root of the current drive (`/a`) or at a drive (`C:a`) too: in a folder that is searched
/// it would be the same.
///
/// Thread: any but audio.
pub fn named_outright(name: &str) -> Option<PathBuf> {
    let begins_somewhere =
        |path: &&Path| matches!(path.components().next(), Some(Component::Prefix(_) | Component::RootDir));
    home(name).or_else(|| Some(Path::new(name)).filter(begins_somewhere).map(Path::to_owned))
}

/// `~/…` is a file below the user's home.
///
/// Thread: any but audio.
pub fn home(name: &str) -> Option<PathBuf> {
    let rest = name.strip_prefix('~').and_then(|rest| rest.strip_prefix(is_separator))?;
    user_dirs::home().map(|home| home.join(rest))
}

/// The folder that a search path names: `~` is the user's home, and `~/…` is below it.
///
/// Thread: any but audio.
pub fn folder(path: &str) -> PathBuf {
    let in_the_home = if path == "~" { user_dirs::home() } else { home(path) };
    in_the_home.unwrap_or_else(|| path.into())
}

/// The names under which a typed model name is looked for.
fn candidates(name: &str, extensions: &[&str]) -> Vec<String> {
    let has = |known: &&str| {
        Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case(known))
    };
    let as_it_is = std::iter::once(name.to_owned());
    if extensions.iter().any(has) {
        return as_it_is.collect();
    }
    extensions.iter().map(|extension| format!("{name}.{extension}")).chain(as_it_is).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::FORMATS;

    #[test]
    fn a_script_is_called_by_its_whole_name() {
        let asked = std::cell::RefCell::new(Vec::new());
        let find = |name: &str| {
            asked.borrow_mut().push(name.to_owned());
            None
        };
        let error = model("effect.py", &FORMATS, &find).expect_err("it is not there").to_string();
        assert_eq!(asked.take(), ["effect.py"]);
        assert!(error.starts_with("no model 'effect.py': put effect.py beside the patch"), "{error}");
        let _missing = model("effect", &FORMATS, &find);
        assert!(!asked.take().iter().any(|name| name.ends_with(".py")));
    }

    #[test]
    fn a_name_is_looked_for_with_and_without_its_extension() {
        let (one, two) = (["ts"], ["ts", "nm"]);
        assert_eq!(candidates("rave", &one), ["rave.ts", "rave"]);
        assert_eq!(candidates("rave.v2", &one), ["rave.v2.ts", "rave.v2"]);
        assert_eq!(candidates("rave.ts", &one), ["rave.ts"]);
        assert_eq!(candidates("folder/RAVE.TS", &one), ["folder/RAVE.TS"]);
        assert_eq!(candidates("rave", &two), ["rave.ts", "rave.nm", "rave"]);
        assert_eq!(candidates("rave.nm", &two), ["rave.nm"]);
        assert_eq!(candidates("rave", &[]), ["rave"]);
    }

    #[test]
    fn what_is_missing_is_called_by_the_name_of_its_file() {
        let cure = |name: &str| model(name, &FORMATS, &|_: &str| None).expect_err("nothing is found").cure;
        for (name, file) in
            [("808", "808.ts"), ("808.ts", "808.ts"), ("a/b", "a/b.ts"), ("codec.ts/", "codec.ts")]
        {
            assert!(cure(name).starts_with(&format!("put {file} beside the patch, ")), "{}", cure(name));
        }
        let here = std::env::current_dir().unwrap();
        assert_eq!(cure("/"), "it is not a file, give the path of a model (.ts, .nm)");
        for (name, file) in [("no", "no.ts"), ("no.ts", "no.ts")] {
            let (name, file) = (here.join(name).display().to_string(), here.join(file).display().to_string());
            assert!(cure(&name).starts_with(&format!("there is no file {file}, ")), "{}", cure(&name));
        }
    }

    #[test]
    fn addresses_and_what_is_no_file_are_called_what_they_are() {
        struct Host(PathBuf);
        impl SearchPath for Host {
            fn find(&self, _: &str) -> Option<PathBuf> {
                None
            }
            fn searched(&self) -> Vec<String> {
                vec!["/nowhere at all".into(), self.0.display().to_string()]
            }
        }
        let place = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(place.path().join("a.ts")).expect("a folder");
        std::fs::create_dir_all(place.path().join("b")).expect("a folder");
        let host = Host(place.path().into());
        let line = |name: &str| model(name, &FORMATS, &host).expect_err("nothing is found").to_string();
        for name in ["grpcs://host/x.ts", "https://example.org/a.ts", "file:///tmp/x.ts"] {
            let wanted =
                format!("no model '{name}': models are not loaded from addresses: download the file");
            assert!(line(name).starts_with(&wanted), "{}", line(name));
        }
        for name in ["a", "a.ts"] {
            assert!(line(name).contains("a.ts is a folder and no file: "), "{}", line(name));
        }
        // A folder of models may well be called as one of them.
        for name in ["b", "c", "://e"] {
            assert!(line(name).contains(" beside the patch, "), "{}", line(name));
        }
        let a_drive = if cfg!(windows) { "there is no file C:/d.ts" } else { "put C:/d.ts beside the patch" };
        assert!(line("C:/d").contains(a_drive), "{}", line("C:/d"));
    }

    #[test]
    fn the_folders_that_were_searched_are_named_once_and_in_order() {
        struct Host(usize);
        impl SearchPath for Host {
            fn find(&self, _: &str) -> Option<PathBuf> {
                None
            }
            fn searched(&self) -> Vec<String> {
                (0..self.0).flat_map(|n| [format!("/{n}"), "/0".into()]).collect()
            }
        }
        let line = |folders| model("a", &FORMATS, &Host(folders)).expect_err("nothing is found").to_string();
        assert!(line(3).ends_with("or give the full path (it was looked for in /0, /1, /2)"), "{}", line(3));
        assert!(line(20).ends_with(", /15 and 4 more)"), "{}", line(20));
        assert!(line(0).ends_with("or give the full path"), "{}", line(0));
    }

    #[test]
    fn a_search_path_may_be_the_home_itself() {
        assert_eq!(Some(folder("~")), std::env::home_dir());
        assert_eq!(Some(folder("~/b")), std::env::home_dir().map(|home| home.join("b")));
        assert_eq!([folder("a"), folder("/a"), folder("~a")], ["a", "/a", "~a"].map(PathBuf::from));
    }

    #[test]
    fn absolute_names_and_those_in_the_home_are_paths_by_themselves() {
        let here = std::env::current_dir().unwrap().join("a.ts");
        assert_eq!(named_outright(here.to_str().unwrap()), Some(here));
        assert_eq!(named_outright("~/b/c.ts"), std::env::home_dir().map(|home| home.join("b/c.ts")));
        assert_eq!(named_outright("/b/c.ts"), Some("/b/c.ts".into()));
        for name in ["a.ts", "a/b", "~", "~a/b", "./a", "../a", ""] {
            assert_eq!(named_outright(name), None, "{name}");
        }
    }

    #[test]
    fn windows_has_drives_shares_and_two_separators() {
        for name in ["C:/a.ts", r"C:\a.ts", "C:a.ts", r"\a.ts", r"\\server\share\a.ts", "//server/share/a.ts"]
        {
            let path = (cfg!(windows) || name.starts_with('/')).then(|| PathBuf::from(name));
            assert_eq!(named_outright(name), path, "{name}");
        }
        let below_home = cfg!(windows).then(|| std::env::home_dir().map(|home| home.join("a.ts"))).flatten();
        assert_eq!(named_outright(r"~\a.ts"), below_home);
        if cfg!(windows) {
            let cure = model(r"b\c\", &FORMATS, &|_: &str| None).expect_err("nothing is found").cure;
            assert!(cure.starts_with(r"put b\c.ts beside the patch, "), "{cure}");
        }
    }
}
