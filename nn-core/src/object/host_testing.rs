//! `selftest`: what was recorded of the box, compared with what should be heard of it.

use crossbeam_channel::{TryRecvError, bounded};

use super::{host_checks::Asked, nn_object::NnObject};
use crate::{
    host_test::{CHECKS, HostCheck, Outcome, Recording, Verdict, check, judge},
    message::SelfTest,
};
use nn_engine::layout::BoxKind;
use nn_model::array::{ArrayFault, MOST_SAMPLES};

/// How often an array is tried again that its host is using.
const TRIES: u32 = 100;

impl NnObject {
    /// `selftest`.
    pub(super) fn test_host(&mut self, request: SelfTest) {
        match request {
            SelfTest::Begin => {
                self.settle_runs();
                self.host_testing.before = self.status.counts();
            }
            SelfTest::Check { name, arrays } => match check(&name) {
                Some(check) => {
                    self.settle_runs();
                    self.host_testing.asked.push(Asked::Reading { check, arrays, tries: 0 });
                    self.tell_of_host_test();
                }
                None => {
                    let names: Vec<_> = CHECKS.iter().map(|check| check.name).collect();
                    self.error(format!("selftest: no check '{name}': there are {}", names.join(", ")));
                }
            },
        }
    }

    /// Goes on with checks, and tells what came of them.
    pub(super) fn tell_of_host_test(&mut self) {
        for asked in std::mem::take(&mut self.host_testing.asked) {
            match self.go_on_testing(asked) {
                Ok(outcome) => self.report("selftest", outcome.atoms()),
                Err(later) => self.host_testing.asked.push(later),
            }
        }
    }

    /// What came of a check; or how it goes on.
    fn go_on_testing(&self, asked: Asked) -> Result<Outcome, Asked> {
        match asked {
            Asked::Judging(check, answer) => match answer.try_recv() {
                Ok(outcome) => Ok(outcome),
                Err(TryRecvError::Empty) => Err(Asked::Judging(check, answer)),
                Err(TryRecvError::Disconnected) => {
                    Ok(Outcome::new(check.name, Verdict::Fail, "comparing it broke off inside"))
                }
            },
            Asked::Reading { check, arrays, tries } => {
                if let Some(outcome) = self.cannot_be_tested(check) {
                    return Ok(outcome);
                }
                match self.recording(&arrays) {
                    Ok(recording) if self.waits() => Ok(judge(check, &recording)),
                    Ok(recording) => {
                        let (sender, answer) = bounded(1);
                        self.context.loader.submit(move || {
                            // The box may be gone.
                            let _gone = sender.send(judge(check, &recording));
                        });
                        Err(Asked::Judging(check, answer))
                    }
                    Err(ArrayFault::Busy { .. }) if tries < TRIES && !self.waits() => {
                        Err(Asked::Reading { check, arrays, tries: tries + 1 })
                    }
                    Err(fault) => Ok(Outcome::new(check.name, Verdict::Fail, fault.to_string())),
                }
            }
        }
    }

    fn cannot_be_tested(&self, check: &HostCheck) -> Option<Outcome> {
        if self.kind != BoxKind::Nn
            && let Some(why) = self.context.no_multichannel
        {
            return Some(Outcome::new(check.name, Verdict::LeftOut, format!("multichannel signals: {why}")));
        }
        (!self.is_loaded()).then(|| {
            let text = "the box has no model that plays: the console and the doctor below say why";
            Outcome::new(check.name, Verdict::Fail, text)
        })
    }

    fn recording(&self, arrays: &[String]) -> Result<Recording, ArrayFault> {
        let (now, before) = (self.status.counts(), self.host_testing.before);
        let mut signals = Vec::new();
        for name in arrays {
            let mut samples = Vec::new();
            let shape = self.context.arrays.read(name, 0, MOST_SAMPLES, &mut samples)?;
            shape.check(name)?;
            signals.extend(samples.chunks(shape.frames).map(<[f32]>::to_vec));
        }
        let mut signals = signals.into_iter();
        Ok(Recording {
            input: signals.next().unwrap_or_default(),
            outputs: signals.collect(),
            latency_frames: self.format().map_or(0, |format| format.latency_frames()),
            sample_rate_hz: self.host.sample_rate_hz,
            played_frames: now.played_frames.saturating_sub(before.played_frames),
            buffers: now.buffers.saturating_sub(before.buffers),
            late: (now.late + now.dropped).saturating_sub(before.late + before.dropped),
            faults: (now.faults + now.non_finite).saturating_sub(before.faults + before.non_finite),
        })
    }
}
