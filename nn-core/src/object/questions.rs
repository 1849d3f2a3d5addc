//! Questions about the model: while another one is on its way, they wait for it.

use super::{nn_object::NnObject, question::Question};

impl NnObject {
    /// Answers a question about the model, when the model is there that was asked for last.
    pub(super) fn ask(&mut self, question: Question) {
        if self.is_to_wait(question) {
            // All are answered at one time: the same answer twice would tell nothing, and thousands hold the host up.
            if !self.questions.contains(&question) {
                self.questions.push_back(question);
            }
        } else {
            self.answer_questions();
            self.answer(question);
        }
    }

    /// A load has come true or has failed: answers what waited for that, unless another one is under way.
    pub(super) fn answer_questions(&mut self) {
        while !self.questions.is_empty() && !self.awaits_model() {
            if let Some(question) = self.questions.pop_front() {
                self.answer(question);
            }
        }
        if !self.awaits_model()
            && let Some(atoms) = self.asked_rendering.take()
        {
            self.render(&atoms);
        }
    }

    pub(super) fn awaits_model(&self) -> bool {
        self.untold || self.reconciler.view().loading
    }

    fn is_to_wait(&self, question: Question) -> bool {
        let awaits = self.awaits_model();
        match question {
            // What a box without a model answers is that it has none.
            Question::Bang | Question::Dump => awaits && self.is_loaded(),
            // It is measured on a copy of the model.
            Question::MeasureLatency => awaits,
            // What the file says may be known at once.
            _ => awaits && (!self.questions.is_empty() || !self.is_described()),
        }
    }

    /// Whether what is known of a model is known of the one that was asked for last.
    pub(super) fn is_described(&self) -> bool {
        let view = self.reconciler.view();
        let wanted = view.wanted.model.as_ref().map(|model| &model.location);
        view.info.is_some_and(|info| !view.loading || !info.loaded && Some(&info.location) == wanted)
    }

    fn answer(&mut self, question: Question) {
        match question {
            Question::Dump => self.dump(),
            Question::Bang => self.bang(),
            Question::Latency => self.latency(),
            Question::MeasureLatency => self.measure_latency(),
            Question::Attributes => self.list("attributes"),
            Question::Methods => self.list("methods"),
        }
    }
}
