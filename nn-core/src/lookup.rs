//! From a typed name to a model's file: which files a name may mean. Where to look for them is the host's knowledge.

use std::path::{Path, PathBuf};

/// Looks a file name up in the host's places and gives the full path.
pub type Find<'a> = &'a dyn Fn(&str) -> Option<PathBuf>;

/// No file of that name in any place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no model '{name}': put {name}.ts beside the patch, into a folder of the search path, or give the full path"
)]
pub struct NoFile {
    /// The name, shortened to what a console bears.
    pub name: String,
}

/// The file that a typed name means: with `.ts` added, then as it is.
///
/// # Errors
/// [`NoFile`] when no place has it.
pub fn model_file(name: &str, find: Find<'_>) -> Result<PathBuf, NoFile> {
    let path = candidates(name).iter().find_map(|candidate| find(candidate));
    path.ok_or_else(|| NoFile { name: shortened(name) })
}

/// The path that a name is by itself: an absolute one, or `~/…`, a file below the user's home. `None` for a name that is
/// to be looked for.
pub fn named_outright(name: &str) -> Option<PathBuf> {
    home(name).or_else(|| Some(Path::new(name)).filter(|path| path.is_absolute()).map(Path::to_owned))
}

/// `~/…` is a file below the user's home.
pub fn home(name: &str) -> Option<PathBuf> {
    let rest = name.strip_prefix("~/")?;
    let home = std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" })?;
    Some(PathBuf::from(home).join(rest))
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
    fn absolute_names_and_those_in_the_home_are_paths_by_themselves() {
        let here = std::env::current_dir().unwrap().join("a.ts");
        assert_eq!(named_outright(here.to_str().unwrap()), Some(here));
        assert_eq!(named_outright("~/b/c.ts"), std::env::home_dir().map(|home| home.join("b/c.ts")));
        for name in ["a.ts", "a/b", "~", "~a/b", "./a", "../a", ""] {
            assert_eq!(named_outright(name), None, "{name}");
        }
    }
}
