//! The report: one text file, for the project's issues.
//!
//! Thread: any but audio.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    checks::{CHECKS, INFO, INFO_METHODS},
    outcome::{Outcome, Verdict},
};
use nn_model::shown::plain;
use nn_process::user_dirs;

/// The report's name.
pub const FILE: &str = "nn-selftest-report.txt";

/// The first line; a file that begins otherwise is not ours.
const TITLE: &str = "Report of the self-test of nn~";
/// Where it should go.
const SEND: &str = "Please open an issue with this file on the project's page (the form \"Something does not work in a host\"), \
                    whatever the result: also say which sound card and which settings of audio the host has. It holds no name \
                    of yours but those in the paths below.";

/// All that is in a report.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The host and its version.
    pub host: String,
    /// What boxes have said.
    pub outcomes: Vec<Outcome>,
    /// The methods that `nn.info` has told of the model that it was sent.
    pub heard: Vec<String>,
    /// The doctor's lines.
    pub doctor: Vec<String>,
}

impl Report {
    /// Whether everything has come that is awaited.
    ///
    /// Thread: any but audio.
    pub fn is_complete(&self) -> bool {
        self.heard.len() >= INFO_METHODS.len() && CHECKS.iter().all(|check| self.of(check.name).is_some())
    }

    fn of(&self, name: &str) -> Option<&Outcome> {
        self.outcomes.iter().rev().find(|outcome| outcome.name == name)
    }

    /// An outcome for each check, those that are missing included.
    ///
    /// Thread: any but audio.
    pub fn all(&self) -> Vec<Outcome> {
        let missing = |name: &str| Outcome::new(name, Verdict::Fail, "no answer came from the box");
        let boxes =
            CHECKS.iter().map(|check| self.of(check.name).cloned().unwrap_or_else(|| missing(check.name)));
        boxes.chain([self.info()]).collect()
    }

    fn info(&self) -> Outcome {
        let (heard, should) = (self.heard.join(" "), INFO_METHODS.join(" "));
        if self.heard == INFO_METHODS {
            Outcome::new(INFO, Verdict::Pass, format!("[nn.info] tells the methods of gain: {heard}"))
        } else {
            let text = format!("[nn.info] should tell the methods of gain, {should}, and told: {heard}");
            Outcome::new(INFO, Verdict::Fail, text)
        }
    }

    /// Whether nothing failed.
    ///
    /// Thread: any but audio.
    pub fn passes(&self) -> bool {
        self.all().iter().all(|outcome| outcome.verdict != Verdict::Fail)
    }

    /// The result in one line.
    ///
    /// Thread: any but audio.
    pub fn result(&self) -> String {
        let all = self.all();
        let names = |verdict| {
            let these = all.iter().filter(move |outcome| outcome.verdict == verdict);
            these.map(|outcome| outcome.name.as_str()).collect::<Vec<_>>()
        };
        let (failed, left_out) = (names(Verdict::Fail), names(Verdict::LeftOut));
        let passed = all.len() - failed.len() - left_out.len();
        let mut text = format!("{passed} of {} checks pass", all.len());
        if !left_out.is_empty() {
            text += &format!(", left out: {}", left_out.join(", "));
        }
        if !failed.is_empty() {
            text += &format!(", FAILED: {}", failed.join(", "));
        }
        text
    }

    /// All of it.
    ///
    /// Thread: any but audio.
    pub fn text(&self) -> String {
        let mut lines = vec![
            TITLE.to_owned(),
            String::new(),
            format!("result: {}", self.result()),
            format!("version: {}", env!("CARGO_PKG_VERSION")),
            format!("host: {}", self.host),
            String::new(),
            SEND.to_owned(),
            String::new(),
            "Checks".to_owned(),
            String::new(),
        ];
        lines.extend(
            self.all()
                .iter()
                .map(|Outcome { name, verdict, text }| format!("{:<9} {name:<10} {text}", verdict.word())),
        );
        lines.extend([String::new(), "Doctor".to_owned(), String::new()]);
        lines.extend(self.doctor.iter().cloned());
        lines.iter().map(|line| plain(line) + "\n").collect()
    }

    /// Writes it: into the user's home, or else beside the patch, or into the folder for temporary files. An older report is
    /// replaced, another file of that name never.
    ///
    /// Thread: any but audio.
    ///
    /// # Errors
    /// Why none of these takes it.
    pub fn write(&self, patch_folder: Option<&Path>) -> Result<PathBuf, String> {
        let temporary = std::env::temp_dir();
        let places = user_dirs::home().into_iter().chain(patch_folder.map(Path::to_owned)).chain([temporary]);
        let mut refused = Vec::new();
        for folder in places {
            let path = folder.join(FILE);
            match write(&path, &self.text()) {
                Ok(()) => return Ok(path),
                Err(error) => refused.push(format!("{}: {error}", path.display())),
            }
        }
        Err(format!("the report cannot be written: {}", refused.join("; ")))
    }
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if path.exists() && !fs::read_to_string(path)?.starts_with(TITLE) {
        return Err(io::Error::other("another file has this name"));
    }
    fs::write(path, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A report of which all is right.
    fn full() -> Report {
        let outcomes = CHECKS.iter().map(|check| Outcome::new(check.name, Verdict::Pass, "right")).collect();
        let heard = INFO_METHODS.map(str::to_owned).to_vec();
        Report { host: "Pd 0.55".into(), outcomes, heard, doctor: vec!["version: 1".into()] }
    }

    #[test]
    fn a_report_has_a_line_for_each_check_and_each_of_the_doctors() {
        let report = full();
        assert!(report.passes() && report.is_complete());
        assert_eq!(report.result(), "10 of 10 checks pass");
        let text = report.text();
        for line in ["host: Pd 0.55", "pass      gain       right", "version: 1"] {
            assert!(text.lines().any(|is| is == line), "no '{line}' in:\n{text}");
        }
        assert!(text.contains("open an issue"));
    }

    #[test]
    fn what_failed_or_never_came_is_named() {
        let mut report = full();
        report.outcomes.remove(0);
        report.outcomes.push(Outcome::new("mc", Verdict::LeftOut, "no multichannel signals"));
        report.heard.pop();
        assert!(!report.passes() && !report.is_complete());
        assert_eq!(report.result(), "7 of 10 checks pass, left out: mc, FAILED: identity, info");
        assert!(report.text().contains("FAIL      identity   no answer came from the box\n"));
        let only_left_out = Report {
            outcomes: report.outcomes.into_iter().chain(full().outcomes.into_iter().take(1)).collect(),
            ..full()
        };
        assert!(only_left_out.passes());
    }

    #[test]
    fn an_older_report_is_replaced_and_another_file_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE);
        write(&path, &full().text()).expect("a new file");
        write(&path, &full().text()).expect("an older one");
        fs::write(&path, "mine").expect("written");
        assert!(write(&path, &full().text()).is_err());
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "mine");
        assert!(write(&folder.path().join("no/where.txt"), "").is_err());
    }
}
