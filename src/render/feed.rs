//! What the first box hears: a file, latents, inputs that move, or nothing.

use std::path::Path;

use nn_core::{offline::Signals, spec::MethodSpec};

use super::automation::Track;
use crate::{failure::Failure, latents::Latents, sound::SoundReader};

/// Where samples come from.
#[derive(Debug)]
pub enum Source {
    /// A sound file.
    Sound(Box<SoundReader>),
    /// Latents, each held for the ratio of the method.
    Latents(Latents),
    /// Signals in memory: `[example][channel][frame]`.
    Signals(Vec<Vec<Vec<f32>>>),
    /// Nothing, for so many samples.
    Silence(u64),
}

/// At the inlet of a parameter: what was set counts.
const NO_SIGNAL: f32 = f32::NAN;

/// What is heard at each inlet of the first boxes, block by block.
#[derive(Debug)]
pub struct Feed {
    source: Source,
    /// Channels of the source, a block long.
    block: Vec<Vec<f32>>,
    block_frames: usize,
    ended: bool,
    mono: bool,
    /// Inlets that the source is heard at, in order.
    heard: Vec<usize>,
    /// Inlets before those of parameters.
    sounds: usize,
    /// Inlets of parameters that nothing moves: what is set counts there.
    unplugged: Vec<usize>,
    in_ratio: usize,
    /// Inlets that something else moves, in order.
    controls: Vec<(usize, Track)>,
    sample_rate_hz: u32,
    read_frames: u64,
    /// Boxes beside each other that the channels need.
    pub voices: usize,
}

/// Which inlet of a method a track moves: by its label, or as `in1` and so on.
pub fn inlet(name: &str, method: &MethodSpec) -> Option<usize> {
    let labelled = method.input_labels.iter().position(|label| label == name);
    let counted = || name.strip_prefix("in")?.parse::<usize>().ok()?.checked_sub(1);
    labelled.or_else(counted).filter(|&inlet| inlet < method.in_channels)
}

impl Feed {
    /// Distributes the channels of a source to the inlets of a method.
    pub fn new(
        source: Source,
        method: &MethodSpec,
        controls: Vec<(usize, Track)>,
        (mono, sample_rate_hz, block_frames): (bool, u32, usize),
    ) -> Result<Self, Failure> {
        let is_free = |inlet: &usize| controls.iter().all(|(moved, _)| moved != inlet);
        let sounds = method.in_channels - method.parameters;
        let inlets: Vec<_> = (0..sounds).filter(is_free).collect();
        let unplugged = (sounds..method.in_channels).filter(is_free).collect();
        let heard = inlets.len();
        let (channels, voices) = match &source {
            Source::Sound(reader) => {
                let channels = if mono { 1 } else { reader.channels };
                let fits = heard > 0 && (channels < heard || channels.is_multiple_of(heard));
                if !fits {
                    return Err(Failure::failed(format_args!(
                        "it has {channels} channels and {} takes {heard}: --mono mixes them to one",
                        method.name
                    )));
                }
                (reader.channels, (channels / heard).max(1))
            }
            Source::Latents(latents) => {
                let [examples, channels, _] = latents.shape();
                if channels != heard {
                    return Err(Failure::failed(format_args!(
                        "it has {channels} channels of latents and {} takes {heard}: they are of another model",
                        method.name
                    )));
                }
                if latents.ratio.is_some_and(|ratio| ratio != method.in_ratio) {
                    return Err(Failure::failed(format_args!(
                        "its latents last {} samples and those of {} {}: they are of another model",
                        latents.ratio.unwrap_or(0),
                        method.name,
                        method.in_ratio
                    )));
                }
                (0, examples)
            }
            Source::Signals(voices) => {
                let channels = voices.first().map_or(0, Vec::len);
                if channels != heard {
                    return Err(does_not_fit(channels, &method.name, heard));
                }
                (0, voices.len())
            }
            Source::Silence(_) => (0, 1),
        };
        Ok(Self {
            source,
            block: vec![vec![0.0; block_frames]; channels],
            block_frames,
            ended: false,
            mono,
            heard: inlets,
            sounds,
            unplugged,
            in_ratio: method.in_ratio,
            controls,
            sample_rate_hz,
            read_frames: 0,
            voices,
        })
    }

    /// How long it is in samples, as far as that is known before it was read.
    pub fn frames(&self) -> Option<u64> {
        match &self.source {
            Source::Sound(reader) => reader.promised_frames,
            Source::Latents(latents) => Some((latents.shape()[2] * self.in_ratio) as u64),
            Source::Signals(voices) => Some(length(voices) as u64),
            Source::Silence(frames) => Some(*frames),
        }
    }

