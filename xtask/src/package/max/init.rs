//! The text that Max reads at start: messages that map typed names to files.

use std::{fs, path::Path};

use crate::{build::BOXES, package::files::failed, run::Failure};

/// Where it lies in the package.
pub const FILE: &str = "init/nn-objectmappings.txt";

/// Each name is a file of the same name with a help file of its own. Said here all the same, because an older package
/// may say otherwise of `mc.nn~` and `mcs.nn~`, and Max offers a wrapper for names that begin so.
fn lines() -> String {
    BOXES.iter().map(|name| format!("max objectfile {name} {name};\n")).collect()
}

/// Writes it into the package.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path) -> Result<(), Failure> {
    let path = folder.join(FILE);
    fs::create_dir_all(folder.join("init")).map_err(failed(folder))?;
    fs::write(&path, lines()).map_err(failed(&path))
}

/// What is wrong with such a text: each line is a message to `max` that ends with a semicolon and names an external of
/// the package, behind that perhaps a help file and a tab.
pub fn faults(text: &str) -> Vec<String> {
    let fault = |(number, line): (usize, &str)| {
        let wrong = |what: &str| Some(format!("line {}: {what}: {line}", number + 1));
        let Some(message) = line.strip_suffix(';') else { return wrong("does not end with ;") };
        let words: Vec<&str> = message.split_whitespace().collect();
        match words[..] {
            ["max", "objectfile", name, file, ref rest @ ..] if rest.len() <= 2 => {
                match [name, file].into_iter().chain(rest.first().copied()).find(|w| !BOXES.contains(w)) {
                    Some(_) => wrong("names something that is not in the package"),
                    None => None,
                }
            }
            _ => wrong("is not max objectfile NAME FILE, with HELP and TAB at most"),
        }
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).filter_map(fault).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_right_and_what_is_wrong_is_said() {
        assert_eq!(faults(&lines()), Vec::<String>::new());
        assert_eq!(lines().lines().count(), BOXES.len());
        assert_eq!(faults("max objectfile mc.nn~ mc.nn~ nn~ mc;"), Vec::<String>::new());
        for (text, said) in [
            ("max objectfile nn~ nn~", "line 1: does not end with ;: max objectfile nn~ nn~"),
            ("\nmax objectfile nn~ other~;", "line 2: names something that is not in the package: max"),
            ("max open nn~;", "line 1: is not max objectfile NAME FILE"),
        ] {
            let faults = faults(text);
            assert!(faults.len() == 1 && faults[0].starts_with(said), "{faults:?}");
        }
    }
}
