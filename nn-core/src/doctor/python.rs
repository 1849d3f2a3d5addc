//! The Python in which scripts run, where there is one: no model needs it.
//!
//! Thread: any but audio.

use super::check::Check;
use crate::info::Tree;
use nn_python::Interpreter;

/// What is said of it.
pub fn check(found: &Result<Interpreter, String>) -> Check {
    match found {
        Ok(found) => {
            let text = found.in_words();
            let check = if found.is_recent() {
                Check::fine("python", text)
            } else {
                let cure = "install Python 3.9 or later, or name one in NN_PYTHON; only scripts need it";
                Check::warning("python", text, cure)
            };
            check
                .with("path", Tree::text(&found.path))
                .with("version", Tree::text(&found.version))
                .with_any("numpy", found.numpy.as_ref().map(Tree::text))
                .with_any("torch", found.torch.as_ref().map(Tree::text))
        }
        Err(what) => Check::fine("python", format!("none, which only scripts need: {what}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    #[test]
    fn a_missing_python_is_no_fault_and_an_old_one_is_a_warning() {
        let found = |version: &str| {
            Ok(Interpreter {
                path: "/usr/bin/python3".into(),
                version: version.into(),
                numpy: None,
                torch: None,
            })
        };
        let state = |found: &Result<Interpreter, String>| check(found).state;
        assert_eq!(state(&found("3.11.2")), State::Fine);
        assert_eq!(state(&found("3.8.1")), State::Warning);
        let none = Err("python3 cannot be started (not found)".to_owned());
        assert_eq!(state(&none), State::Fine);
        let tree = check(&found("3.11.2")).tree();
        assert_eq!(tree.get(&["version"]), Some(&Tree::text("3.11.2")));
    }
}
