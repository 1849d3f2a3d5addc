//! What comes back from the loader and the worker, told to the user.

use std::sync::atomic::Ordering::Relaxed;

use super::{Engine, NnObject};
use crate::{
    engine::{loader::WEDGED, runner::Reply, status::LoadState},
    message::Atom,
    spec::{ModelSpec, SpecError},
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
            Reply::Loaded(spec) => {
                self.awaited = self.awaited.saturating_sub(1);
                self.told_errors.clear();
                self.confirm(spec);
                self.info("loaded", vec![Atom::Float(1.0)]);
            }
            Reply::LoadFailed(error) => {
                self.awaited = self.awaited.saturating_sub(1);
                self.error(error.to_string());
                self.info("loaded", vec![Atom::Float(0.0)]);
            }
            Reply::Got { attribute, values } => {
                self.awaited = self.awaited.saturating_sub(1);
                match values {
                    Ok(values) => self.tell(&attribute, values.iter().flat_map(atoms).collect()),
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

impl NnObject {
    /// The loaded model's own word replaces the file's. The method is the same; lists may be longer or shorter.
    fn confirm(&mut self, spec: ModelSpec) {
        let Some(name) = self.method().map(|method| method.name.clone()) else { return };
        let position = spec.methods.iter().position(|method| method.name == name);
        let (Some(method), Ok(ratio_lcm)) = (position, spec.ratio_lcm()) else {
            return self.error(SpecError::Buffer.to_string());
        };
        let Some(subject) = &mut self.subject else { return };
        let grown = subject.ratio_lcm != ratio_lcm;
        (subject.spec, subject.method, subject.ratio_lcm) = (spec, method, ratio_lcm);
        if grown && self.format.is_some() {
            self.renew_stream(true);
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
