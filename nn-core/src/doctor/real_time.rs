//! Whether audio threads get real-time priority.
//!
//! Thread: any but audio.

use std::{fs, path::PathBuf};

use super::{check::Check, system::System};
use crate::info::Tree;
use nn_process::{
    priority::Rank,
    system::{groups, real_time_is_granted, real_time_limit},
};

/// What is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RealTime {
    /// Whether a thread that asked for it got it.
    pub granted: bool,
    /// The highest priority that the user may take (Linux).
    pub limit: Option<u64>,
    /// The user's groups (Linux).
    pub groups: Vec<String>,
    /// Groups and users that the system's own settings allow it (Linux), `@` before a group.
    pub allowed: Vec<String>,
    /// Whether the host's own thread has it, where there is a host.
    pub host: Option<bool>,
}

/// Where the limits of Linux are set.
const LIMITS: &str = "/etc/security/limits.conf";
const LIMITS_FOLDER: &str = "/etc/security/limits.d";
/// Hosts ask for less than this.
const ENOUGH: u64 = 20;

impl RealTime {
    /// What this process gets; `host` is a rank below the host's thread.
    pub fn here(host: Option<Rank>) -> Self {
        Self {
            granted: real_time_is_granted(),
            limit: real_time_limit(),
            groups: groups(),
            allowed: files()
                .iter()
                .filter_map(|path| fs::read_to_string(path).ok())
                .flat_map(|text| allowed(&text))
                .collect(),
            host: host.map(Rank::is_real_time),
        }
    }

    /// What is said of it.
    pub fn check(&self, system: System) -> Check {
        let check = match (system, self.granted) {
            (System::MacOs, _) => Check::fine("real_time", "macOS gives it to every audio thread"),
            (System::Windows, _) => Check::fine("real_time", "Windows gives it to every audio thread"),
            (System::Linux, false) => Check::warning("real_time", self.refused(), self.cure()),
            (System::Linux, true) if self.host == Some(false) => Check::warning(
                "real_time",
                "granted, and the host does not use it",
                "start Pd with -rt (File, Preferences, Edit Preferences, Startup flags)",
            ),
            (System::Linux, true) => Check::fine("real_time", "granted"),
        };
        check
            .with("granted", Tree::Flag(self.granted))
            .with_any("limit", self.limit.map(Tree::count))
            .with("groups", Tree::texts(self.groups.iter().map(String::as_str)))
            .with_any("host", self.host.map(Tree::Flag))
    }

    fn refused(&self) -> String {
        let limit = self.limit.unwrap_or(0);
        format!("not granted (the limit rtprio is {limit}): blocks are late when the machine is busy")
    }

    /// What to do depends on what the system has prepared.
    fn cure(&self) -> String {
        let group = self.allowed.iter().find_map(|name| name.strip_prefix('@'));
        match group {
            Some(group) if self.groups.iter().any(|own| own == group) => {
                format!(
                    "you are in the group {group}, which may have it: log out and in again, or start the machine anew"
                )
            }
            Some(group) => format!("sudo usermod -aG {group} $USER, then log out and in again; then pd -rt"),
            None => format!(
                "write the line '@audio - rtprio 95' into {LIMITS_FOLDER}/audio.conf, sudo usermod -aG audio $USER, log \
                 out and in again; then pd -rt"
            ),
        }
    }
}

fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(LIMITS_FOLDER).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files.insert(0, LIMITS.into());
    files
}

/// Who may have real-time priority by a file of limits.
fn allowed(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    let all = lines.filter_map(|line| {
        let words: Vec<_> = line.split_whitespace().collect();
        let [who, _, "rtprio", value] = words[..] else { return None };
        let enough = value == "unlimited" || value.parse().is_ok_and(|value: u64| value >= ENOUGH);
        enough.then(|| who.to_owned())
    });
    all.collect()
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    fn refused(groups: &[&str], allowed: &[&str]) -> RealTime {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        RealTime {
            granted: false,
            limit: Some(0),
            groups: texts(groups),
            allowed: texts(allowed),
            host: None,
        }
    }

    #[test]
    fn the_cure_is_the_next_step_of_this_machine() {
        for (groups, allowed, cure) in [
            (
                &["users"][..],
                &[][..],
                "write the line '@audio - rtprio 95' into /etc/security/limits.d/audio.conf",
            ),
            (&["users"], &["@realtime"], "sudo usermod -aG realtime $USER"),
            (&["users", "audio"], &["@audio"], "you are in the group audio, which may have it: log out"),
        ] {
            let check = refused(groups, allowed).check(System::Linux);
            assert_eq!(check.state, State::Warning);
            assert!(check.text.starts_with("not granted (the limit rtprio is 0)"), "{}", check.text);
            assert!(check.cure.as_ref().is_some_and(|told| told.starts_with(cure)), "{check:?}");
        }
    }

    #[test]
    fn a_host_that_does_not_use_it_is_a_warning_and_other_systems_always_give_it() {
        let granted = |host| RealTime { granted: true, host, ..refused(&[], &[]) };
        assert_eq!(granted(None).check(System::Linux).state, State::Fine);
        assert_eq!(granted(Some(true)).check(System::Linux).state, State::Fine);
        let idle = granted(Some(false)).check(System::Linux);
        assert_eq!(idle.state, State::Warning);
        assert!(idle.cure.is_some_and(|cure| cure.contains("-rt")));
        for system in [System::MacOs, System::Windows] {
            assert_eq!(granted(Some(true)).check(system).state, State::Fine);
        }
    }

    #[test]
    fn files_of_limits_are_understood() {
        let text = "# @no - rtprio 99\n@audio   -  rtprio     95\n@audio - memlock unlimited\n@low - rtprio 5\n\
                    me hard rtprio unlimited # mine\n";
        assert_eq!(allowed(text), ["@audio", "me"]);
    }
}
