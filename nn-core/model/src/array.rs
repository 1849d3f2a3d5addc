//! Arrays and buffers of the host, as values of attributes and for rendered sounds: copied on the main thread, never shared
//! with a model.

use crate::value::SoundBuffer;

/// The most samples that an array may have, all channels together: six minutes at 44.1 kHz.
pub const MOST_SAMPLES: usize = 1 << 24;

/// The arrays of a host. Main thread only.
///
/// Thread: main.
pub trait Arrays: Sync {
    /// The current shape of an array. Appends the samples of at most `most` frames from `from` on to `samples`,
    /// channel after channel.
    ///
    /// # Errors
    /// [`ArrayFault::Missing`], [`ArrayFault::NotNumbers`], [`ArrayFault::Busy`].
    fn read(
        &self,
        name: &str,
        from: usize,
        most: usize,
        samples: &mut Vec<f32>,
    ) -> Result<ArrayShape, ArrayFault>;

    /// The current shape of an array that can be written.
    ///
    /// # Errors
    /// As [`Arrays::read`].
    fn shape_to_write(&self, name: &str) -> Result<ArrayShape, ArrayFault> {
        Err(ArrayFault::Missing { name: name.into(), cure: self.cure() })
    }

    /// Gives an array that can be written another number of frames, and of channels where its host lets it have another.
    /// The host may build its audio anew within this call.
    ///
    /// # Errors
    /// As [`Arrays::read`].
    fn resize(&self, name: &str, _channels: usize, _frames: usize) -> Result<(), ArrayFault> {
        Err(ArrayFault::Missing { name: name.into(), cure: self.cure() })
    }

    /// Replaces the samples of an array from this frame on, as many of each of its channels.
    ///
    /// # Errors
    /// As [`Arrays::read`].
    fn write(&self, name: &str, _from: usize, _channels: &[Vec<f32>]) -> Result<(), ArrayFault> {
        Err(ArrayFault::Missing { name: name.into(), cure: self.cure() })
    }

    /// All that there was to write is written: the host may show it.
    fn written(&self, _name: &str) {}

    /// How a user of this host makes an array, as part of an error.
    fn cure(&self) -> &'static str;
}

/// The shape of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArrayShape {
    /// Number of channels.
    pub channels: usize,
    /// Samples in each.
    pub frames: usize,
    /// Its rate in Hz.
    pub sample_rate_hz: u32,
}

impl ArrayShape {
    /// All channels together.
    ///
    /// Thread: any.
    pub fn samples(self) -> usize {
        self.channels.saturating_mul(self.frames)
    }

    /// Whether an array of this shape can be copied.
    ///
    /// Thread: any but audio.
    ///
    /// # Errors
    /// [`ArrayFault::Empty`], [`ArrayFault::TooLarge`].
    pub fn check(self, name: &str) -> Result<(), ArrayFault> {
        self.check_within(name, MOST_SAMPLES)
    }

    /// The same, with so many samples at most, all channels together.
    ///
    /// Thread: any but audio.
    ///
    /// # Errors
    /// As [`ArrayShape::check`].
    pub fn check_within(self, name: &str, most: usize) -> Result<(), ArrayFault> {
        let (name, samples) = (name.to_owned(), self.samples());
        match samples {
            0 => Err(ArrayFault::Empty { name }),
            _ if samples > most => Err(ArrayFault::TooLarge { name, samples, most }),
            _ => Ok(()),
        }
    }
}

/// Why an array cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArrayFault {
    /// There is none of that name.
    #[error("there is no array '{name}': {cure}")]
    Missing {
        /// The name that was typed.
        name: String,
        /// How to make one.
        cure: &'static str,
    },
    /// It holds something else than samples.
    #[error("array '{name}' holds no plain numbers: {cure}")]
    NotNumbers {
        /// The name that was typed.
        name: String,
        /// How to make one that does.
        cure: &'static str,
    },
    /// The host does not export its arrays.
    #[error(
        "arrays cannot be had here: this host does not let externals have '{missing}'; give the values themselves"
    )]
    Unavailable {
        /// What is missing.
        missing: &'static str,
    },
    /// The host is using it at the moment.
    #[error("array '{name}' is being written just now: send the message again")]
    Busy {
        /// The name that was typed.
        name: String,
    },
    /// It is empty. Max's `buffer~` and `array` can be; Pd's arrays have at least one sample, whatever size is set.
    #[error("array '{name}' is empty: give it a size, or write into it first")]
    Empty {
        /// The name that was typed.
        name: String,
    },
    /// It got another size while it was being written.
    #[error("array '{name}' was given another size while it was being written: render again")]
    Changed {
        /// The name that was typed.
        name: String,
    },
    /// The host does not make it so long.
    #[error("array '{name}' cannot be made {frames} samples long: free memory, or render less")]
    NoRoom {
        /// The name that was typed.
        name: String,
        /// How long it was to be.
        frames: usize,
    },
    /// It is larger than any value should be.
    #[error("array '{name}' has {samples} samples, the most is {most}: use a shorter one")]
    TooLarge {
        /// The name that was typed.
        name: String,
        /// How many it has.
        samples: usize,
        /// How many it may have.
        most: usize,
    },
}

