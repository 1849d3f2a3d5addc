//! Runs ticks: as fast as possible, in real time, or until something is answered.

use super::{Host, HostError};
use crate::console;
use crate::libpd::TICK_FRAMES;
use crate::pacer::Pacer;
use std::io::Write;
use std::time::{Duration, Instant};

impl Host {
    /// Ticks in a row; the file is written after the last one.
    pub(super) fn ticks(&mut self, ticks: u64) -> Result<(), HostError> {
        let mut input = vec![0.0; self.inputs * TICK_FRAMES];
        let mut output = vec![0.0; self.outputs * TICK_FRAMES];
        let mut recorded = Vec::new();
        for _ in 0..ticks {
            self.source.fill(&mut input, self.inputs, self.source_frame);
            self.source_frame += TICK_FRAMES as u64;
            self.pd.tick(&input, &mut output);
            if self.recording.is_some() {
                recorded.extend(output.iter().flat_map(|sample| sample.to_le_bytes()));
            }
        }
        if let Some(file) = &mut self.recording {
            file.write_all(&recorded)?;
        }
        Ok(())
    }

    pub(super) fn realtime(&mut self, ticks: u64, burst: u64) -> Result<(), HostError> {
        let mut pacer = Pacer::new(burst * TICK_FRAMES as u64, self.samplerate_hz);
        let mut left = ticks;
        while left > 0 {
            pacer.wait();
            self.ticks(burst.min(left))?;
            pacer.done();
            left -= burst.min(left);
        }
        // Until the last burst is over too: what follows would come too early.
        pacer.wait();
        console::say(format!("realtime ticks={ticks} {}", pacer.figures()));
        Ok(())
    }

    pub(super) fn until(&mut self, patience: Duration, text: String) -> Result<(), HostError> {
        let start = Instant::now();
        let mut pacer = Pacer::new(TICK_FRAMES as u64, self.samplerate_hz);
        while !console::found(&text) {
            if start.elapsed() > patience {
                return Err(HostError::Patience { text, patience });
            }
            pacer.wait();
            self.ticks(1)?;
            pacer.done();
        }
        Ok(())
    }
}
