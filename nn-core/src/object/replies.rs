//! Replies of the loader and the worker, reported to the user.

use std::time::Instant;

use super::{nn_object::NnObject, reported::Buffer};
use crate::message::{Atom, CatalogEvent, Event};
use nn_engine::{
    command::EngineReport,
    fit,
    loader::load_limit,
    reconcile::{Deadline, ModelInfo},
};
use nn_model::{RunError, value::Value};

/// The console says that a model hangs when one run takes longer than this.
const SAID_TO_HANG_S: u64 = 5;

/// The most values of an attribute that a message carries.
const MOST_VALUES: usize = 4096;

impl NnObject {
    /// Collects answers of the loader and the worker. Cheap: call it on a timer, often while [`NnObject::pending`].
    /// Main thread.
    ///
    /// `audio_runs`: whether audio callbacks are coming. Without them and without a worker, messages to the model are
    /// applied here.
    ///
    /// Thread: main.
    pub fn poll(&mut self, audio_runs: bool) {
        if self.waits() {
            if self.status.pending() {
                self.settle();
            }
            self.listen_to_the_loader();
            self.release_first_load();
        }
        self.looked_at = true;
        self.look(audio_runs);
        if self.waits() && self.status.pending() {
            self.settle();
        }
    }

    /// Like [`NnObject::poll`], right after a message: the loader's job waits for the next block or
    /// [`NnObject::poll`].
    ///
    /// Thread: main.
    pub fn look(&mut self, audio_runs: bool) {
        self.take_due_answers();
        self.reconciler.look_after(audio_runs);
        if !self.waits() {
            self.release_first_load();
            self.take_loader_reports();
            while let Some((_, reply)) = self.held.pop_front() {
                self.take_reply(reply);
            }
            while let Ok(answer) = self.replies.try_recv() {
                self.take_reply(answer.reply);
            }
        }
        for said in self.catalog.poll() {
            match said {
                CatalogEvent::Note(line) => self.note(line),
                CatalogEvent::Error(line) => self.error(line),
                CatalogEvent::Info(selector, atoms) => self.info(selector, atoms),
            }
        }
        self.show_prints();
        self.follow_bursts();
        self.tell_channels();
        self.follow_arrays();
        self.follow_file();
        self.go_on_rendering();
        self.tell_of_host_test();
        self.settle_answers();
        let expired = self.status.counts().expired;
        if expired > self.expired_told {
            self.expired_told = expired;
            self.error(format!(
                "waited {} s for the model in vain: the rendering has gaps; send load with another model",
                load_limit().as_secs()
            ));
        }
        // While somebody waits for it, this is reported when the wait is over.
        let hangs = !self.waits() && self.status.running_for().as_secs() >= SAID_TO_HANG_S;
        if hangs && !self.reported.hang {
            self.error(format!(
                "the model has been computing for more than {SAID_TO_HANG_S} s: the box is silent until it is back; \
                 send load with another model, or delete the box"
            ));
        }
        self.reported.hang = hangs;
    }

    fn show_prints(&mut self) {
        while let Some(kept) = self.prints.take(Instant::now()) {
            let file = self.reconciler.view().info.map(|info| info.location.title());
            self.note(kept.line(file.as_deref()));
        }
    }

    /// A deadline shorter than the host's burst of blocks leaves the model no time.
    fn follow_bursts(&mut self) {
        let burst = self.status.burst_frames();
        let view = self.reconciler.view();
        let Some(timing) = view.format.map(|format| format.timing) else { return };
        // Without a worker there is no deadline.
        if burst <= view.wanted.burst_frames || timing.deadline_frames == 0 {
            return;
        }
        if timing.deadline_frames < burst {
            self.note(format!(
                "the host asks for {burst} samples at a time: the deadline of {} samples is raised to that",
                timing.deadline_frames
            ));
        } else if view.wanted.deadline != Deadline::Auto {
            return;
        }
        self.reconciler.change(|wanted| wanted.burst_frames = burst);
    }

    /// True while an answer is pending: then poll often.
    ///
    /// Thread: main.
    pub fn pending(&self) -> bool {
        self.untold
            || !self.questions.is_empty()
            || self.awaited + self.measuring > 0
            || self.status.pending()
            || self.rendering.is_some()
            || self.asked_rendering.is_some()
            || self.host_testing.pending()
            || self.awaits_summary()
    }

