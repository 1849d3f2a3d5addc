//! Pictures of sound and latents: on the page of `nn report`, and of `nn render`.

use nn_pictures::{Content, Track, Tracks, spectrogram::Spectrogram};

use crate::latents::Latents;

/// Narrow, so that letters can be read on a phone.
pub const WIDTH: u32 = 420;
/// A column for each pixel of that.
const COLUMNS: usize = 420;

/// Wave and spectrogram of each channel, and what is seen on them.
pub fn sound(title: &str, channels: &[Vec<f32>], rate_hz: u32) -> (String, String) {
    let seconds = channels.first().map_or(0, Vec::len) as f64 / f64::from(rate_hz.max(1));
    let tracks = sound_tracks("", channels, rate_hz, COLUMNS);
    (drawn(tracks), format!("Wave and spectrogram of {title}, {seconds:.1} seconds"))
}

/// Channels over time, and what is seen on them.
pub fn latents(title: &str, latents: &Latents) -> (String, String) {
    let [_, channels, frames] = latents.shape();
    let tracks = latent_tracks("", latents);
    (drawn(tracks), format!("Image of the latents of {title}: {channels} channels, {frames} values each"))
}

fn drawn(tracks: Vec<Track>) -> String {
    Tracks { tracks, full_scale: true, width: WIDTH, ..Tracks::default() }.picture().svg()
}

/// Wave and spectrogram of each channel, so many columns wide; `of` begins their titles.
pub fn sound_tracks(of: &str, channels: &[Vec<f32>], rate_hz: u32, columns: usize) -> Vec<Track> {
    let is_one = channels.len() == 1;
    let mut tracks = Vec::new();
    for (number, samples) in channels.iter().enumerate() {
        let name = |what: &str| match is_one {
            true => format!("{of}{what}"),
            false => format!("{of}{what}, channel {}", number + 1),
        };
        tracks.push(Track {
            title: name("wave"),
            content: Content::Waveform { samples: samples.clone(), sample_rate_hz: rate_hz },
        });
        let spectrogram = Spectrogram::of(samples, rate_hz, columns);
        tracks.push(Track { title: name("spectrogram"), content: Content::Spectrogram(spectrogram) });
    }
    tracks
}

/// An image of the channels of each box; `of` begins their titles.
pub fn latent_tracks(of: &str, latents: &Latents) -> Vec<Track> {
    let [examples, _, frames] = latents.shape();
    let length_s = match (latents.ratio, latents.sample_rate_hz) {
        (Some(ratio), Some(hz)) if hz > 0 => (frames * ratio) as f64 / f64::from(hz),
        _ => frames as f64,
    };
    let track = |(number, rows): (usize, &Vec<Vec<f32>>)| Track {
        title: if examples == 1 {
            format!("{of}latents")
        } else {
            format!("{of}latents, box {}", number + 1)
        },
        content: Content::Channels { rows: rows.clone(), length_s },
    };
    latents.values.iter().enumerate().map(track).collect()
}
