//! What is for the model itself, on its way to the one that a box has, or is getting.

use super::{State, Workshop};
use crate::{
    attribute::check_values,
    engine::command::{Command, Reply},
    spec::ModelSpec,
    value::Value,
};

/// A message to the model.
#[derive(Clone, Debug, PartialEq)]
pub enum AttributeRequest {
    /// Set it to what was typed.
    Set(String, Vec<Value>),
    /// Read it.
    Get(String),
    /// Seed the generator of random numbers: no attribute, but for the same model.
    Seed(u64),
}

impl AttributeRequest {
    fn name(&self) -> &str {
        match self {
            Self::Set(name, _) | Self::Get(name) => name,
            Self::Seed(_) => "seed",
        }
    }

    /// What the model is told, or why it is not.
    fn checked(self, spec: &ModelSpec) -> Result<Command, String> {
        if let Self::Seed(seed) = self {
            return Ok(Command::Seed(seed));
        }
        let Some(attribute) = spec.attribute(self.name()) else {
            let has: Vec<_> = spec.attributes.iter().map(|a| a.name.as_str()).collect();
            let has = if has.is_empty() { "no attributes".to_owned() } else { has.join(", ") };
            return Err(format!("no attribute '{}': the model has {has}", self.name()));
        };
        match self {
            Self::Set(name, values) => {
                let values = check_values(attribute, &values).map_err(|error| error.to_string())?;
                Ok(Command::Set { attribute: name, values })
            }
            Self::Get(name) => Ok(Command::Get { attribute: name }),
            Self::Seed(seed) => Ok(Command::Seed(seed)),
        }
    }
}

impl Workshop {
    /// Passes a request on to the model; while another one is being loaded, to that one. Main thread.
    ///
    /// # Errors
    /// A line for the user: there is no model, it has no such attribute, the values are of other types.
    pub fn address(&self, request: AttributeRequest) -> Result<(), String> {
        let mut state = self.lock();
        if state.awaits_load() {
            if let (Some(subject), true) = (&state.subject, state.done.is_none()) {
                // What the file promises is as good as the model's own word.
                request.clone().checked(&subject.spec)?;
            }
            state.deferred.push(request);
            return Ok(());
        }
        let Some(subject) = state.subject.as_ref().filter(|subject| subject.loaded) else {
            return Err(no_model(request.name()));
        };
        let command = request.checked(&subject.spec)?;
        self.send(&mut state, command);
        Ok(())
    }

    /// What was set since the load, by attribute, also on a model that is still on its way. Main thread.
    pub fn settings(&self) -> Vec<(String, Vec<Value>)> {
        let state = self.lock();
        let mut settings = if state.awaits_load() { Vec::new() } else { state.applied.clone() };
        for request in &state.deferred {
            let AttributeRequest::Set(name, values) = request else { continue };
            match settings.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => known.clone_from(values),
                None => settings.push((name.clone(), values.clone())),
            }
        }
        settings
    }

    /// What was asked of the model that has been loaded meanwhile, or of the one that stays because that failed.
    pub(super) fn pass_on_deferred(&self, state: &mut State) {
        for request in std::mem::take(&mut state.deferred) {
            let asked = matches!(request, AttributeRequest::Get(_));
            let command = match state.subject.as_ref().filter(|subject| subject.loaded) {
                Some(subject) => request.checked(&subject.spec),
                None => Err(no_model(request.name())),
            };
            match command {
                Ok(command) => self.send(state, command),
                Err(line) => {
                    if asked {
                        self.reply(Reply::Unanswered);
                    }
                    self.reply(Reply::Refused(line));
                }
            }
        }
    }
}

/// What is said without a model.
pub fn no_model(what: &str) -> String {
    format!("{what}: there is no model yet: send load MODEL")
}
