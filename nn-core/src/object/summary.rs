//! A text about a box and its model, for a window of the host. Main thread.

use crossbeam_channel::{TryRecvError, bounded};

use super::nn_object::{NnObject, WantedSummary};
use crate::{message::text, summary::Summary};
use nn_model::ModelLocation;

impl NnObject {
    /// Requests a text about the box and its model. The file is read on the loader thread; [`NnObject::take_summary`]
    /// returns the text when it is ready.
    ///
    /// Thread: main.
    pub fn ask_summary(&mut self) {
        let Some(location) = self.model_location() else {
            self.summary = WantedSummary::Now;
            return;
        };
        let (answer, answers) = bounded(1);
        let source = self.context.source.clone();
        self.context.loader.submit(move || {
            // The box may be gone.
            let _gone = answer.send(source.inspect(&location));
        });
        self.summary = WantedSummary::Reads(answers);
    }

    /// The requested text, once, when it is ready.
    ///
    /// Thread: main.
    pub fn take_summary(&mut self) -> Option<Summary> {
        let class = self.kind.class_name();
        let description = match &self.summary {
            WantedSummary::No => return None,
            WantedSummary::Now => None,
            WantedSummary::Reads(answers) => match answers.try_recv() {
                Ok(description) => Some(description),
                Err(TryRecvError::Empty) => return None,
                Err(TryRecvError::Disconnected) => None,
            },
        };
        self.summary = WantedSummary::No;
        let Some(description) = description else {
            return Some(Summary::without_model(class, "send load MODEL"));
        };
        let lines: Vec<_> = self
            .dump_lines()
            .into_iter()
            .map(|(selector, atoms)| format!("{selector} {}", text(&atoms)))
            .collect();
        Some(Summary::of_model(class, &lines, &description))
    }

    /// True while a text is pending.
    pub(super) fn awaits_summary(&self) -> bool {
        !matches!(self.summary, WantedSummary::No)
    }

    /// Where the model is that plays, or of the one that is being loaded while none does.
    ///
    /// Thread: main.
    pub fn model_location(&self) -> Option<ModelLocation> {
        if let Some(generator) = self.generator() {
            return Some(generator.location.clone());
        }
        let view = self.reconciler.view();
        let playing = view.info.map(|info| info.location.clone());
        playing.or_else(|| view.wanted.model.map(|model| model.location))
    }
}