    /// True while something may be told soon: an answer is pending, or the model plays MIDI.
    ///
    /// Thread: main.
    pub fn may_tell_soon(&self) -> bool {
        self.pending() || self.answers_midi
    }

    pub(super) fn take_reply(&mut self, reply: EngineReport) {
        match reply {
            EngineReport::Reconciled { loaded } => {
                if let Some(loaded) = loaded {
                    self.generator = None;
                    self.told_errors.clear();
                    self.refusals.clear();
                    self.forget_bindings(loaded);
                    self.tell_of_the_new();
                    self.tell_of_mix(loaded);
                }
                self.tell_changes();
                self.answer_questions();
            }
            EngineReport::LoadFailed(error) => {
                self.fail_load(error.to_string());
                self.answer_questions();
            }
            EngineReport::Generator(found) => self.take_generator(found),
            EngineReport::Refused(refusal) => self.refuse(refusal),
            EngineReport::Got { attribute, values } => {
                self.awaited = self.awaited.saturating_sub(1);
                match values {
                    Ok(values) => self.tell_values(&attribute, values.iter().flat_map(atoms).collect()),
                    Err(error) => self.error(error.to_string()),
                }
            }
            EngineReport::Midi(messages) => self.tell_midi(&messages),
            EngineReport::Done => self.awaited = self.awaited.saturating_sub(1),
            EngineReport::NewEngine => self.begin_with_new_engine(),
            EngineReport::SetFailed(error) => self.refuse(error.into()),
            // If another buffer does not help either, it is reported again.
            EngineReport::Fault(_) if self.reconciler.fit_again() => {}
            EngineReport::Fault(fault) => self.tell_fault(&fault),
            EngineReport::NonFinite => self.error(
                "the model answered NaN or infinity: silence instead; send reset, try another input, or export it \
                 again"
                    .into(),
            ),
            EngineReport::Replaced(model) => self.context.loader.submit(move || drop(model)),
            EngineReport::Measured(delay) => {
                self.measuring = self.measuring.saturating_sub(1);
                self.tell_measured(delay);
            }
            EngineReport::Note(line) => self.note(line),
            // Nobody waits for it any more.
            EngineReport::Passed(_) => {}
        }
    }

    /// A run has failed.
    fn tell_fault(&mut self, fault: &RunError) {
        let batch = self.reconciler.view().format.map_or(1, |format| format.shape.batch);
        let hint = if batch > 1 {
            format!(
                " (models are exported for a number of examples, this one perhaps for fewer than {batch})"
            )
        } else {
            String::new()
        };
        let cure = self.cure_of(fault);
        let what = fault.to_string();
        let what = what.trim_end_matches('.');
        self.error(format!("{what}{cure}: the box is silent while this lasts{hint}"));
    }

    /// What to do about a run that failed, as the end of its error.
    fn cure_of(&self, fault: &RunError) -> String {
        let Some(info) = self.reconciler.view().info else { return String::new() };
        let set = self.reconciler.settings();
        match (fit::arrays_first(&info.spec, |name| set.has(name)), fault) {
            (Some(messages), _) => format!(", if it needs that first, send {messages}"),
            (None, RunError::WrongShape { .. }) => ", export it again".into(),
            (None, _) => String::new(),
        }
    }

    /// The value of a getter. Long tensors are cut: a host could do nothing with them.
    pub(super) fn tell_values(&mut self, attribute: &str, mut atoms: Vec<Atom>) {
        if atoms.len() > MOST_VALUES {
            self.note(format!("{attribute} has {} values: the first {MOST_VALUES} are given", atoms.len()));
            atoms.truncate(MOST_VALUES);
        }
        self.report(attribute, atoms);
    }

    /// A model has been loaded.
    fn tell_of_the_new(&mut self) {
        let Some(info) = self.reconciler.view().info else { return };
        self.answers_midi = info.spec.answers_midi();
        self.warn_of_rate(&info);
        self.warn_of_channels(&info);
        self.info("loaded", vec![Atom::Float(1.0)]);
    }

