//! The host's arrays, read a piece at a time: the host has other things to do meanwhile.

use std::collections::VecDeque;

use nn_model::{
    array::{ArrayFault, ArrayShape, Arrays},
    generator::SoundSpec,
    value::SoundBuffer,
};

/// Frames that are read in one step: some 100 microseconds.
pub(super) const PIECE_FRAMES: usize = 1 << 16;

/// Why a sound for a generator was not read.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(super) enum ReadError {
    #[error(transparent)]
    Array(#[from] ArrayFault),
    #[error("array '{name}' has {found} channels, and the model takes {wanted} there")]
    Channels { name: String, found: usize, wanted: usize },
}

/// An array of which a part is read.
struct Reader {
    name: String,
    /// How many channels the model takes from it.
    channels: usize,
    shape: Option<ArrayShape>,
    read: Vec<Vec<f32>>,
}

impl Reader {
    /// Reads on. True when nothing is left to read. An array that has got another shape is read anew.
    fn step(&mut self, arrays: &dyn Arrays, most_frames: usize) -> Result<bool, ArrayFault> {
        let from = self.read.first().map_or(0, Vec::len);
        let mut piece = Vec::new();
        let shape = arrays.read(&self.name, from, most_frames, &mut piece)?;
        shape.check(&self.name)?;
        if self.shape.replace(shape) != Some(shape) {
            self.read = vec![Vec::new(); shape.channels];
            if from > 0 {
                return Ok(false);
            }
        }
        let frames = piece.len() / shape.channels;
        for (all, new) in self.read.iter_mut().zip(piece.chunks_exact(frames.max(1))) {
            all.extend_from_slice(new);
        }
        Ok(from + frames >= shape.frames)
    }

    fn sound(&mut self) -> Result<SoundBuffer, ReadError> {
        let read = std::mem::take(&mut self.read);
        let sample_rate_hz = self.shape.map_or(0, |shape| shape.sample_rate_hz);
        let sound = SoundBuffer { channels: read.len(), samples: read.concat(), sample_rate_hz };
        let (name, found, wanted) = (self.name.clone(), sound.channels, self.channels);
        sound.with_channels(wanted).ok_or(ReadError::Channels { name, found, wanted })
    }
}

/// All sounds that a generator takes, as far as they are read.
#[derive(Default)]
pub(super) struct Reading {
    /// Those that are not read to their end, with the number of their sound.
    left: VecDeque<(usize, Reader)>,
    sounds: Vec<SoundBuffer>,
}

impl Reading {
    /// Nothing is read yet. As many names as sounds.
    pub(super) fn new(names: &[Vec<String>], specs: &[SoundSpec]) -> Self {
        let reader = |(number, name): (usize, &String), channels| {
            (number, Reader { name: name.clone(), channels, shape: None, read: Vec::new() })
        };
        let of_sound = |(number, (names, spec)): (usize, (&Vec<String>, &SoundSpec))| {
            let channels = if names.len() > 1 { 1 } else { spec.channels };
            names.iter().map(|name| reader((number, name), channels)).collect::<Vec<_>>()
        };
        Self { left: names.iter().zip(specs).enumerate().flat_map(of_sound).collect(), sounds: Vec::new() }
    }

    /// Reads on: all sounds once they are complete, `None` before.
    pub(super) fn step(
        &mut self,
        arrays: &dyn Arrays,
        most_frames: usize,
    ) -> Result<Option<Vec<SoundBuffer>>, ReadError> {
        if let Some((number, reader)) = self.left.front_mut() {
            match reader.step(arrays, most_frames) {
                // Read again at the next poll.
                Err(ArrayFault::Busy { .. }) | Ok(false) => return Ok(None),
                Err(fault) => return Err(fault.into()),
                Ok(true) => {}
            }
            let sound = reader.sound()?;
            match self.sounds.get_mut(*number) {
                Some(first) => *first = side_by_side(std::mem::take(first), sound),
                None => self.sounds.push(sound),
            }
            self.left.pop_front();
        }
        Ok(self.left.is_empty().then(|| std::mem::take(&mut self.sounds)))
    }
}

