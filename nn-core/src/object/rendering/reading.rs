//! The host's arrays, read a piece at a time: the host has other things to do meanwhile.

use std::collections::VecDeque;

use nn_model::{
    array::{ArrayFault, ArrayShape, Arrays},
    generator::{MOST_SAMPLES, SoundSpec},
};

use crate::generation::{GivenSound, SoundPart};

/// Frames that are read or written in one step.
pub(crate) const PIECE_FRAMES: usize = 1 << 16;

/// An array of which a part is read.
struct Reader {
    name: String,
    /// The number of the sound that it is of.
    sound: usize,
    shape: Option<ArrayShape>,
    read: Vec<Vec<f32>>,
}

impl Reader {
    /// Reads on. True when nothing is left to read. An array that has got another shape is read anew.
    fn step(&mut self, arrays: &dyn Arrays, most_frames: usize) -> Result<bool, ArrayFault> {
        let from = self.read.first().map_or(0, Vec::len);
        let mut piece = Vec::new();
        let shape = arrays.read(&self.name, from, most_frames, &mut piece)?;
        shape.check_within(&self.name, MOST_SAMPLES)?;
        if self.shape.replace(shape) != Some(shape) {
            self.read = (0..shape.channels).map(|_| Vec::with_capacity(shape.frames)).collect();
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
}

/// All sounds that a generator takes, as far as they are read.
#[derive(Default)]
pub(crate) struct Reading {
    /// Those that are not read to their end.
    left: VecDeque<Reader>,
    sounds: Vec<GivenSound>,
}

impl Reading {
    /// Nothing is read yet. As many names as sounds.
    pub(crate) fn new(names: &[Vec<String>], specs: &[SoundSpec]) -> Self {
        let reader =
            |sound, name: &String| Reader { name: name.clone(), sound, shape: None, read: Vec::new() };
        let of_sound = |(sound, names): (usize, &Vec<String>)| {
            names.iter().map(|name| reader(sound, name)).collect::<Vec<_>>()
        };
        let given = |(names, spec): (&Vec<String>, &SoundSpec)| {
            let name = format!("array '{}'", names.join(" "));
            GivenSound { name, parts: Vec::new(), channels: spec.channels }
        };
        Self {
            left: names.iter().enumerate().flat_map(of_sound).collect(),
            sounds: names.iter().zip(specs).map(given).collect(),
        }
    }

    /// Reads on: all sounds once they are complete, `None` before.
    pub(crate) fn step(
        &mut self,
        arrays: &dyn Arrays,
        most_frames: usize,
    ) -> Result<Option<Vec<GivenSound>>, ArrayFault> {
        if let Some(reader) = self.left.front_mut() {
            match reader.step(arrays, most_frames) {
                // Read again at the next poll.
                Err(ArrayFault::Busy { .. }) if most_frames < usize::MAX => return Ok(None),
                Ok(false) => return Ok(None),
                Err(fault) => return Err(fault),
                Ok(true) => {}
            }
            let sample_rate_hz = reader.shape.map_or(0, |shape| shape.sample_rate_hz);
            let part = SoundPart { channels: std::mem::take(&mut reader.read), sample_rate_hz };
            self.sounds[reader.sound].parts.push(part);
            self.left.pop_front();
        }
        Ok(self.left.is_empty().then(|| std::mem::take(&mut self.sounds)))
    }
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

    fn ramp(frames: usize) -> Vec<f32> {
        (0..frames).map(|at| at as f32).collect()
    }

    fn same(channels: usize, frames: usize) -> Same {
        Same(Mutex::new((channels, ramp(channels * frames))))
    }

    fn reading(names: &[&[&str]], channels: &[usize]) -> Reading {
        let names: Vec<Vec<String>> =
            names.iter().map(|names| names.iter().map(|&name| name.into()).collect()).collect();
        let spec = |&channels: &usize| SoundSpec { label: String::new(), channels };
        Reading::new(&names, &channels.iter().map(spec).collect::<Vec<_>>())
    }

    /// The channels of each part of each sound.
    fn all(mut reading: Reading, arrays: &Same) -> Vec<Vec<Vec<Vec<f32>>>> {
        loop {
            if let Some(sounds) = reading.step(arrays, 10).expect("arrays") {
                let parts = |sound: GivenSound| sound.parts.into_iter().map(|part| part.channels).collect();
                return sounds.into_iter().map(parts).collect();
            }
        }
    }

    #[test]
    fn sounds_are_read_piece_by_piece() {
        let sounds = all(reading(&[&["a"], &["b", "c"]], &[1, 2]), &same(1, 35));
        assert_eq!(sounds, [vec![vec![ramp(35)]], vec![vec![ramp(35)], vec![ramp(35)]]]);
        let stereo = all(reading(&[&["a"]], &[2]), &same(2, 23));
        assert_eq!(stereo[0][0].concat(), ramp(46));
        assert!(all(reading(&[], &[]), &same(1, 1)).is_empty());
    }

    #[test]
    fn an_array_that_gets_another_size_meanwhile_is_read_anew() {
        let arrays = same(1, 25);
        let mut reading = reading(&[&["a"]], &[1]);
        assert!(reading.step(&arrays, 10).expect("an array").is_none());
        *arrays.0.lock().expect("alone") = (1, vec![1.0; 15]);
        assert_eq!(all(reading, &arrays), [[[[1.0; 15]]]]);
    }
}
