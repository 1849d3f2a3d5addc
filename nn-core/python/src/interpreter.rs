//! Which Python runs a script.

use std::{
    env,
    path::{Path, PathBuf},
};

use nn_model::RunAs;

/// The environment variable that names an interpreter, or the folder of a virtual environment.
pub const VARIABLE: &str = "NN_PYTHON";

/// The interpreter in a virtual environment's folder, from there.
const IN_FOLDER: &str = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python3" };
/// What is on the path where nothing else is said.
const USUAL: &str = if cfg!(windows) { "python" } else { "python3" };

/// The interpreter for a script: the one that the box asks for, else that of [`VARIABLE`], else of the environment `.venv` or `venv` beside
/// the script, else of that beside the patch, else of the active one, else the one on the path.
pub(crate) fn interpreter(script: &Path, how: &RunAs) -> PathBuf {
    let said = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    choose(script, how, said(VARIABLE), said("VIRTUAL_ENV"))
}

fn choose(script: &Path, how: &RunAs, said: Option<PathBuf>, active: Option<PathBuf>) -> PathBuf {
    if let Some(said) = how.interpreter.clone().map(|asked| from(script, asked)).or(said) {
        return if said.is_dir() { said.join(IN_FOLDER) } else { said };
    }
    let beside =
        script.parent().into_iter().flat_map(|folder| [".venv", "venv"].map(|name| folder.join(name)));
    let beside = beside.map(|folder| folder.join(IN_FOLDER)).find(|path| path.is_file());
    let active = || active.map(|folder| folder.join(IN_FOLDER)).filter(|path| path.is_file());
    beside.or_else(|| how.beside.clone()).or_else(active).unwrap_or_else(|| USUAL.into())
}

/// A path that was typed: from the script's folder on, where something is there; else as it is, which may be a command.
fn from(script: &Path, asked: PathBuf) -> PathBuf {
    let there = script.parent().map(|folder| folder.join(&asked)).filter(|path| path.exists());
    there.unwrap_or(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_python_is_taken() {
        let place = tempfile::tempdir().expect("a folder");
        let at = |name: &str| place.path().join(name);
        let environment = |name: &str| {
            let path = at(name).join(IN_FOLDER);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(&path, "").expect("written");
            path
        };
        let script = at("effect.py");
        let usual = RunAs::default();
        assert_eq!(choose(&script, &usual, None, None), PathBuf::from(USUAL));
        let active = environment("active");
        assert_eq!(choose(&script, &usual, None, Some(at("active"))), active);
        assert_eq!(choose(&script, &usual, None, Some(at("gone"))), PathBuf::from(USUAL));
        let of_patch = RunAs { beside: Some("/patch/venv/bin/python3".into()), ..RunAs::default() };
        assert_eq!(
            choose(&script, &of_patch, None, Some(at("active"))),
            PathBuf::from("/patch/venv/bin/python3")
        );
        let beside = environment("venv");
        assert_eq!(choose(&script, &of_patch, None, Some(at("active"))), beside);
        assert_eq!(choose(&script, &usual, None, Some(at("active"))), beside);
        let hidden = environment(".venv");
        assert_eq!(choose(&script, &usual, None, Some(at("active"))), hidden);
        assert_eq!(choose(&script, &usual, Some(at("active")), None), active, "the folder of an environment");
        assert_eq!(
            choose(&script, &usual, Some("/opt/python3".into()), Some(at("active"))),
            PathBuf::from("/opt/python3")
        );
        // What the box asks for comes first: a folder beside the script, a command, a whole path.
        for (asked, expected) in [
            ("active".to_owned(), active.clone()),
            ("python3.12".to_owned(), PathBuf::from("python3.12")),
            (at("active").display().to_string(), active),
            ("/opt/other".to_owned(), PathBuf::from("/opt/other")),
        ] {
            let how = RunAs { interpreter: Some(asked.into()), ..RunAs::default() };
            assert_eq!(choose(&script, &how, Some("/opt/python3".into()), None), expected);
        }
    }
}
