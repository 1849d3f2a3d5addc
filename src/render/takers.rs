//! What becomes of the sound that boxes play: a file of sound, latents, or signals in memory.

use super::tail::Tail;
use crate::{
    failure::Failure,
    sound::{Levels, SoundFault, SoundWriter},
};

/// Takes what one of the boxes plays.
#[derive(Debug)]
pub struct Taker {
    /// Which box, counted from 0.
    pub stage: usize,
    /// Samples before what belongs to the first sample of the input.
    delay_frames: u64,
    /// Samples to be taken after that, once it is known.
    wanted_frames: Option<u64>,
    /// Samples to be taken after the end of the input.
    extra_frames: u64,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Sound {
        writer: Box<SoundWriter>,
        levels: Box<Levels>,
        tail: Option<Tail>,
        tail_is_over: bool,
    },
    /// Every frame of `step` samples is one value.
    Values {
        step: f64,
        early: f64,
        next: u64,
        values: Vec<Vec<f32>>,
    },
}

/// What a file of sound has become.
#[derive(Debug)]
pub struct Finished {
    /// Its levels.
    pub levels: Levels,
    /// Its length.
    pub frames: u64,
    /// How much of that is after the input.
    pub tail_frames: u64,
    /// Whether the model still sounded when waiting for its end was given up.
    pub sounds_on: bool,
}

impl Taker {
    /// Writes a file: from `delay_frames` on, `extra_frames` more than the input has, then a tail.
    pub fn sound(
        stage: usize,
        (delay_frames, extra_frames): (u64, u64),
        writer: SoundWriter,
        levels: Levels,
        tail: Option<Tail>,
    ) -> Self {
        let tail_is_over = tail.is_none();
        let kind = Kind::Sound { writer: Box::new(writer), levels: Box::new(levels), tail, tail_is_over };
        Self { stage, delay_frames, wanted_frames: None, extra_frames, kind }
    }

    /// Keeps one value of each `step` samples, from its middle: a value is held that long, and its borders may lie
    /// between two samples. The first one begins `early` samples before the input.
    pub fn values(stage: usize, delay_frames: u64, (step, early): (f64, f64), lanes: usize) -> Self {
        let kind = Kind::Values { step, early, next: 0, values: vec![Vec::new(); lanes] };
        Self { stage, delay_frames, wanted_frames: None, extra_frames: 0, kind }
    }

    /// So long is the input.
    pub fn input_ends(&mut self, frames: u64) {
        self.wanted_frames = Some(match &self.kind {
            Kind::Sound { .. } => frames + self.extra_frames,
            Kind::Values { step, early, .. } => ((frames as f64 + early) / step).ceil() as u64,
        });
    }

    /// Whether it needs no more; `played_frames` is what the boxes have played so far.
    pub fn is_done(&self, played_frames: u64) -> bool {
        let Some(wanted) = self.wanted_frames else { return false };
        match &self.kind {
            Kind::Sound { tail_is_over, .. } => {
                played_frames.saturating_sub(self.delay_frames) >= wanted && *tail_is_over
            }
            Kind::Values { next, .. } => *next >= wanted,
        }
    }

    /// Takes a block that begins with this sample: a signal for each lane.
    pub fn take(&mut self, first_frame: u64, lanes: &[&[f32]]) -> Result<(), SoundFault> {
        let frames = lanes.first().map_or(0, |lane| lane.len());
        let early = self.delay_frames.saturating_sub(first_frame).min(frames as u64) as usize;
        let begin = (first_frame + early as u64).saturating_sub(self.delay_frames);
        match &mut self.kind {
            Kind::Sound { writer, levels, tail, tail_is_over } => {
                let left = |wanted: u64| wanted.saturating_sub(begin).min((frames - early) as u64) as usize;
                let count = self.wanted_frames.map_or(frames - early, left);
                let part = |from: usize, to: usize| -> Vec<&[f32]> {
                    lanes.iter().map(|lane| &lane[from..to]).collect()
                };
                let wanted = part(early, early + count);
                levels.add(&wanted);
                writer.write(&wanted)?;
                if let Some(tail) = tail
                    && early + count < frames
                {
                    tail.add(&part(early + count, frames));
                    *tail_is_over = tail.is_over();
                }
            }
            Kind::Values { step, early, next, values } => loop {
                let middle = self.delay_frames as f64 + (*next as f64 + 0.5) * *step - *early;
                let middle = middle.max(0.0) as u64;
                if middle >= first_frame + frames as u64 || self.wanted_frames.is_some_and(|all| *next >= all)
                {
                    break;
                }
                if let Some(at) = middle.checked_sub(first_frame) {
                    values.iter_mut().zip(lanes).for_each(|(values, lane)| values.push(lane[at as usize]));
                }
                *next += 1;
            },
        }
        Ok(())
    }

    /// Ends a file of sound.
    pub fn finish_sound(self, input_frames: u64) -> Result<Finished, Failure> {
        let Kind::Sound { mut writer, mut levels, tail, .. } = self.kind else {
            return Err(Failure::failed("these are no sound"));
        };
        let mut frames = self.wanted_frames.unwrap_or(input_frames);
        let mut sounds_on = false;
        if let Some(tail) = tail {
            let sound = tail.sound();
            sounds_on = !tail.has_ended();
            frames += sound.first().map_or(0, |channel| channel.len()) as u64;
            levels.add(&sound);
            writer.write(&sound).map_err(Failure::failed)?;
        }
        writer.finish().map_err(Failure::failed)?;
        let tail_frames = frames.saturating_sub(input_frames);
        Ok(Finished { levels: *levels, frames, tail_frames, sounds_on })
    }

    /// The values of each lane.
    pub fn into_values(self) -> Vec<Vec<f32>> {
        match self.kind {
            Kind::Values { values, .. } => values,
            Kind::Sound { .. } => Vec::new(),
        }
    }
}
