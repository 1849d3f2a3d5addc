//! What comes back from the loader and the worker, told to the user.

use std::sync::atomic::Ordering::Relaxed;

use super::{Engine, NnObject};
use crate::{
    engine::{loader::WEDGED, runner::Reply, status::LoadState},
    message::Atom,
    value::Value,
};

impl NnObject {
    /// Looks for answers from the loader and the worker. Cheap; to be called from time to time.
    ///
    /// `audio_runs` says that audio callbacks are coming: without them and without a worker, messages to the model
    /// are applied here.
    pub fn poll(&mut self, audio_runs: bool) {
        if self.status.load_state() == LoadState::Loading && self.environment.loader.look_after(WEDGED) {
            self.note("a model takes longer than a minute to load: others are loaded meanwhile".into());
        }
        if let (Engine::Inline(slot), false) = (&self.engine, audio_runs) {
            slot.apply_now();
        }
        while let Ok(reply) = self.replies.try_recv() {
            self.take_reply(reply);
        }
        let expired = self.status.expired.load(Relaxed);
        if expired > self.expired_told {
            self.expired_told = expired;
            self.error("waited 60 s for the model, or its thread is gone: the rendering has gaps; make the box again".into());
        }
        self.port.collect();
    }

    /// True while an answer is on its way: then poll often.
    pub fn pending(&self) -> bool {
        self.awaited > 0
    }

    fn take_reply(&mut self, reply: Reply) {
        match reply {
            Reply::Loaded(_) => {
                self.awaited = self.awaited.saturating_sub(1);
                self.last_error = None;
                self.info("loaded", vec![Atom::Float(1.0)]);
            }
            Reply::LoadFailed(error) => {
                self.awaited = self.awaited.saturating_sub(1);
                self.error(error.to_string());
                self.info("loaded", vec![Atom::Float(0.0)]);
            }
            Reply::Got { attribute, values } => {
                self.awaited = self.awaited.saturating_sub(1);
                let name = self
                    .subject
                    .as_ref()
                    .and_then(|subject| subject.spec.attributes.get(attribute))
                    .map_or_else(String::new, |attribute| attribute.name.clone());
                match values {
                    Ok(values) => self.tell(&name, values.iter().flat_map(atoms).collect()),
                    Err(error) => self.error(error.to_string()),
                }
            }
            Reply::Unanswered => self.awaited = self.awaited.saturating_sub(1),
            Reply::SetFailed(error) => self.error(error.to_string()),
            Reply::Fault(fault) => self.error(format!("{fault}: the box is silent while this lasts")),
            Reply::NonFinite => self.error(
                "the model answered NaN or infinity: silence instead; try another input, or export it again"
                    .into(),
            ),
            Reply::Note(line) => self.note(line),
        }
    }
}

/// A value as hosts can carry it.
fn atoms(value: &Value) -> Vec<Atom> {
    match value {
        Value::Bool(value) => vec![Atom::Float(f64::from(u8::from(*value)))],
        Value::Int(value) => vec![Atom::Int(*value)],
        Value::Float(value) => vec![Atom::Float(*value)],
        Value::String(value) => vec![Atom::symbol(value.clone())],
        Value::Tensor(values) => values.iter().map(|&v| Atom::Float(f64::from(v))).collect(),
        Value::Buffer(buffer) => {
            vec![Atom::Int(buffer.channels as i64), Atom::Int(buffer.samples.len() as i64)]
        }
    }
}
