//! At which rate the model runs: at the host's, or at its own.

use super::{
    state::{State, Workshop},
    wish::Wish,
};
use crate::command::Command;

impl Workshop {
    /// True for a choice of rates that makes no difference to what plays, bit for bit: it is only remembered.
    pub(super) fn is_heard_in_nothing(&self, state: &mut State) -> bool {
        let (Some(done), Some(subject)) = (&state.done, &state.subject) else { return false };
        let alike = Wish { resample: done.resample, ..state.wish.clone() } == *done;
        if !alike || state.lost || done.rates(&subject.spec) != state.wish.rates(&subject.spec) {
            return false;
        }
        state.done = Some(state.wish.clone());
        state.orders += 1;
        true
    }

    /// Tells the model its rate when that has changed. Where it runs at its own, it hears of no other.
    pub(super) fn tell_rate(&self, state: &mut State) {
        let (Some(done), Some(subject)) = (&state.done, &state.subject) else { return };
        let present = Wish { host: state.wish.host, ..done.clone() };
        let rate_hz = present.rate_hz(&subject.spec);
        if let Some(hz) = rate_hz.filter(|_| rate_hz != state.told_rate_hz) {
            state.told_rate_hz = rate_hz;
            self.send(state, Command::SampleRate(hz));
        }
    }
}
