//! Whether the file of a model has changed since it was loaded.

use std::sync::Arc;

use parking_lot::Mutex;

use nn_model::{ModelLocation, Stamp};

/// What is known of the file. The loader's thread looks at it: a drive may take its time.
#[derive(Debug, Default)]
pub(super) struct Watching {
    /// Whether it is looked at.
    pub(super) on: bool,
    /// The model that was asked for last.
    pub(super) location: Option<ModelLocation>,
    /// How it looked when it was loaded.
    loaded: Option<Stamp>,
    /// How it looked last: while that changes, somebody is writing.
    pub(super) before: Option<Stamp>,
    /// When it is looked at next, by the host's time in ms.
    pub(super) next_ms: f64,
    /// The look that is on its way.
    pub(super) look: Arc<Mutex<Look>>,
}

/// A look at the file.
#[derive(Debug, Default)]
pub(super) enum Look {
    /// Nobody looks.
    #[default]
    None,
    /// Somebody does.
    Asked,
    /// How it looked.
    Seen(Stamp),
}

impl Watching {
    /// A load was asked for.
    pub(super) fn begin(&mut self, location: &ModelLocation) {
        if self.location.as_ref().and_then(ModelLocation::as_file) != location.as_file() {
            // Searching has just asked the same of the system.
            self.loaded = location.as_file().and_then(Stamp::now);
            self.before = None;
            // What is on its way is of another file.
            self.look = Arc::default();
        }
        self.location = Some(location.clone());
    }

    /// What was seen: true if the file is to be loaded again.
    pub(super) fn has_changed(&mut self, seen: Stamp) -> bool {
        let is_whole = self.before.replace(seen.clone()).is_none_or(|before| before == seen);
        let differs = self.loaded.as_ref().is_some_and(|loaded| *loaded != seen);
        if is_whole && (differs || self.loaded.is_none()) {
            self.loaded = Some(seen);
        }
        is_whole && differs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_loaded_again_when_it_was_written_and_rests() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("effect.py");
        let stamp = |text: &str| {
            std::fs::write(&path, text).expect("written");
            Stamp::now(&path).expect("a file")
        };
        let mut watching = Watching::default();
        watching.begin(&ModelLocation::from(&path));
        let stamps = ["a", "ab", "abc", "abcd"].map(stamp);
        let seen = [0, 0, 1, 1, 1, 2, 3, 3, 3].map(|at: usize| watching.has_changed(stamps[at].clone()));
        assert_eq!(seen, [false, false, false, true, false, false, false, true, false]);
        // The same file again: what was written meanwhile is seen still.
        watching.begin(&ModelLocation::from(&path));
        assert!(!watching.has_changed(stamps[0].clone()) && watching.has_changed(stamps[0].clone()));
        // Another one.
        watching.begin(&ModelLocation::from(&place.path().join("other.py")));
        assert!(!watching.has_changed(stamps[1].clone()) && !watching.has_changed(stamps[1].clone()));
    }
}
