//! The release of a host, where that is cheap to know.

use std::{path::Path, process::Command, time::Duration};

use nn_core::child::{Limits, run};

/// A program that only tells its release takes less.
const PATIENCE: Duration = Duration::from_secs(3);
/// It says so in less.
const BYTES: usize = 2000;

/// What a program says of itself. `None` for one that says nothing of the kind.
pub fn asked(program: &Path, words: &[&str]) -> Option<String> {
    let limits = Limits {
        idle: &|_| PATIENCE,
        total: Some(PATIENCE),
        line_bytes: BYTES,
        lines: 20,
        stderr_bytes: BYTES,
    };
    let mut command = Command::new(program);
    command.args(words);
    let report = run(command, &limits, |line| Some(String::from_utf8_lossy(line).into_owned()));
    report.lines.iter().map(String::as_str).chain(report.stderr.lines()).find_map(read)
}

/// From `Pd-0.55-2 ("") compiled …` and `scsynth 3.13.0 (Built …`.
fn read(line: &str) -> Option<String> {
    let rest = line.strip_prefix("Pd-").or_else(|| line.strip_prefix("scsynth "))?;
    let version = rest.split_whitespace().next()?;
    version.starts_with(|c: char| c.is_ascii_digit()).then(|| version.to_owned())
}

/// From the name of a folder, or from what an application of macOS tells of itself.
pub fn of_folder(folder: &Path) -> Option<String> {
    let name = folder.file_name()?.to_str()?;
    let name = name.strip_suffix(".app").unwrap_or(name);
    let in_name = name.find(|c: char| c.is_ascii_digit()).map(|at| name[at..].to_owned());
    in_name.or_else(|| in_plist(&std::fs::read_to_string(folder.join("Contents/Info.plist")).ok()?))
}

fn in_plist(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("<key>CFBundleShortVersionString</key>")?;
    let (_, rest) = rest.split_once("<string>")?;
    Some(rest.split_once("</string>")?.0.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_read_from_what_hosts_say() {
        for (line, version) in [
            ("Pd-0.53.1 (\"\") compiled for Debian", Some("0.53.1")),
            ("Pd-0.55-2 (\"\") compiled", Some("0.55-2")),
            ("scsynth 3.13.0 (Built from  '' [na])", Some("3.13.0")),
            ("pd: unknown flag", None),
            ("Pd-fork", None),
        ] {
            assert_eq!(read(line).as_deref(), version, "{line}");
        }
    }

    #[test]
    fn releases_are_read_from_folders() {
        for (name, version) in [
            ("Pd-0.55-2.app", Some("0.55-2")),
            ("Max 8", Some("8")),
            ("SuperCollider-3.13.0", Some("3.13.0")),
            ("Pd", None),
        ] {
            assert_eq!(of_folder(&Path::new("/nowhere").join(name)).as_deref(), version, "{name}");
        }
        let text = "<dict>\n<key>CFBundleShortVersionString</key>\n\t<string>8.6.5</string>\n</dict>";
        assert_eq!(in_plist(text).as_deref(), Some("8.6.5"));
        assert_eq!(in_plist("bplist00"), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_that_says_nothing_of_the_kind_or_nothing_at_all_has_none() {
        assert_eq!(asked(Path::new("/bin/true"), &[]), None);
        assert_eq!(asked(Path::new("/bin/sleep"), &["60"]), None);
        assert_eq!(asked(Path::new("/no such program"), &[]), None);
        assert_eq!(asked(Path::new("/bin/echo"), &["Pd-0.1"]).as_deref(), Some("0.1"));
    }
}
