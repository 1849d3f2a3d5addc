//! From a typed name to a model's file: which files a name may mean. Where to look for them is the host's knowledge.

use std::path::{Path, PathBuf};

/// Looks a file name up in the host's places and gives the full path.
pub type Find<'a> = &'a dyn Fn(&str) -> Option<PathBuf>;

/// No file of that name in any place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no model '{name}': {cure}")]
pub struct NoFile {
    /// The name, shortened to what a console bears.
    pub name: String,
    /// Which file is missing, or what is to be done.
    pub cure: String,
}

/// The file that a typed name means: with `.ts` added, then as it is.
///
/// # Errors
/// [`NoFile`] when no place has it.
pub fn model_file(name: &str, find: Find<'_>) -> Result<PathBuf, NoFile> {
    let path = candidates(name).iter().find_map(|candidate| find(candidate));
    path.ok_or_else(|| no_file(name))
}

/// Says which file was looked for.
fn no_file(name: &str) -> NoFile {
    let plain = Some(name.trim_end_matches('/')).filter(|plain| !plain.is_empty()).unwrap_or(name);
    let file = shortened(&candidates(plain)[0]);
    let cure = match named_outright(name) {
        Some(path) if path.exists() => "it is not a file, give the path of a model (.ts)".into(),
        Some(_) => format!("there is no file {file}, give the path of one that is there"),
        None => {
            format!("put {file} beside the patch, into a folder of the search path, or give the full path")
        }
    };
    NoFile { name: shortened(name), cure }
}

/// The path that a name is by itself: an absolute one, or `~/…`, a file below the user's home. `None` for a name that is
/// to be looked for.
pub fn named_outright(name: &str) -> Option<PathBuf> {
    home(name).or_else(|| Some(Path::new(name)).filter(|path| path.is_absolute()).map(Path::to_owned))
}

/// `~/…` is a file below the user's home.
pub fn home(name: &str) -> Option<PathBuf> {
    let rest = name.strip_prefix("~/")?;
    home_folder().map(|home| home.join(rest))
}

/// The folder that a search path names: `~` is the user's home, and `~/…` is below it.
pub fn folder(path: &str) -> PathBuf {
    let in_the_home = if path == "~" { home_folder() } else { home(path) };
    in_the_home.unwrap_or_else(|| path.into())
}

fn home_folder() -> Option<PathBuf> {
    std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from)
}

/// A name for a line on a console, which is not to be all name.
fn shortened(name: &str) -> String {
    const MOST: usize = 200;
    if name.chars().count() <= MOST {
        name.into()
    } else {
        name.chars().take(MOST).chain("...".chars()).collect()
    }
}

/// The names under which a typed model name is looked for.
fn candidates(name: &str) -> Vec<String> {
    let has_extension =
        Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ts"));
    if has_extension { vec![name.to_owned()] } else { vec![format!("{name}.ts"), name.to_owned()] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_looked_for_with_and_without_its_extension() {
        assert_eq!(candidates("rave"), ["rave.ts", "rave"]);
        assert_eq!(candidates("rave.v2"), ["rave.v2.ts", "rave.v2"]);
        assert_eq!(candidates("rave.ts"), ["rave.ts"]);
        assert_eq!(candidates("folder/RAVE.TS"), ["folder/RAVE.TS"]);
    }

    #[test]
    fn what_is_missing_is_called_by_the_name_of_its_file() {
        let cure = |name: &str| model_file(name, &|_| None).expect_err("nothing is found").cure;
        for (name, file) in
            [("808", "808.ts"), ("808.ts", "808.ts"), ("a/b", "a/b.ts"), ("codec.ts/", "codec.ts")]
        {
            assert!(cure(name).starts_with(&format!("put {file} beside the patch, ")), "{}", cure(name));
        }
        let here = std::env::current_dir().unwrap();
        assert_eq!(cure("/"), "it is not a file, give the path of a model (.ts)");
        for (name, file) in [("no", "no.ts"), ("no.ts", "no.ts")] {
            let (name, file) = (here.join(name).display().to_string(), here.join(file).display().to_string());
            assert!(cure(&name).starts_with(&format!("there is no file {file}, ")), "{}", cure(&name));
        }
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
        for name in ["a.ts", "a/b", "~", "~a/b", "./a", "../a", ""] {
            assert_eq!(named_outright(name), None, "{name}");
        }
    }
}
