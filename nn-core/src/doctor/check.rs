//! One thing that was looked at: its state in words, with a cure where it needs one.
//!
//! Thread: any but audio.

use std::path::Path;

use crate::info::Tree;
use nn_process::user_dirs;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// As it should be.
    Fine,
    /// It plays, and something could be better.
    Warning,
    /// It keeps models from playing.
    Fault,
}

impl State {
    /// Its word on a console.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fine => "ok",
            Self::Warning => "warning",
            Self::Fault => "FAULT",
        }
    }

    /// Its word for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Warning => "warning",
            Self::Fault => "fault",
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Its key for programs.
    pub name: &'static str,
    /// How it is.
    pub state: State,
    /// What was found.
    pub text: String,
    /// What to do, unless it is fine.
    pub cure: Option<String>,
    /// The same for programs, by key.
    pub facts: Vec<(String, Tree)>,
}

impl Check {
    /// It is as it should be.
    pub fn fine(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, state: State::Fine, text: text.into(), cure: None, facts: Vec::new() }
    }

    /// It could be better.
    pub fn warning(name: &'static str, text: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { state: State::Warning, cure: Some(cure.into()), ..Self::fine(name, text) }
    }

    /// It keeps models from playing.
    pub fn fault(name: &'static str, text: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { state: State::Fault, cure: Some(cure.into()), ..Self::fine(name, text) }
    }

    /// With a fact for programs.
    #[must_use]
    pub fn with(mut self, key: &str, value: Tree) -> Self {
        self.facts.push((key.to_owned(), value));
        self
    }

    /// With a fact that is not always known.
    #[must_use]
    pub fn with_any(self, key: &str, value: Option<Tree>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// What people read as its name.
    pub fn title(&self) -> String {
        self.name.replace('_', " ")
    }

    /// For a console: all of it in one line.
    pub fn line(&self) -> String {
        let state =
            if self.state == State::Fine { String::new() } else { format!("{}: ", self.state.word()) };
        let cure = self.cure.as_ref().map(|cure| format!(". Cure: {cure}")).unwrap_or_default();
        format!("{}: {state}{}{cure}", self.title(), self.text)
    }

    /// Its keys for programs.
    pub(super) fn tree(&self) -> Tree {
        let words =
            [("state", Some(self.state.key())), ("text", Some(&self.text)), ("cure", self.cure.as_deref())];
        let words = words.into_iter().filter_map(|(key, text)| Some((key.to_owned(), Tree::text(text?))));
        Tree::Map(words.chain(self.facts.iter().cloned()).collect())
    }
}

/// A path as people read it: `~` is the user's home.
pub fn shown(path: &Path) -> String {
    let home = user_dirs::home().filter(|home| cfg!(unix) && home.parent().is_some());
    match home.and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned)) {
        Some(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
        Some(rest) => format!("~/{}", rest.display()),
        None => path.display().to_string(),
    }
}

/// Bytes as people read them.
pub fn size(bytes: u64) -> String {
    match bytes as f64 {
        bytes if bytes < 1e9 => format!("{:.0} MB", bytes / 1e6),
        bytes if bytes < 1e11 => format!("{:.1} GB", bytes / 1e9),
        bytes => format!("{:.0} GB", bytes / 1e9),
    }
}

/// A number of things.
pub fn several(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_state_and_cure_where_it_is_not_fine() {
        let fine = Check::fine("real_time", "granted").with("granted", Tree::Flag(true));
        assert_eq!(fine.line(), "real time: granted");
        let warning = Check::warning("memory", "little", "close other programs");
        assert_eq!(warning.line(), "memory: warning: little. Cure: close other programs");
        assert_eq!(Check::fault("gain", "silent", "wait").line(), "gain: FAULT: silent. Cure: wait");
        assert_eq!(fine.tree().get(&["state"]), Some(&Tree::text("fine")));
        assert_eq!(
            (fine.tree().get(&["cure"]), fine.tree().get(&["granted"])),
            (None, Some(&Tree::Flag(true)))
        );
        assert_eq!(warning.tree().get(&["cure"]), Some(&Tree::text("close other programs")));
    }

    #[test]
    fn sizes_counts_and_paths_are_short() {
        assert_eq!([5_400_000, 2_340_000_000, 238_000_000_000].map(size), ["5 MB", "2.3 GB", "238 GB"]);
        assert_eq!([0, 1, 2].map(|n| several(n, "model")), ["0 models", "1 model", "2 models"]);
        assert_eq!(shown(Path::new("/a/b")), "/a/b");
        #[cfg(unix)]
        if let Some(home) = user_dirs::home().filter(|home| home.parent().is_some()) {
            assert_eq!([shown(&home), shown(&home.join("a"))], ["~", "~/a"]);
        }
    }
}
