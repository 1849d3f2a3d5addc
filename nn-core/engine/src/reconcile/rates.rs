//! At which rate the model runs: at the host's, or at its own.

use super::{
    config::Config,
    state::{Reconciler, State},
};
use crate::command::Command;

impl Reconciler {
    /// True for a choice of rates that makes no difference to what plays, bit for bit: it is only remembered.
    pub(super) fn is_heard_in_nothing(&self, state: &mut State) -> bool {
        let (Some(done), Some(info)) = (&state.done, &state.info) else { return false };
        let alike = Config { resample: done.resample, ..state.wanted.clone() } == *done;
        if !alike || state.lost || done.rates(&info.spec) != state.wanted.rates(&info.spec) {
            return false;
        }
        state.done = Some(state.wanted.clone());
        state.revision += 1;
        true
    }

    /// Tells the model its rate when that has changed. Where it runs at its own, it hears of no other.
    pub(super) fn tell_rate(&self, state: &mut State) {
        let (Some(done), Some(info)) = (&state.done, &state.info) else { return };
        let present = Config { host: state.wanted.host, ..done.clone() };
        let rate_hz = present.rate_hz(&info.spec);
        if let Some(hz) = rate_hz.filter(|_| rate_hz != state.told_rate_hz) {
            state.told_rate_hz = rate_hz;
            self.send(state, Command::SampleRate(hz));
        }
    }
}
