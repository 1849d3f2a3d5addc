//! What a box and its model are, as a text for a window of the host.

use std::path::PathBuf;

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::NnObject;
use crate::{info::Description, message::text, sheet::Sheet};

/// A sheet on its way.
#[derive(Debug, Default)]
pub(super) enum Wanted {
    /// None was asked for.
    #[default]
    No,
    /// It waits for nothing.
    Now,
    /// The model's file is being read.
    Reads(Receiver<Description>),
}

impl NnObject {
    /// Asks for a text about the box and its model. The file is read on the loader's thread; [`NnObject::take_sheet`]
    /// has the text when it is there.
    pub fn ask_sheet(&mut self) {
        let Some(path) = self.model_path() else {
            self.sheet = Wanted::Now;
            return;
        };
        let (answer, answers) = bounded(1);
        let source = self.environment.source.clone();
        self.environment.loader.submit(move || {
            // The box may be gone.
            let _gone = answer.send(source.inspect(&path));
        });
        self.sheet = Wanted::Reads(answers);
    }

    /// The text that was asked for, once, when it is there.
    pub fn take_sheet(&mut self) -> Option<Sheet> {
        let class = self.kind.class_name();
        let description = match &self.sheet {
            Wanted::No => return None,
            Wanted::Now => None,
            Wanted::Reads(answers) => match answers.try_recv() {
                Ok(description) => Some(description),
                Err(TryRecvError::Empty) => return None,
                Err(TryRecvError::Disconnected) => None,
            },
        };
        self.sheet = Wanted::No;
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
        !matches!(self.sheet, Wanted::No)
    }

    /// The file of the model that plays, or of the one that is being loaded while none does.
    pub fn model_path(&self) -> Option<PathBuf> {
        let view = self.workshop.view();
        let playing = view.subject.map(|subject| subject.path.clone());
        playing.or_else(|| view.wish.model.map(|model| model.path))
    }
}
