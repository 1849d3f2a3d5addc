//! What a page plays and shows of files that were rendered.

use std::{fs::File, path::Path};

use super::facts::Media;
use crate::{
    failure::Failure,
    latents::Latents,
    pictures,
    sound::{SoundFormat, SoundShape, SoundWriter, read_whole},
};

/// The most channels of one player.
const STEREO: usize = 2;
/// Of more channels, so many get a player each.
const MOST_PLAYERS: usize = 4;
/// What a loudspeaker needs; the files on the page are small.
pub const BITS: u16 = 16;

/// Sound of a file, to be played and seen: all of it, or its first seconds.
///
/// # Errors
/// It cannot be read, or written as FLAC.
pub fn sound(path: &Path, title: &str, folder: &Path, most_s: Option<usize>) -> Result<Media, Failure> {
    let wrong = |what: &dyn std::fmt::Display| Failure::failed(format_args!("{}: {what}", path.display()));
    let (rate_hz, channels) = read_whole(path, most_s).map_err(|fault| wrong(&fault))?;
    let flac = |channels: &[Vec<f32>]| flac(channels, rate_hz, folder).map_err(|line| wrong(&line));
    let players = if channels.len() <= STEREO {
        vec![(String::new(), flac(&channels)?)]
    } else {
        let each = channels.iter().take(MOST_PLAYERS).enumerate();
        let name = |at: usize| format!("outlet {} of {}", at + 1, channels.len());
        each.map(|(at, channel)| Ok((name(at), flac(std::slice::from_ref(channel))?)))
            .collect::<Result<_, _>>()?
    };
    let (picture, alt) = pictures::sound(title, &channels[..channels.len().min(STEREO)], rate_hz);
    Ok(Media::Sound { players, picture, alt })
}

/// Latents of a file, to be seen.
///
/// # Errors
/// It cannot be read.
pub fn latents(path: &Path, title: &str) -> Result<Media, Failure> {
    let latents =
        Latents::read(path).map_err(|what| Failure::failed(format_args!("{}: {what}", path.display())))?;
    let (picture, alt) = pictures::latents(title, &latents);
    Ok(Media::Latents { picture, alt })
}

/// The bytes of a file.
fn flac(channels: &[Vec<f32>], sample_rate_hz: u32, folder: &Path) -> Result<Vec<u8>, String> {
    let path = folder.join("player.flac");
    let file = File::create(&path).map_err(|error| error.to_string())?;
    let shape =
        SoundShape { format: SoundFormat::Flac, sample_rate_hz, channels: channels.len(), bits: BITS };
    let mut writer = SoundWriter::new(file, shape).map_err(|fault| fault.to_string())?;
    let channels: Vec<&[f32]> = channels.iter().map(Vec::as_slice).collect();
    writer.write(&channels).and_then(|()| writer.finish()).map_err(|fault| fault.to_string())?;
    std::fs::read(&path).map_err(|error| error.to_string())
}