    /// Reports inlets and outlets that the new model does not use or lacks: the box keeps its own.
    fn warn_of_channels(&mut self, info: &ModelInfo) {
        let (wants_in, wants_out) = (self.inlets_for(info), self.outlets_for(info));
        let mut differences = Vec::new();
        if wants_in < self.inlets {
            differences.push(format!("{} of {} inlets not heard", self.inlets - wants_in, self.inlets));
        }
        if wants_in > self.inlets {
            differences.push(format!("{} of its {wants_in} inputs without an inlet", wants_in - self.inlets));
        }
        if wants_out < self.outlets {
            differences.push(format!("{} of {} outlets silent", self.outlets - wants_out, self.outlets));
        }
        if wants_out > self.outlets {
            differences
                .push(format!("{} of its {wants_out} outputs without an outlet", wants_out - self.outlets));
        }
        let told = (!differences.is_empty()).then(|| (info.method().name.clone(), differences.join(", ")));
        if told.is_some() && told != self.reported.differences {
            let (name, differences) = (info.method().name.clone(), differences.join(", "));
            let (inputs, outputs) = (counted(wants_in, "input"), counted(wants_out, "output"));
            self.note(format!(
                "{name} has {inputs} and {outputs}: {differences}; make the box again to have them all"
            ));
        }
        self.reported.differences = told;
    }

    /// Reports what differs from what the user was told.
    pub(super) fn tell_changes(&mut self) {
        let view = self.reconciler.view();
        let (Some(info), Some(format)) = (view.info, view.format) else { return };
        let (wanted, real) = (view.wanted.buffer_frames, format.timing.buffer_frames);
        let fit = info.fit(&view.wanted);
        let differs = (fit.is_some() || wanted != real && wanted > 0).then(|| Buffer {
            wanted,
            real,
            is_native: !info.spec.native.buffers_frames.is_empty(),
            fit: fit.map(|fit| (info.location.clone(), info.method().name.clone(), fit.block_frames)),
        });
        if let Some(buffer) = differs.as_ref().filter(|&buffer| self.reported.buffer.as_ref() != Some(buffer))
        {
            self.note(buffer.to_string());
        }
        self.reported.buffer = differs;
        let (method, latency) = (info.method().name.clone(), format.latency_frames());
        let playing = (method.clone(), real, latency);
        if let Some(before) = self.reported.playing.replace(playing) {
            if before.0 != method {
                self.info("method", vec![Atom::symbol(method)]);
                self.warn_of_channels(&info);
            }
            if before.1 != real {
                self.info("bufsize", vec![Atom::Int(real as i64)]);
            }
            if before.2 != latency {
                let atoms = self.latency_atoms(latency);
                self.info("latency", atoms);
            }
        }
        self.warn_of_rate(&info);
        self.warn_of_dry(&info);
        self.tell_channels();
    }

    /// Makes the host rebuild its audio when the channels of the outlets have changed.
    pub(super) fn tell_channels(&mut self) {
        let channels = self.reported.outlet_channels;
        if self.is_multichannel() && channels != 0 && self.outlet_channels() != channels {
            self.events.push(Event::Channels);
        }
    }
}

/// `1 input`, `2 inputs`.
fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A text as one symbol of one line: each run of control characters becomes a space.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut last = ' ';
    for c in text.chars() {
        if !c.is_control() {
            line.push(c);
        } else if !last.is_control() {
            line.push(' ');
        }
        last = c;
    }
    line
}

/// A value as atoms of a host.
pub(super) fn atoms(value: &Value) -> Vec<Atom> {
    match value {
        Value::Bool(value) => vec![Atom::Float(f64::from(u8::from(*value)))],
        Value::Int(value) => vec![Atom::Int(*value)],
        Value::Float(value) => vec![Atom::Float(*value)],
        Value::String(value) => vec![Atom::symbol(one_line(value))],
        Value::Tensor(values) => values.iter().map(|&v| Atom::Float(f64::from(v))).collect(),
        Value::Buffer(buffer) => {
            vec![Atom::Int(buffer.channels as i64), Atom::Int(buffer.samples.len() as i64)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_several_lines_is_one_symbol_of_one_line() {
        for (text, line) in
            [("a\nb", "a b"), ("a\r\n\tb\u{1b}[1m\n", "a b [1m "), ("größe 1", "größe 1"), ("", "")]
        {
            assert_eq!(atoms(&Value::String(text.into())), [Atom::symbol(line)]);
        }
    }
}
