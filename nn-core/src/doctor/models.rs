//! The models folders: which are there, can be read, and hold how many models.
//!
//! Thread: any but audio.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::check::{Check, several, shown};
use crate::{formats::FORMATS, info::Tree};
use nn_process::user_dirs::{MODELS_VARIABLE, named_models};

/// More entries of one folder are not looked at.
const MOST_ENTRIES: usize = 20_000;

/// What a folder holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// It is not there.
    Missing,
    /// It is there and cannot be read: why.
    Unreadable(String),
    /// So many models.
    Models(usize),
}

/// A folder in which models are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelsFolder {
    /// Who looks there: a host, or `all`.
    pub of: String,
    /// Itself.
    pub path: PathBuf,
    /// What it holds.
    pub content: Content,
}

impl ModelsFolder {
    /// Looks into a folder, without those below it.
    pub fn at(of: &str, path: &Path) -> Self {
        let content = match count(path) {
            Ok(count) => Content::Models(count),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Content::Missing,
            Err(error) => Content::Unreadable(plainly(&error)),
        };
        Self { of: of.to_owned(), path: path.to_owned(), content }
    }
}

/// An error without the system's number.
pub(super) fn plainly(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}

/// How many files bear the ending of a format.
fn count(folder: &Path) -> io::Result<usize> {
    let endings: Vec<_> = FORMATS.extensions().collect();
    let is_model = |path: &Path| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| endings.iter().any(|known| known.eq_ignore_ascii_case(ending)))
    };
    let entries = std::fs::read_dir(folder)?.take(MOST_ENTRIES).flatten();
    Ok(entries.filter(|entry| is_model(&entry.path()) && entry.path().is_file()).count())
}

/// What is said of folders.
pub fn check(folders: &[ModelsFolder]) -> Check {
    check_with(folders, named_models().as_deref())
}

/// `named` is the folder that the environment names.
fn check_with(folders: &[ModelsFolder], named: Option<&Path>) -> Check {
    let (mut texts, mut cures, mut empty, mut missing) = (Vec::new(), Vec::new(), 0, 0);
    for folder in folders {
        let path = shown(&folder.path);
        let of = if folder.of == "all" { String::new() } else { format!("{}: ", folder.of) };
        match &folder.content {
            Content::Models(0) => empty += 1,
            Content::Models(count) => texts.push(format!("{of}{} in {path}", several(*count, "model"))),
            Content::Unreadable(why) => {
                texts.push(format!("{of}{path} cannot be read ({why})"));
                cures.push(format!("give your user the right to read {path}, or move its models elsewhere"));
            }
            Content::Missing if Some(folder.path.as_path()) == named => {
                texts.push(format!("{path} is not there, and {MODELS_VARIABLE} names it"));
                cures.push(format!("make that folder, or remove {MODELS_VARIABLE} from the environment"));
            }
            // Most of them are made when they are needed.
            Content::Missing => missing += 1,
        }
    }
    if texts.is_empty() {
        texts.push("none yet: `nn models list` shows what there is to download".into());
    }
    for (count, what) in [(empty, "without a model"), (missing, "not there")] {
        if count > 0 {
            texts.push(format!("{} {what}", several(count, "folder")));
        }
    }
    let check = if cures.is_empty() {
        Check::fine("models", texts.join("; "))
    } else {
        Check::warning("models", texts.join("; "), cures.join("; "))
    };
    check.with("folders", Tree::List(folders.iter().map(tree).collect()))
}

fn tree(folder: &ModelsFolder) -> Tree {
    let entry = |key: &str, value| (key.to_owned(), value);
    let (exists, readable, models) = match folder.content {
        Content::Missing => (false, false, 0),
        Content::Unreadable(_) => (true, false, 0),
        Content::Models(count) => (true, true, count),
    };
    Tree::Map(vec![
        entry("path", Tree::text(folder.path.display().to_string())),
        entry("of", Tree::text(&folder.of)),
        entry("exists", Tree::Flag(exists)),
        entry("readable", Tree::Flag(readable)),
        entry("models", Tree::count(models as u64)),
    ])
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    fn folder(of: &str, path: &str, content: Content) -> ModelsFolder {
        ModelsFolder { of: of.into(), path: path.into(), content }
    }

    #[test]
    fn files_of_all_formats_are_counted_and_nothing_else() {
        let place = tempfile::tempdir().expect("a folder");
        for name in ["a.ts", "b.TS", "c.nm", "d.txt", "ts"] {
            std::fs::write(place.path().join(name), "").expect("written");
        }
        std::fs::create_dir(place.path().join("e.ts")).expect("a folder");
        assert_eq!(ModelsFolder::at("all", place.path()).content, Content::Models(3));
        assert_eq!(ModelsFolder::at("all", &place.path().join("no")).content, Content::Missing);
        let file = place.path().join("a.ts");
        assert!(matches!(ModelsFolder::at("all", &file).content, Content::Unreadable(_)));
    }

    #[test]
    fn a_folder_that_cannot_be_read_or_that_is_named_and_gone_is_a_warning() {
        let there = folder("Pd", "/p/models", Content::Models(2));
        let locked = folder("all", "/l", Content::Unreadable("permission denied".into()));
        let gone = folder("all", "/g", Content::Missing);
        let none = folder("all", "/n", Content::Models(0));
        let fine = check_with(&[gone.clone(), none.clone(), there, none], None);
        assert_eq!(
            (fine.state, fine.text.as_str()),
            (State::Fine, "Pd: 2 models in /p/models; 2 folders without a model; 1 folder not there")
        );
        let empty = check_with(std::slice::from_ref(&gone), None);
        assert_eq!(empty.state, State::Fine);
        assert!(empty.text.starts_with("none yet: `nn models list`"), "{}", empty.text);
        let bad = check_with(&[gone, locked], Some(Path::new("/g")));
        assert_eq!(bad.state, State::Warning);
        assert_eq!(
            bad.text,
            "/g is not there, and NN_MODELS names it; /l cannot be read (permission denied)"
        );
        let cure = bad.cure.expect("a cure");
        assert!(cure.contains("make that folder") && cure.contains("the right to read /l"), "{cure}");
    }
}
