//! Rendered sound on its way into the host's arrays.

use std::{fmt, ops::Range, sync::Arc};

use crossbeam_channel::Sender;
use nn_model::{
    array::{ArrayFault, Arrays},
    value::SoundBuffer,
};

/// A piece of a sound for an array of the host, which gets the sound's length with the first piece. The host may build its
/// audio anew within that, so no box may be borrowed.
#[derive(Clone)]
pub struct ArrayWrite {
    pub(crate) name: String,
    /// The whole sound, and the channels of it that are for this array.
    pub(crate) sound: Arc<SoundBuffer>,
    pub(crate) channels: Range<usize>,
    /// The frames of it that are this piece.
    pub(crate) piece: Range<usize>,
    /// Who waits for it.
    pub(crate) told: Sender<Result<(), ArrayFault>>,
}

impl ArrayWrite {
    /// Writes it, and tells the box how that went.
    ///
    /// Thread: main.
    pub fn perform(self, arrays: &dyn Arrays) {
        // The box may be gone.
        let _gone = self.told.send(self.write(arrays));
    }

    fn write(&self, arrays: &dyn Arrays) -> Result<(), ArrayFault> {
        let (name, frames) = (&self.name, self.sound.frames());
        let is_first = self.piece.start == 0;
        let mut shape = arrays.shape_to_write(name)?;
        if is_first && (shape.channels, shape.frames) != (self.channels.len(), frames) {
            arrays.resize(name, self.channels.len(), frames)?;
            shape = arrays.shape_to_write(name)?;
        }
        if shape.frames != frames {
            let name = name.clone();
            let (short, changed) =
                (ArrayFault::NoRoom { name: name.clone(), frames }, ArrayFault::Changed { name });
            return Err(if is_first { short } else { changed });
        }
        let piece =
            |channel| self.sound.channel(channel).get(self.piece.clone()).unwrap_or_default().to_vec();
        let own: Vec<_> = self.channels.clone().map(piece).collect();
        arrays.write(name, self.piece.start, &fitted(own, shape.channels))?;
        if self.piece.end == frames {
            arrays.written(name);
        }
        Ok(())
    }
}

/// A piece with the channels that an array has: one becomes all, all become one; others than that stay silent, or are left
/// out.
fn fitted(own: Vec<Vec<f32>>, channels: usize) -> Vec<Vec<f32>> {
    let frames = own.first().map_or(0, Vec::len);
    let sound = SoundBuffer { channels: own.len(), samples: own.concat(), sample_rate_hz: 0 };
    match sound.with_channels(channels) {
        Some(sound) => (0..channels).map(|channel| sound.channel(channel).to_vec()).collect(),
        None => own.into_iter().chain(std::iter::repeat(vec![0.0; frames])).take(channels).collect(),
    }
}

impl fmt::Debug for ArrayWrite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArrayWrite")
            .field("name", &self.name)
            .field("piece", &self.piece)
            .finish_non_exhaustive()
    }
}

impl PartialEq for ArrayWrite {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.channels, &self.piece) == (&other.name, &other.channels, &other.piece)
            && self.sound == other.sound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_fits_an_array_of_any_channels() {
        let stereo = || vec![vec![1.0, 2.0], vec![3.0, 4.0]];
        assert_eq!(fitted(stereo(), 1), [[2.0, 3.0]]);
        assert_eq!(fitted(stereo(), 2), stereo());
        assert_eq!(fitted(stereo(), 3), [[1.0, 2.0], [3.0, 4.0], [0.0, 0.0]]);
        assert_eq!(fitted(vec![vec![1.0]], 3), [[1.0], [1.0], [1.0]]);
        assert_eq!(fitted(vec![vec![1.0], vec![2.0], vec![3.0]], 2), [[1.0], [2.0]]);
    }
}