/// A host without arrays.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoArrays;

impl Arrays for NoArrays {
    fn read(&self, name: &str, _: usize, _: usize, _: &mut Vec<f32>) -> Result<ArrayShape, ArrayFault> {
        Err(ArrayFault::Missing { name: name.into(), cure: self.cure() })
    }

    fn cure(&self) -> &'static str {
        "this host has none"
    }
}

/// A copy of an array, of a size that makes a value.
///
/// # Errors
/// [`ArrayFault`].
pub fn copy(arrays: &dyn Arrays, name: &str) -> Result<SoundBuffer, ArrayFault> {
    let shape = arrays.read(name, 0, 0, &mut Vec::new())?;
    let samples = shape.samples();
    shape.check(name)?;
    let mut copy = Vec::with_capacity(samples);
    let ArrayShape { channels, frames, sample_rate_hz } = arrays.read(name, 0, shape.frames, &mut copy)?;
    // Whatever a host does: a rectangle.
    copy.resize(channels.saturating_mul(frames).min(MOST_SAMPLES), 0.0);
    Ok(SoundBuffer { channels, samples: copy, sample_rate_hz })
}

/// Frames that are checked in one step: some 20 microseconds.
const STEP_FRAMES: usize = 1 << 14;
const MARKED_AT_ONCE: usize = 256;

/// Detects changes of an array, a piece at a time.
#[derive(Debug)]
pub struct Watch {
    name: String,
    /// `None` while there is no such array.
    shape: Option<ArrayShape>,
    /// A checksum for each piece.
    marks: Vec<u32>,
    /// The next piece to check.
    next: usize,
    scratch: Vec<f32>,
}

impl Watch {
    /// Watches an array that was copied just now.
    pub fn new(name: &str, sound: Option<&SoundBuffer>) -> Self {
        let mut watch =
            Self { name: name.into(), shape: None, marks: Vec::new(), next: 0, scratch: Vec::new() };
        if let Some(sound) = sound.filter(|sound| sound.channels > 0) {
            let frames = sound.samples.len() / sound.channels;
            watch.shape =
                Some(ArrayShape { channels: sound.channels, frames, sample_rate_hz: sound.sample_rate_hz });
            watch.marks = (0..frames)
                .step_by(STEP_FRAMES)
                .map(|from| {
                    let channels = sound.samples.chunks_exact(frames);
                    mark(channels.map(|channel| &channel[from..frames.min(from + STEP_FRAMES)]))
                })
                .collect();
        }
        watch
    }

    /// The name of the array.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Checks all pieces. True if the array has changed since it was copied.
    pub fn has_changed_anywhere(&mut self, arrays: &dyn Arrays) -> bool {
        (0..self.marks.len().max(1)).any(|_| self.has_changed(arrays))
    }

    /// Checks the next piece. True if the array has changed since it was copied.
    pub fn has_changed(&mut self, arrays: &dyn Arrays) -> bool {
        self.scratch.clear();
        let from = self.next * STEP_FRAMES;
        let now = match arrays.read(&self.name, from, STEP_FRAMES, &mut self.scratch) {
            Ok(shape) => Some(shape),
            // Busy: checked again at the next poll.
            Err(ArrayFault::Busy { .. }) => return false,
            Err(_) => None,
        };
        if now != self.shape {
            return true;
        }
        let Some(wanted) = self.marks.get(self.next).copied() else { return false };
        self.next = (self.next + 1) % self.marks.len();
        mark(std::iter::once(&self.scratch[..])) != wanted
    }
}

