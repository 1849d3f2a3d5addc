//! All boxes of a rendering.

use nn_core::offline::{Chain, TimedMessage};

use super::feed::does_not_fit;
use crate::{
    boxes::{self, Chosen, Settings, Stage},
    failure::Failure,
};

/// Boxes beside each other, one chain for each voice, and what is sent to them on the way.
#[derive(Debug)]
pub struct Rack {
    /// For each voice, boxes one after the other.
    pub voices: Vec<Chain>,
    /// What the boxes of each voice are.
    pub stages: Vec<Stage>,
    /// To which box, and when; in the order of their times.
    pub messages: Vec<(usize, TimedMessage)>,
    /// Of the host.
    pub sample_rate_hz: u32,
}

impl Rack {
    /// The boxes of so many voices; `first` says how many models have played before these.
    pub fn new(
        models: &[Chosen],
        rate_hz: u32,
        settings: &Settings,
        voices: usize,
        first: usize,
    ) -> Result<Self, Failure> {
        let set = settings.set.iter().filter_map(|(to, name, value)| match to {
            // They are counted from the first one that plays here.
            Some(to) => Some((Some(to.checked_sub(first)?), name.clone(), value.clone())),
            None => Some((None, name.clone(), value.clone())),
        });
        let settings = Settings { set: set.collect(), ..settings.clone() };
        let mut rack =
            Rack { voices: Vec::new(), stages: Vec::new(), messages: Vec::new(), sample_rate_hz: rate_hz };
        for _ in 0..voices {
            let (chain, stages) = boxes::chain(models, rate_hz, &settings)?;
            rack.voices.push(chain);
            rack.stages = stages;
        }
        for pair in rack.stages.windows(2) {
            let next = &pair[1].method;
            let (gives, takes) = (pair[0].method.out_channels, next.in_channels - next.parameters);
            if gives != takes {
                let failure =
                    does_not_fit(gives, &format!("{} {}", pair[1].name, pair[1].method.name), takes);
                return Err(Failure { line: format!("{}: {}", pair[0].name, failure.line), ..failure });
            }
        }
        Ok(rack)
    }

    /// Samples from the input of the first box to the output of one of them.
    pub fn delay_frames(&self, stage: usize) -> usize {
        self.upstream_frames(stage) + self.stages[stage].latency_frames
    }

    /// Samples from the input of the first box to that of one of them.
    pub fn upstream_frames(&self, stage: usize) -> usize {
        let pairs = self.stages[..=stage].windows(2);
        pairs.map(|pair| pair[0].chained_frames(&pair[1], self.sample_rate_hz)).sum()
    }
}
