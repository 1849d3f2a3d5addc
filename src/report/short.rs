//! Texts without the folders of whoever makes a report: its page may be sent to others.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use nn_core::{shown::plain, user_dirs};
use serde_json::Value;

/// Before the rest of a long path on Windows.
const VERBATIM: &str = r"\\?\";
/// Instead of a folder of which a text says no more.
const FOLDER: &str = "a folder";
/// Instead of the user's.
const HOME: &str = "~";

/// Shortens every text of a report that may hold a path.
#[derive(Debug)]
pub struct Shortener {
    /// The model's name, without a folder.
    name: String,
    /// The model as it was named, where that has a folder.
    named: Option<String>,
    /// Full paths of folders that nobody else knows, the longest first, and what stands in for each.
    folders: Vec<(String, &'static str)>,
}

impl Shortener {
    /// For a report on this model.
    pub fn new(file: &Path) -> Self {
        let name = plain(&file.file_name().unwrap_or(file.as_os_str()).to_string_lossy());
        let named = Some(plain(&file.to_string_lossy())).filter(|named| *named != name);
        let shortener = Self { name, named, folders: Vec::new() };
        let parent = |path: PathBuf| path.parent().map(Path::to_owned);
        let full = std::path::absolute(file).ok().and_then(parent);
        // A link may lead to it.
        let real = file.canonicalize().ok().and_then(parent);
        let shortener = full.into_iter().chain(real).fold(shortener, |all, folder| all.with(&folder, ""));
        // Where a library is looked for.
        let tool = std::env::current_exe().ok().and_then(parent);
        let here = std::env::current_dir().ok();
        let shortener = here.into_iter().chain(tool).fold(shortener, |all, folder| all.with(&folder, ""));
        user_dirs::home().into_iter().fold(shortener, |all, folder| all.with(&folder, HOME))
    }

    /// The same without this folder, which is gone later.
    pub fn without(self, folder: &Path) -> Self {
        let real = folder.canonicalize().ok();
        let shortener = self.with(folder, "");
        real.into_iter().fold(shortener, |all, folder| all.with(&folder, ""))
    }

    fn with(mut self, folder: &Path, instead: &'static str) -> Self {
        let is_root = folder.parent().is_none();
        for form in forms(&folder.to_string_lossy()) {
            if folder.is_absolute() && !is_root && self.folders.iter().all(|(known, _)| *known != form) {
                self.folders.push((form, instead));
            }
        }
        self.folders.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
        self
    }

    /// The model's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A text without folders, fit for a line.
    pub fn line(&self, text: &str) -> String {
        let text =
            self.folders.iter().fold(text.to_owned(), |text, (folder, instead)| cut(&text, folder, instead));
        let named = self.named.as_deref().map(forms).unwrap_or_default();
        named.iter().fold(plain(&text), |text, named| text.replace(named, &self.name))
    }

    /// A line about the model itself, whose name need not begin it.
    pub fn about(&self, text: &str) -> String {
        let line = self.line(text);
        let rest = line.strip_prefix(&self.name).and_then(|rest| rest.strip_prefix(": "));
        rest.map_or(line.clone(), str::to_owned)
    }

    /// The same for every text of a document.
    pub fn document(&self, value: &mut Value) {
        match value {
            Value::String(line) => *line = self.line(line),
            Value::Array(values) => values.iter_mut().for_each(|value| self.document(value)),
            Value::Object(entries) => entries.values_mut().for_each(|value| self.document(value)),
            _ => {}
        }
    }
}

/// How texts may write a path: as it is, as a line, without what only Windows reads, with slashes.
fn forms(path: &str) -> Vec<String> {
    let mut forms = vec![path.to_owned(), plain(path)];
    let longer = |forms: &Vec<String>, other: fn(&String) -> Option<String>| {
        [forms.clone(), forms.iter().filter_map(other).collect()].concat()
    };
    forms = longer(&forms, |form| form.strip_prefix(VERBATIM).map(str::to_owned));
    if cfg!(windows) {
        forms = longer(&forms, |form| Some(form.replace('\\', "/")));
    }
    forms
}

/// A text without a folder, wherever that stands as a folder.
fn cut(text: &str, folder: &str, instead: &str) -> String {
    let is_separator = |c: char| c == '/' || c == MAIN_SEPARATOR;
    let goes_on = |c: char| c.is_alphanumeric() || "-_.~".contains(c);
    let (mut short, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(folder) {
        let (before, after) = (&rest[..at], &rest[at + folder.len()..]);
        short.push_str(before);
        let is_part = short.ends_with(goes_on) || after.starts_with(goes_on);
        rest = match after.strip_prefix(is_separator) {
            _ if is_part => {
                short.push_str(folder);
                after
            }
            Some(below) if instead.is_empty() => below,
            None if instead.is_empty() => {
                short.push_str(FOLDER);
                after
            }
            _ => {
                short.push_str(instead);
                after
            }
        };
    }
    short + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_left_out_and_all_else_stays() {
        let shortener =
            Shortener::new(Path::new("/home/her/models/voice.ts")).without(Path::new("/somewhere/.nn-1"));
        for (text, short) in [
            ("/home/her/models/voice.ts: it hangs", "voice.ts: it hangs"),
            ("'/home/her/models/voice.ts' and /somewhere/.nn-1/a.wav", "'voice.ts' and a.wav"),
            ("/home/her/models: no such folder", "a folder: no such folder"),
            (
                "/home/her/modelsets/x and /data/home/her/models/x",
                "/home/her/modelsets/x and /data/home/her/models/x",
            ),
            ("1/2 of 48000 Hz", "1/2 of 48000 Hz"),
        ] {
            assert_eq!(shortener.line(text), short);
        }
        assert_eq!(shortener.about("/home/her/models/voice.ts: it hangs"), "it hangs");
    }

    #[test]
    fn a_model_that_was_named_from_here_is_named_without_its_folder() {
        let shortener = Shortener::new(Path::new("hers/voice.ts"));
        let full = std::path::absolute("hers/voice.ts").expect("a path");
        for text in ["hers/voice.ts: it hangs", &format!("{}: it hangs", full.display())] {
            assert_eq!(shortener.line(text), "voice.ts: it hangs");
        }
        let below = std::env::current_dir().expect("a folder").join("lib");
        assert_eq!(shortener.line(&below.display().to_string()), "lib");
    }
}
