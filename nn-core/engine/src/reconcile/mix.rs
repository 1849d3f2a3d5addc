//! Changes of how a box mixes its model's sound with the input.

use super::state::{Reconciler, State};
use crate::status::Status;
use nn_model::effect::{Mix, MixSetting};

impl State {
    /// A load has come true: its model begins as its file says, but for what was set since it was asked for.
    pub(super) fn begin_mix(&mut self, file: Option<Mix>, since: u64, status: &Status) {
        // What was set before there was any model is for the first one.
        let since = if self.done.is_some() { since } else { 0 };
        self.mix.begin(file, since);
        status.mix.set(&self.mix.values());
    }
}

impl Reconciler {
    /// Sets one value of the mix; it is heard at once. Main thread.
    pub fn set_mix(&self, setting: MixSetting, value: f32) {
        let mut state = self.lock();
        let load = state.wanted.load();
        state.mix.set(setting, value, load);
        self.context.status.mix.set(&state.mix.values());
    }
}
