//! `watch 1`: a model whose file changes is loaded again. Main thread.

use super::{nn_object::NnObject, watching::Look};
use nn_model::{ModelLocation, Stamp};

/// How often the file is looked at, in ms.
const INTERVAL_MS: f64 = 250.0;

impl NnObject {
    /// `watch 1` and `watch 0`.
    pub(super) fn watch(&mut self, on: bool) {
        self.watching.before = None;
        self.watching.on = on;
    }

    /// Looks whether the model's file has changed.
    pub(super) fn follow_file(&mut self) {
        let watching = &mut self.watching;
        let Some(path) = watching.location.as_ref().and_then(ModelLocation::as_file).filter(|_| watching.on)
        else {
            return;
        };
        let Some(mut look) = watching.look.try_lock() else { return };
        match std::mem::take(&mut *look) {
            Look::None if self.now_ms >= watching.next_ms => {
                *look = Look::Asked;
                drop(look);
                watching.next_ms = self.now_ms + INTERVAL_MS;
                let (path, look) = (path.to_owned(), watching.look.clone());
                self.context
                    .loader
                    .submit(move || *look.lock() = Stamp::now(&path).map_or(Look::None, Look::Seen));
            }
            Look::Seen(seen) => {
                drop(look);
                let title = watching.location.as_ref().map_or_else(String::new, ModelLocation::title);
                if watching.has_changed(seen) {
                    self.note(format!("{title} has changed: it is loaded again"));
                    self.reload(&|_: &str| None);
                }
            }
            Look::None => {}
            Look::Asked => *look = Look::Asked,
        }
    }
}