    /// Silence, and no signal where what is set counts.
    fn unplug(&self, voices: &mut [Signals]) {
        for voice in voices.iter_mut() {
            voice.fill(0.0);
            self.unplugged.iter().for_each(|&inlet| voice.channel_mut(inlet, 0).fill(NO_SIGNAL));
        }
    }

    /// Writes the next block, silence behind the end, into one block of signals for each voice. Gives how many of its
    /// samples were there.
    pub fn read(&mut self, voices: &mut [Signals], path: Option<&Path>) -> Result<usize, Failure> {
        self.unplug(voices);
        let (first, block_frames) = (self.read_frames, self.block_frames);
        let frames = match &mut self.source {
            Source::Sound(_) if self.ended => {
                self.block.iter_mut().for_each(|channel| channel.fill(0.0));
                0
            }
            Source::Sound(reader) => {
                let frames = reader.read(&mut self.block).map_err(|error| {
                    Failure::failed(format_args!("{}: {error}", path.unwrap_or(Path::new("")).display()))
                })?;
                self.block.iter_mut().for_each(|channel| channel[frames..].fill(0.0));
                if self.mono {
                    mix(&mut self.block);
                }
                frames
            }
            Source::Latents(latents) => {
                let all = (latents.shape()[2] * self.in_ratio) as u64;
                (all.saturating_sub(first)).min(block_frames as u64) as usize
            }
            Source::Signals(voices) => {
                (length(voices) as u64).saturating_sub(first).min(block_frames as u64) as usize
            }
            Source::Silence(all) => all.saturating_sub(first).min(block_frames as u64) as usize,
        };
        for (number, voice) in voices.iter_mut().enumerate() {
            for (at, &inlet) in self.heard.iter().enumerate() {
                let signal = voice.channel_mut(inlet, 0);
                match &self.source {
                    Source::Sound(_) => {
                        let channels = if self.mono { 1 } else { self.block.len() };
                        // Fewer channels than inlets are repeated in turn, as `nn~ -m` does it.
                        signal.copy_from_slice(&self.block[(number * self.heard.len() + at) % channels]);
                    }
                    Source::Latents(latents) => {
                        let lane = &latents.values[number][at];
                        for (n, sample) in signal.iter_mut().take(frames).enumerate() {
                            *sample = lane[(first as usize + n) / self.in_ratio];
                        }
                    }
                    Source::Signals(voices) => {
                        if frames > 0 {
                            let begin = first as usize;
                            signal[..frames].copy_from_slice(&voices[number][at][begin..begin + frames]);
                        }
                    }
                    Source::Silence(_) => {}
                }
            }
            for (inlet, track) in &self.controls {
                for (n, sample) in voice.channel_mut(*inlet, 0).iter_mut().enumerate() {
                    let time_s = (first + n as u64) as f64 / f64::from(self.sample_rate_hz);
                    let is_set = *inlet >= self.sounds && track.begins_after(time_s);
                    *sample = if is_set { NO_SIGNAL } else { track.at(time_s) };
                }
            }
        }
        self.read_frames += block_frames as u64;
        self.ended |= frames < block_frames;
        Ok(frames)
    }

    /// What is odd about the file, once all of it was read.
    pub fn remarks(&self, read_frames: u64) -> Vec<String> {
        let Source::Sound(reader) = &self.source else { return Vec::new() };
        let seconds = |frames: u64| frames as f64 / f64::from(reader.sample_rate_hz);
        let mut remarks = Vec::new();
        let promised = reader.promised_frames.filter(|_| !reader.is_loose);
        if let Some(promised) = promised.filter(|&promised| promised > read_frames) {
            remarks.push(format!(
                "it ends after {:.3} s, and says that it lasts {:.3} s: it was cut",
                seconds(read_frames),
                seconds(promised)
            ));
        }
        if reader.skipped > 0 {
            remarks.push(format!("{} pieces of it are damaged and were left out", reader.skipped));
        }
        remarks
    }
}

/// What a model gives and the next one does not take.
pub fn does_not_fit(channels: usize, method: &str, takes: usize) -> Failure {
    Failure::failed(format_args!("{channels} channels come to {method}, which takes {takes}"))
}

fn length(voices: &[Vec<Vec<f32>>]) -> usize {
    voices.first().and_then(|voice| voice.first()).map_or(0, Vec::len)
}

/// The mean of all channels, in the first.
fn mix(channels: &mut [Vec<f32>]) {
    let count = channels.len() as f32;
    if let Some((first, others)) = channels.split_first_mut() {
        for (frame, sample) in first.iter_mut().enumerate() {
            *sample = others.iter().map(|other| other[frame]).fold(*sample, |sum, other| sum + other) / count;
        }
    }
}
