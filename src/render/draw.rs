//! Pictures of what went in and what came out: before over after on one time axis, below them the difference
//! to another file.

use std::path::{Path, PathBuf};

use nn_core::shown::plain;
use nn_pictures::{Picture, Track, Tracks};

use super::words::NPZ;
use crate::{
    failure::Failure,
    latents::Latents,
    pictures::{latent_tracks, sound_tracks},
    sound::{ending, read_whole},
    unfinished,
    where_and_how::WhereAndHow,
};

/// A picture is a file of each.
const ENDINGS: [&str; 2] = ["svg", "png"];
/// Of more channels, the first ones.
const MOST_CHANNELS: usize = 2;
/// Of longer sound, its beginning: all of it is in memory while it is drawn.
const MOST_SECONDS: usize = 600;
/// Of a spectrogram: as many as a screen of two pixels to one shows of it.
const COLUMNS: usize = 1_600;

/// What is to be drawn.
#[derive(Debug)]
pub struct Drawing<'a> {
    /// Who made it.
    pub title: String,
    /// Sounds or latents that went in.
    pub before: Vec<&'a Path>,
    /// Latents on the way.
    pub between: Option<&'a Path>,
    /// What came out.
    pub after: &'a Path,
    /// Sound that is compared with it.
    pub against: Option<&'a Path>,
}

/// The files of the picture of an output, in this folder: with the name of the output, and its folders below `out`.
pub fn places(folder: &Path, output: &Path, out: Option<&Path>) -> [PathBuf; 2] {
    let below = out.and_then(|out| output.strip_prefix(out).ok()).filter(|rest| !rest.as_os_str().is_empty());
    let name = below.unwrap_or_else(|| output.file_name().map_or(output, Path::new));
    ENDINGS.map(|ending| folder.join(name).with_extension(ending))
}

/// Whether they may be written, before anything is rendered.
pub fn check(places: &[PathBuf], force: bool) -> Result<(), Failure> {
    places.iter().try_for_each(|place| unfinished::check(place, force))
}

impl Drawing<'_> {
    /// Draws it and writes the files.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn write(&self, [svg, png]: &[PathBuf; 2], place: &WhereAndHow, force: bool) -> Result<(), Failure> {
        let picture = self.picture(place)?;
        unfinished::write(svg, picture.svg().as_bytes(), force)?;
        let bytes = picture.png();
        let bytes = bytes.map_err(|error| Failure::failed(format_args!("{}: {error}", png.display())))?;
        unfinished::write(png, &bytes, force)
    }

    fn picture(&self, place: &WhereAndHow) -> Result<Picture, Failure> {
        let mut tracks = Vec::new();
        for (path, when) in self.before.iter().map(|path| (*path, "before")).chain([(self.after, "after")]) {
            if when == "after"
                && let Some(between) = self.between
            {
                tracks.extend(seen(between, "between")?);
            }
            tracks.extend(seen(path, when)?);
        }
        let note = format!("{}: {}", place.line(None), place.command);
        let whole = Tracks { title: plain(&self.title), tracks, full_scale: true, ..Tracks::default() };
        Ok(match self.against {
            None => Tracks { note, ..whole }.picture(),
            Some(other) => {
                let (tracks, times) = self.difference(other)?;
                let title = match times {
                    None => format!("no difference to {}", name(other)),
                    Some(1) => format!("difference to {}", name(other)),
                    Some(times) => format!("difference to {}, times {times}", name(other)),
                };
                let apart = Tracks { title, tracks, note, full_scale: true, ..Tracks::default() };
                Picture::stacked([whole.picture(), apart.picture()])
            }
        })
    }

    /// What came out less the other file, as long as both are there, and by which power of ten that is raised to be seen;
    /// `None` where they are equal.
    fn difference(&self, other: &Path) -> Result<(Vec<Track>, Option<u64>), Failure> {
        let ((rate_hz, mut ours), (_, theirs)) = (read(self.after)?, read(other)?);
        for (ours, theirs) in ours.iter_mut().zip(&theirs) {
            ours.truncate(theirs.len());
            ours.iter_mut().zip(theirs).for_each(|(ours, theirs)| *ours -= theirs);
        }
        let times = magnified(&mut ours);
        Ok((sound_tracks("difference, ", &ours, rate_hz, COLUMNS), times))
    }
}

/// Raises what would be seen as nothing by a power of ten, but to no more than full scale.
fn magnified(channels: &mut [Vec<f32>]) -> Option<u64> {
    let sizes = channels.iter().flatten().map(|sample| sample.abs()).filter(|size| size.is_finite());
    let peak = sizes.fold(0.0, f32::max);
    if peak == 0.0 {
        return None;
    }
    // What is less comes of rounding alone.
    let times = 10_u64.pow((-peak.log10()).floor().clamp(0.0, 9.0) as u32);
    channels.iter_mut().flatten().for_each(|sample| *sample *= times as f32);
    Some(times)
}

/// A file, as tracks.
fn seen(path: &Path, when: &str) -> Result<Vec<Track>, Failure> {
    let of = format!("{when}, {}: ", name(path));
    if ending(path) == NPZ {
        let latents = Latents::read(path);
        let latents = latents.map_err(|what| Failure::failed(format_args!("{}: {what}", path.display())))?;
        return Ok(latent_tracks(&of, &latents));
    }
    let (rate_hz, channels) = read(path)?;
    let is_all = channels.iter().all(|channel| channel.len() < MOST_SECONDS * rate_hz as usize);
    let of = if is_all { of } else { format!("{of}first {MOST_SECONDS} s, ") };
    Ok(sound_tracks(&of, &channels, rate_hz, COLUMNS))
}

fn read(path: &Path) -> Result<(u32, Vec<Vec<f32>>), Failure> {
    let read = read_whole(path, Some(MOST_SECONDS));
    let (rate_hz, mut channels) =
        read.map_err(|fault| Failure::failed(format_args!("{}: {fault}", path.display())))?;
    channels.truncate(MOST_CHANNELS);
    Ok((rate_hz, channels))
}

fn name(path: &Path) -> String {
    plain(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_difference_is_raised_until_it_is_seen() {
        for (peak, times, seen) in [
            (0.3, Some(1), 0.3),
            (0.02, Some(10), 0.2),
            (3e-5, Some(10_000), 0.3),
            (2.0, Some(1), 2.0),
            (0.0, None, 0.0),
        ] {
            let mut channels = vec![vec![0.0, -peak, peak * 0.5]];
            assert_eq!(magnified(&mut channels), times, "{peak}");
            assert!((channels[0][1] + seen).abs() < 1e-6, "{channels:?}");
        }
    }

    #[test]
    fn a_picture_has_the_name_of_its_file_and_the_folders_below_that_of_all() {
        let svg = |output: &str, out: Option<&str>| {
            let [svg, _] = places(Path::new("seen"), Path::new(output), out.map(Path::new));
            svg.to_string_lossy().replace('\\', "/")
        };
        assert_eq!(svg("far/out.wav", None), "seen/out.svg");
        assert_eq!(svg("far/out.wav", Some("far/out.wav")), "seen/out.svg");
        assert_eq!(svg("far/takes/one.wav", Some("far")), "seen/takes/one.svg");
        assert_eq!(svg("far/one.two.wav", Some("far")), "seen/one.two.svg");
    }
}
