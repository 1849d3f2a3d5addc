//! Sound as a whole, for what shows it.

use std::path::Path;

use super::{fault::SoundFault, read::SoundReader};

/// Frames that are read at a time.
const PIECE_FRAMES: usize = 4096;

/// The rate of a file and all its channels; of a longer one the first `most_s` seconds.
///
/// # Errors
/// It cannot be read.
pub fn read_whole(path: &Path, most_s: Option<usize>) -> Result<(u32, Vec<Vec<f32>>), SoundFault> {
    let mut reader = SoundReader::open(path)?;
    let (rate_hz, mut channels) = (reader.sample_rate_hz, vec![Vec::new(); reader.channels]);
    let most_frames = most_s.map_or(usize::MAX, |seconds| seconds.saturating_mul(rate_hz as usize));
    let mut piece = vec![vec![0.0; PIECE_FRAMES]; reader.channels];
    loop {
        let frames = reader.read(&mut piece)?;
        channels.iter_mut().zip(&piece).for_each(|(channel, piece)| channel.extend(&piece[..frames]));
        if frames == 0 || channels.iter().any(|channel| channel.len() >= most_frames) {
            break;
        }
    }
    channels.iter_mut().for_each(|channel| channel.truncate(most_frames));
    Ok((rate_hz, channels))
}
