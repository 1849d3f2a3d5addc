//! What a box and its model are, as a text for a window of the host.

use std::path::PathBuf;

use crossbeam_channel::{TryRecvError, bounded};

use super::nn_object::{NnObject, WantedSheet};
use crate::{message::text, sheet::Sheet};

impl NnObject {
    /// Asks for a text about the box and its model. The file is read on the loader's thread; [`NnObject::take_sheet`]
    /// has the text when it is there.
    ///
    /// Thread: main.
    pub fn ask_sheet(&mut self) {
        let Some(path) = self.model_path() else {
            self.sheet = WantedSheet::Now;
            return;
        };
        let (answer, answers) = bounded(1);
        let source = self.environment.source.clone();
        self.environment.loader.submit(move || {
            // The box may be gone.
            let _gone = answer.send(source.inspect(&path));
        });
        self.sheet = WantedSheet::Reads(answers);
    }

    /// The text that was asked for, once, when it is there.
    ///
    /// Thread: main.
    pub fn take_sheet(&mut self) -> Option<Sheet> {
        let class = self.kind.class_name();
        let description = match &self.sheet {
            WantedSheet::No => return None,
            WantedSheet::Now => None,
            WantedSheet::Reads(answers) => match answers.try_recv() {
                Ok(description) => Some(description),
                Err(TryRecvError::Empty) => return None,
                Err(TryRecvError::Disconnected) => None,
            },
        };
        self.sheet = WantedSheet::No;
        let Some(description) = description else {
            return Some(Sheet::without_model(class, "send load MODEL"));
        };
        let lines: Vec<_> = self
            .dump_lines()
            .into_iter()
            .map(|(selector, atoms)| format!("{selector} {}", text(&atoms)))
            .collect();
        Some(Sheet::of_model(class, &lines, &description))
    }

    /// True while a sheet is on its way.
    pub(super) fn awaits_sheet(&self) -> bool {
        !matches!(self.sheet, WantedSheet::No)
    }

    /// The file of the model that plays, or of the one that is being loaded while none does.
    ///
    /// Thread: main.
    pub fn model_path(&self) -> Option<PathBuf> {
        let view = self.workshop.view();
        let playing = view.subject.map(|subject| subject.path.clone());
        playing.or_else(|| view.wish.model.map(|model| model.path))
    }
}
