//! Requests to the model itself: passed to the one that a box has, or kept for the one that it is loading.

use std::sync::Arc;

use super::{
    attribute_request::{AttributeRequest, Typed, no_model},
    config::ModelInfo,
    state::{Reconciler, State},
};
use crate::command::{Command, EngineReport};
use crate::refusal::Refusal;
use crate::set_attributes::SetAttributes;
use nn_model::{
    TransportChange,
    midi::MOST_MESSAGES,
    value::{Value, ValueType},
};

impl State {
    /// What is known of the model that was asked for last; without a model before it, what its file says.
    fn info_of_wanted(&self) -> Option<&ModelInfo> {
        let wanted = self.wanted.model.as_ref().map(|model| &model.location);
        let described = |info: &ModelInfo| self.done.is_none() && Some(&info.location) == wanted;
        self.info.as_ref().filter(|info| !self.awaits_load() || described(info))
    }

    /// True for a `get` that waits already and would get the same answer: nothing is set between the two.
    fn is_asked_already(&self, request: &AttributeRequest) -> bool {
        let since_set =
            self.deferred.iter().rev().take_while(|deferred| !matches!(deferred, AttributeRequest::Set(..)));
        matches!(request, AttributeRequest::Get(_))
            && since_set.into_iter().any(|deferred| deferred == request)
    }

    /// True for MIDI when more of it waits than a buffer can have.
    fn has_enough_midi(&self, request: &AttributeRequest) -> bool {
        let is_midi = |request: &&AttributeRequest| matches!(request, AttributeRequest::Midi(_));
        is_midi(&request) && self.deferred.iter().filter(is_midi).count() >= MOST_MESSAGES
    }
}

impl Reconciler {
    /// The types of an attribute of the model that the next message is for; `None` while that model is not known.
    /// Without such an attribute there are none.
    pub fn types(&self, attribute: &str) -> Option<Vec<ValueType>> {
        let state = self.lock();
        let info = state.info_of_wanted()?;
        Some(info.spec.attribute(attribute).map(|spec| spec.types.clone()).unwrap_or_default())
    }

    /// Passes a request on to the model; while another one is being loaded, to that one. Main thread.
    ///
    /// # Errors
    /// There is no model, it has no such attribute, the values are of other types.
    pub fn address(&self, request: AttributeRequest) -> Result<(), Refusal> {
        let mut state = self.lock();
        if state.awaits_load() || state.keeps_requests || state.released {
            if let Some(info) = state.info_of_wanted() {
                // What the file promises is as good as the model's own word.
                request.clone().checked(&info.spec)?;
            }
            if state.is_asked_already(&request) || state.has_enough_midi(&request) {
                // Answered with the one before.
                self.reply(EngineReport::Done);
            } else {
                state.deferred.push(request);
            }
            return Ok(());
        }
        let Some(info) = state.info.as_ref().filter(|info| info.loaded) else {
            return Err(no_model(request.name()).into());
        };
        let command = request.checked(&info.spec)?;
        self.send(&mut state, command);
        Ok(())
    }

    /// The main thread knows that its model is a generator: what was asked of that meanwhile. Main thread.
    pub fn claim_generator(&self) -> Vec<AttributeRequest> {
        let mut state = self.lock();
        state.found_generator = false;
        std::mem::take(&mut state.deferred)
    }

    /// Seeds the random numbers of the model, and of every one that comes after it. Main thread.
    pub fn seed(&self, seed: u64) {
        let mut state = self.lock();
        state.seed = Some(seed);
        self.send(&mut state, Command::Seed(seed));
    }

    /// Tempo or place of the song, from the buffer on that is being filled. Main thread.
    pub fn change_transport(&self, change: TransportChange) {
        let mut state = self.lock();
        self.send(&mut state, Command::Transport(change));
    }

    /// What was set since the load, by attribute, also on a model that is still on its way; of that one without what may
    /// be arrays. Main thread.
    pub fn settings(&self) -> SetAttributes {
        let state = self.lock();
        let mut settings =
            if state.awaits_load() { SetAttributes::default() } else { state.attributes.clone() };
        for request in &state.deferred {
            let AttributeRequest::Set(name, typed) = request else { continue };
            let plain = |typed: &Typed| match typed.array {
                Some(Ok(_)) => None,
                _ => Some(typed.value.clone()),
            };
            match typed.iter().map(plain).collect::<Option<Arc<[Value]>>>() {
                Some(values) => _ = settings.set(name, values),
                None => settings.forget(name),
            }
        }
        settings
    }

    /// Keeps requests from now on, whether the model is there or not. Main thread.
    pub fn keep_requests(&self) {
        self.lock().keeps_requests = true;
    }

    /// Passes on what was kept. Main thread.
    pub fn release_requests(&self) {
        let mut state = self.lock();
        state.keeps_requests = false;
        if !state.awaits_load() {
            self.pass_on_deferred(&mut state);
        }
    }

    /// There is no model to be asked; what was to be set is for the next one.
    pub(super) fn refuse_questions(&self, state: &mut State) {
        let (asked, kept) = std::mem::take(&mut state.deferred)
            .into_iter()
            .partition(|request| matches!(request, AttributeRequest::Get(_) | AttributeRequest::Midi(_)));
        state.deferred = kept;
        let asked: Vec<AttributeRequest> = asked;
        for request in asked {
            if !matches!(request, AttributeRequest::Midi(_)) {
                self.reply(EngineReport::Refused(no_model(request.name()).into()));
            }
            self.reply(EngineReport::Done);
        }
    }

    /// What was asked of the model that has been loaded meanwhile, or of the one that stays because that failed.
    pub(super) fn pass_on_deferred(&self, state: &mut State) {
        if state.keeps_requests || state.released {
            return;
        }
        for request in std::mem::take(&mut state.deferred) {
            let command = match state.info.as_ref().filter(|info| info.loaded) {
                Some(info) => request.checked(&info.spec),
                None => Err(no_model(request.name()).into()),
            };
            match command {
                Ok(command) => self.send(state, command),
                Err(refusal) => {
                    self.reply(EngineReport::Refused(refusal));
                    self.reply(EngineReport::Done);
                }
            }
        }
    }
}