fn mark<'a>(pieces: impl Iterator<Item = &'a [f32]>) -> u32 {
    let mut crc32 = crc32fast::Hasher::new();
    let mut bytes = [0; 4 * MARKED_AT_ONCE];
    for samples in pieces.flat_map(|piece| piece.chunks(MARKED_AT_ONCE)) {
        for (place, sample) in bytes.chunks_exact_mut(4).zip(samples) {
            place.copy_from_slice(&sample.to_le_bytes());
        }
        crc32.update(&bytes[..samples.len() * 4]);
    }
    crc32.finalize()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Two channels under one name.
    struct Two(Mutex<Vec<f32>>);

    impl Arrays for Two {
        fn read(
            &self,
            name: &str,
            from: usize,
            most: usize,
            samples: &mut Vec<f32>,
        ) -> Result<ArrayShape, ArrayFault> {
            if name != "two" {
                return Err(ArrayFault::Missing { name: name.into(), cure: self.cure() });
            }
            let Ok(all) = self.0.try_lock() else { return Err(ArrayFault::Busy { name: name.into() }) };
            let frames = all.len() / 2;
            let piece = from.min(frames)..frames.min(from + most);
            samples.extend(&all[piece.clone()]);
            samples.extend(&all[frames + piece.start..frames + piece.end]);
            Ok(ArrayShape { channels: 2, frames, sample_rate_hz: 44_100 })
        }

        fn cure(&self) -> &'static str {
            "make one"
        }
    }

    fn two(frames: usize) -> Two {
        Two(Mutex::new((0..2 * frames).map(|n| n as f32).collect()))
    }

    #[test]
    fn what_is_missing_empty_or_huge_is_said_with_the_cure() {
        let error = |arrays: &Two, name| copy(arrays, name).expect_err("no value").to_string();
        assert_eq!(error(&two(1), "three"), "there is no array 'three': make one");
        assert_eq!(error(&two(0), "two"), "array 'two' is empty: give it a size, or write into it first");
        let huge = error(&two(MOST_SAMPLES / 2 + 1), "two");
        assert!(huge.ends_with("16777218 samples, the most is 16777216: use a shorter one"), "{huge}");
        assert_eq!(copy(&two(3), "two").expect("small").samples, [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
    }

    #[test]
    fn a_change_of_one_sample_is_seen_within_one_round() {
        for frames in [1, STEP_FRAMES - 1, STEP_FRAMES, 3 * STEP_FRAMES + 7] {
            let arrays = two(frames);
            let rounds = frames.div_ceil(STEP_FRAMES);
            let mut watch = Watch::new("two", copy(&arrays, "two").ok().as_ref());
            assert!((0..3 * rounds).all(|_| !watch.has_changed(&arrays)), "{frames}");
            arrays.0.lock().expect("alone")[2 * frames - 1] += 0.5;
            assert!((0..rounds).any(|_| watch.has_changed(&arrays)), "{frames}");
        }
    }

    #[test]
    fn whoever_is_told_that_an_array_has_changed_sees_it_at_once_and_nothing_else() {
        let arrays = two(3 * STEP_FRAMES + 7);
        let mut watch = Watch::new("two", copy(&arrays, "two").ok().as_ref());
        assert!(!watch.has_changed_anywhere(&arrays));
        arrays.0.lock().expect("alone")[2 * STEP_FRAMES] += 0.5;
        assert!(watch.has_changed_anywhere(&arrays));
        assert!(Watch::new("two", None).has_changed_anywhere(&arrays), "it has come");
    }

    #[test]
    fn an_array_that_is_being_written_has_not_gone() {
        let arrays = two(100);
        let mut watch = Watch::new("two", copy(&arrays, "two").ok().as_ref());
        let writer = arrays.0.lock().expect("alone");
        assert!(!watch.has_changed_anywhere(&arrays));
        assert_eq!(
            copy(&arrays, "two").expect_err("no value").to_string(),
            "array 'two' is being written just now: send the message again"
        );
        drop(writer);
        assert!(copy(&arrays, "two").is_ok());
    }

    #[test]
    fn another_size_is_seen_at_once_and_so_is_an_array_that_comes_or_goes() {
        let arrays = two(100);
        let mut watch = Watch::new("two", copy(&arrays, "two").ok().as_ref());
        arrays.0.lock().expect("alone").extend([0.0; 2]);
        assert!(watch.has_changed(&arrays));
        assert!(Watch::new("two", None).has_changed(&arrays));
        assert!(!Watch::new("three", None).has_changed(&arrays));
    }
}