/// The channels of both, as long as the longer one.
fn side_by_side(mut first: SoundBuffer, second: SoundBuffer) -> SoundBuffer {
    let frames = first.frames().max(second.frames());
    let padded = |sound: &SoundBuffer| {
        let padded = |channel| {
            let mut samples = sound.channel(channel).to_vec();
            samples.resize(frames, 0.0);
            samples
        };
        (0..sound.channels).flat_map(padded).collect::<Vec<_>>()
    };
    first.samples = [padded(&first), padded(&second)].concat();
    first.channels += second.channels;
    first
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Arrays that are all the same one, `[channels, frames]`.
    struct Same(Mutex<(usize, Vec<f32>)>);

    impl Arrays for Same {
        fn read(
            &self,
            _name: &str,
            from: usize,
            most: usize,
            samples: &mut Vec<f32>,
        ) -> Result<ArrayShape, ArrayFault> {
            let (channels, all) = &*self.0.lock().expect("alone");
            let frames = all.len() / channels;
            all.chunks_exact(frames).for_each(|channel| samples.extend(channel.iter().skip(from).take(most)));
            Ok(ArrayShape { channels: *channels, frames, sample_rate_hz: 48_000 })
        }

        fn cure(&self) -> &'static str {
            "it is there"
        }
    }

    fn same(channels: usize, frames: usize) -> Same {
        Same(Mutex::new((channels, (0..channels * frames).map(|at| at as f32).collect())))
    }

    fn reading(names: &[&[&str]], channels: &[usize]) -> Reading {
        let names: Vec<Vec<String>> =
            names.iter().map(|names| names.iter().map(|&name| name.into()).collect()).collect();
        let spec = |&channels: &usize| SoundSpec { label: String::new(), channels };
        Reading::new(&names, &channels.iter().map(spec).collect::<Vec<_>>())
    }

    fn all(mut reading: Reading, arrays: &Same) -> Result<Vec<SoundBuffer>, ReadError> {
        loop {
            if let Some(sounds) = reading.step(arrays, 10)? {
                return Ok(sounds);
            }
        }
    }

    #[test]
    fn sounds_are_read_piece_by_piece_with_the_channels_that_the_model_takes() {
        let sounds = all(reading(&[&["a"], &["b", "c"]], &[1, 2]), &same(1, 35)).expect("two");
        let ramp: Vec<f32> = (0..35).map(|at| at as f32).collect();
        assert_eq!((&sounds[0].samples, sounds[0].channels), (&ramp, 1));
        assert_eq!((&sounds[1].samples, sounds[1].channels), (&[ramp.clone(), ramp].concat(), 2));
        let stereo = all(reading(&[&["a"]], &[2]), &same(2, 23)).expect("one");
        assert_eq!(stereo[0].samples, (0..46).map(|at| at as f32).collect::<Vec<_>>());
        assert_eq!(all(reading(&[], &[]), &same(1, 1)).expect("none"), []);
    }

    #[test]
    fn channels_that_nobody_could_mean_are_refused() {
        let error = all(reading(&[&["a"]], &[2]), &same(6, 5)).expect_err("six").to_string();
        assert_eq!(error, "array 'a' has 6 channels, and the model takes 2 there");
    }

    #[test]
    fn an_array_that_gets_another_size_meanwhile_is_read_anew() {
        let arrays = same(1, 25);
        let mut reading = reading(&[&["a"]], &[1]);
        assert_eq!(reading.step(&arrays, 10), Ok(None));
        *arrays.0.lock().expect("alone") = (1, vec![1.0; 15]);
        let sounds = all(reading, &arrays).expect("one");
        assert_eq!(sounds[0].samples, [1.0; 15]);
    }
}
