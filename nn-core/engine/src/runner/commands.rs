//! What a runner is asked, and when it does it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Instant,
};

use super::Runner;
use crate::{
    command::{Command, EngineReport, Installed, Stamped},
    set_attributes::SetAttributes,
};
use nn_model::{AttributeError, Model, value::Value};
use nn_process::guard::panic_text;

impl Runner {
    /// Collects the commands that have come. Those that need not wait for a buffer are carried out at once.
    pub fn receive(&mut self) {
        while let Ok(stamped) = self.commands.try_recv() {
            self.accept(stamped);
        }
    }

    fn accept(&mut self, stamped: Stamped) {
        match stamped.command {
            Command::Begin(rings) => {
                // What was asked before belongs to the stream that ends here.
                self.apply_all();
                self.idle.forget();
                if let Some(resampling) = self.installed.as_mut().and_then(|i| i.resampling.as_mut()) {
                    resampling.begin(false);
                }
                if let Some(rings) = rings {
                    self.use_rings(rings);
                }
            }
            Command::Swap(swap) if swap.rings.is_some() || self.installed.is_none() => {
                self.apply_all();
                self.idle.forget();
                self.swap(*swap);
            }
            Command::Leave => {
                self.apply_all();
                self.rings = None;
                self.last_input.forget();
                self.leaves = true;
            }
            // The shape of the next buffer shows when it applies.
            Command::Reshape(resampling) => self.reshaped.push_back(resampling),
            _ => self.pending.push_back(stamped),
        }
    }

    /// Applies what is stamped for the buffer of this number or an earlier one.
    pub fn apply_until(&mut self, sequence: u64) {
        while self.pending.front().is_some_and(|stamped| stamped.sequence <= sequence) {
            self.apply_first(true);
        }
    }

    /// Applies everything: right when no buffer of this stream is on its way any more.
    pub fn apply_all(&mut self) {
        while !self.pending.is_empty() {
            self.apply_first(false);
        }
        if let Some(release) = self.releasing.take() {
            self.release(&release.to);
        }
    }

    /// Applies everything but what the next buffer is waited for: right when none is here.
    pub fn apply_idle(&mut self) {
        let waits = |stamped: &Stamped| matches!(&stamped.command, Command::Release(release) if Instant::now() < release.until);
        while self.pending.front().is_some_and(|stamped| !waits(stamped)) {
            self.apply_first(false);
        }
        if self.pending.is_empty() {
            self.apply_all();
        }
    }

    fn apply_first(&mut self, buffer_has_come: bool) {
        let Some(Stamped { command, sequence }) = self.pending.pop_front() else { return };
        if let Some(installed) = &self.installed {
            installed.model.prepare_thread(self.status.intra_op_threads());
        }
        self.status.runs.begin();
        if !matches!(command, Command::Get { .. } | Command::Fence(_)) {
            self.idle.forget();
        }
        match command {
            Command::Swap(swap) => self.swap(*swap),
            // After the buffer that has come: with its end the model fades out.
            Command::Release(release) if buffer_has_come => self.releasing = Some(release),
            Command::Release(release) => self.release(&release.to),
            Command::Set { attribute, values } => {
                match set(&mut self.installed, &attribute, &values) {
                    Ok(()) => {
                        self.attributes.set(&attribute, values);
                        // What fails after this may do so for another reason.
                        self.last_fault = None;
                    }
                    Err(what) => self.reply(EngineReport::SetFailed(what)),
                };
                self.reply(EngineReport::Done);
            }
            Command::Get { attribute } => {
                let reply = match self.installed.as_mut() {
                    Some(Installed { model, .. }) => {
                        let values = caught(&attribute, || model.get(index_of(model.as_ref(), &attribute)?));
                        EngineReport::Got { attribute, values }
                    }
                    None => EngineReport::Done,
                };
                self.reply(reply);
            }
            Command::Midi(message) => {
                self.midi.take(sequence, message);
                self.reply(EngineReport::Done);
            }
            Command::Transport(change) => self.transport.get_or_insert_default().change(change),
            Command::SampleRate(hz) => {
                if let Some(Installed { model, .. }) = self.installed.as_mut()
                    && model.spec().takes_sample_rate
                    && let Err(what) = caught("set_sample_rate", || model.set_sample_rate(hz))
                {
                    self.reply(EngineReport::SetFailed(what));
                }
            }
            Command::Seed(seed) => {
                self.seed = Some(seed);
                self.seed_model();
            }
            Command::Fence(number) => self.reply(EngineReport::Passed(number)),
            Command::Begin(_) | Command::Leave | Command::Reshape(_) => {}
        }
        self.status.runs.end();
    }

    /// Sets on a new model what the one before was set to, where that stays.
    pub(super) fn set_again(&mut self, keeps_attributes: bool) {
        let mut refused = Vec::new();
        let (attributes, installed) = (&mut self.attributes, &mut self.installed);
        attributes.survive_on(
            keeps_attributes,
            |name, values| set(installed, name, values),
            |what| refused.push(what),
        );
        refused.into_iter().for_each(|what| self.reply(EngineReport::SetFailed(what)));
    }

    /// What was set on another runner's model, and the seed of its random numbers, for the first one here.
    pub fn inherit(&mut self, attributes: SetAttributes, seed: Option<u64>) {
        (self.attributes, self.seed) = (attributes, seed);
    }

    /// Begins the model's random numbers where the seed says, if there is one.
    pub(super) fn seed_model(&mut self) {
        if let (Some(seed), Some(Installed { model, .. })) = (self.seed, &mut self.installed) {
            let _silent = catch_unwind(AssertUnwindSafe(|| model.seed(seed)));
        }
    }
}

/// Sets an attribute of the model.
fn set(installed: &mut Option<Installed>, name: &str, values: &[Value]) -> Result<(), AttributeError> {
    let Some(Installed { model, .. }) = installed else {
        return Err(AttributeError::Unknown { attribute: name.into() });
    };
    caught(name, || model.set(index_of(model.as_ref(), name)?, values))
}

/// Where the model has an attribute.
fn index_of(model: &dyn Model, name: &str) -> Result<usize, AttributeError> {
    let position = model.spec().attributes.iter().position(|attribute| attribute.name == name);
    position.ok_or_else(|| AttributeError::Unknown { attribute: name.into() })
}

/// A call into a model, with a panic as an error.
fn caught<T>(name: &str, call: impl FnOnce() -> Result<T, AttributeError>) -> Result<T, AttributeError> {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|panic| {
        Err(AttributeError::Threw {
            attribute: name.into(),
            given: String::new(),
            what: panic_text(panic.as_ref()),
        })
    })
}
