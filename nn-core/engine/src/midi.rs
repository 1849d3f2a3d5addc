//! MIDI on its way to a model and back. Known to the model's owner alone.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::resample::Rates;
use nn_model::{
    AttributeError, Model,
    midi::{MOST_MESSAGES, TimedMidi},
};

/// Messages that wait for the next run, and those that runs have answered.
#[derive(Debug, Default)]
pub(super) struct Midi {
    /// Each with the number of the buffer in which it came, and its place there in frames of the host.
    waiting: Vec<(u64, TimedMidi)>,
    given: Vec<TimedMidi>,
    /// The model has messages that must not be taken for those of the next run.
    told: bool,
    answered: Vec<TimedMidi>,
    /// How many came beyond what is kept, and whether that was said.
    left_out: usize,
    complained: bool,
    refused: Option<AttributeError>,
}

impl Midi {
    /// A message came in the buffer of this number.
    pub(super) fn take(&mut self, sequence: u64, message: TimedMidi) {
        if self.waiting.len() < MOST_MESSAGES {
            self.waiting.push((sequence, message));
        } else {
            self.left_out += 1;
        }
    }

    /// Whether the next run has something to do with it.
    fn concerns_next_run(&self) -> bool {
        self.told || !self.waiting.is_empty()
    }

    /// Gives the model what waits, before a run of so many frames for the buffer of this number. Of a buffer that was left out
    /// they come at the beginning: a note that is not ended would sound for ever.
    pub(super) fn give(
        &mut self,
        model: &mut dyn Model,
        sequence: u64,
        run_frames: usize,
        rates: Option<Rates>,
    ) {
        if !self.concerns_next_run() {
            return;
        }
        self.given.clear();
        let at = |frames: usize| match rates {
            Some(Rates { host_hz, model_hz }) => {
                (frames as u64 * u64::from(model_hz) / u64::from(host_hz.max(1))) as usize
            }
            None => frames,
        };
        self.given.extend(self.waiting.drain(..).map(|(came_in, message)| TimedMidi {
            at_frames: if came_in == sequence {
                at(message.at_frames).min(run_frames.saturating_sub(1))
            } else {
                0
            },
            ..message
        }));
        self.told = !self.given.is_empty();
        let given = &self.given;
        if let Ok(Err(what)) = catch_unwind(AssertUnwindSafe(|| model.set_midi(given))) {
            self.refused = Some(what);
        }
    }

    /// Takes what the model has answered to its run.
    pub(super) fn collect(&mut self, model: &mut dyn Model) {
        let answered = &mut self.answered;
        if let Ok(Err(what)) = catch_unwind(AssertUnwindSafe(|| model.read_midi(answered))) {
            self.refused = Some(what);
        }
        self.left_out += self.answered.len().saturating_sub(MOST_MESSAGES);
        self.answered.truncate(MOST_MESSAGES);
    }

    /// What was answered since the last call.
    pub(super) fn take_answered(&mut self) -> Option<Vec<TimedMidi>> {
        (!self.answered.is_empty()).then(|| std::mem::take(&mut self.answered))
    }

    /// What the model has refused.
    pub(super) fn take_refused(&mut self) -> Option<AttributeError> {
        self.refused.take()
    }

    /// A line about messages that were left out; one until another model comes.
    pub(super) fn complaint(&mut self) -> Option<String> {
        let count = std::mem::take(&mut self.left_out);
        (count > 0 && !std::mem::replace(&mut self.complained, true)).then(|| {
            format!(
                "midi: at least {count} messages more than the {MOST_MESSAGES} of one buffer are left out: send fewer, or choose a smaller buffer"
            )
        })
    }

    /// Another model has come.
    pub(super) fn begin(&mut self) {
        self.complained = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nn_model::fake::{Behaviour, FakeModel};

    fn note(at_frames: usize, note: u8) -> TimedMidi {
        TimedMidi { at_frames, bytes: vec![144, note, 100] }
    }

    #[test]
    fn messages_keep_their_place_in_their_buffer_and_come_first_in_a_later_one() {
        let mut model = FakeModel::new([1, 1, 1, 1], Behaviour::Gain);
        for (sequence, run_frames, rates, places) in [
            (7, 512, None, [0, 64, 500]),
            (8, 512, None, [0, 0, 0]),
            (7, 256, Some(Rates { host_hz: 48_000, model_hz: 24_000 }), [0, 32, 250]),
            // A run that is shorter than the buffer.
            (7, 128, Some(Rates { host_hz: 48_000, model_hz: 24_000 }), [0, 32, 127]),
        ] {
            let mut midi = Midi::default();
            for at in [0, 64, 500] {
                midi.take(7, note(at, 60));
            }
            midi.give(&mut model, sequence, run_frames, rates);
            assert_eq!(midi.given.iter().map(|message| message.at_frames).collect::<Vec<_>>(), places);
            assert!(midi.concerns_next_run(), "the model is told once more that there are none");
            midi.give(&mut model, sequence + 1, run_frames, rates);
            assert!(midi.given.is_empty() && !midi.concerns_next_run());
        }
    }

    #[test]
    fn more_messages_than_are_kept_are_said_once() {
        let mut midi = Midi::default();
        for _ in 0..MOST_MESSAGES + 3 {
            midi.take(0, note(0, 60));
        }
        assert!(midi.complaint().expect("a line").starts_with("midi: at least 3 messages more than the 256"));
        midi.take(0, note(0, 60));
        assert_eq!(midi.complaint(), None);
        midi.begin();
        midi.take(0, note(0, 60));
        assert!(midi.complaint().expect("another model").starts_with("midi: at least 1 messages"));
    }
}
