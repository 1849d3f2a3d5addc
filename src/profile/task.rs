//! What is profiled, and how.

use nn_core::timing::legal_buffer;

use super::arguments::{Arguments, Calls};
use crate::{
    boxes::{Chosen, Settings, chosen, meant},
    digest::digest,
    failure::Failure,
    where_and_how::WhereAndHow,
};

/// The rate of models that were made for any.
const USUAL_RATE_HZ: u32 = 44_100;

/// What is profiled.
#[derive(Clone, Debug)]
pub struct Task {
    /// The model and its method.
    pub chosen: Chosen,
    /// How it is called, at a buffer that it can have.
    pub calls: Calls,
    /// The rate at which it runs.
    pub rate_hz: u32,
    /// What a buffer lasts.
    pub buffer_ms: f64,
    /// Of the model's file.
    pub sha256: String,
    /// The machine, and the command.
    pub where_and_how: WhereAndHow,
}

impl Task {
    /// Everything that can be known before the model is loaded.
    pub fn of(arguments: &Arguments) -> Result<Self, Failure> {
        let (file, named) = meant(&arguments.model).unwrap_or((&arguments.model, None));
        let chosen = chosen(file, named.or(arguments.method.as_deref()))?;
        Settings::attributes(&arguments.calls.set, std::slice::from_ref(&chosen))?;
        let spec = &chosen.spec;
        let lcm = spec.ratio_lcm().map_err(Failure::failed)?;
        let buffer = legal_buffer(arguments.calls.buffer, lcm, 1);
        let buffer = buffer.map_err(|error| Failure::failed(format_args!("--buffer: {error}")))?;
        let rate_hz = arguments.calls.rate.or(spec.sample_rate_hz).unwrap_or(USUAL_RATE_HZ);
        let calls = Calls { buffer, rate: Some(rate_hz), ..arguments.calls.clone() };
        let buffer_ms = buffer as f64 * 1e3 / f64::from(rate_hz);
        let sha256 = digest(&chosen.path)
            .map_err(|error| Failure::failed(format_args!("{}: {error}", chosen.path.display())))?;
        Ok(Self { chosen, calls, rate_hz, buffer_ms, sha256, where_and_how: WhereAndHow::now() })
    }

    /// The method's name.
    pub fn method(&self) -> &str {
        &self.chosen.spec.methods[self.chosen.method].name
    }
}
