//! Pictures of sound and latents, as elements of a page.

use nn_pictures::{Content, Track, Tracks, spectrogram::Spectrogram};

use crate::latents::Latents;

/// Narrow, so that letters can be read on a phone.
pub const WIDTH: u32 = 420;
/// A column for each pixel of the picture.
const COLUMNS: usize = 420;

/// Wave and spectrogram of each channel, and what is seen on them.
pub fn sound(title: &str, channels: &[Vec<f32>], rate_hz: u32) -> (String, String) {
    let is_one = channels.len() == 1;
    let mut tracks = Vec::new();
    for (number, samples) in channels.iter().enumerate() {
        let name =
            |what: &str| if is_one { what.to_owned() } else { format!("{what}, channel {}", number + 1) };
        tracks.push(Track {
            title: name("wave"),
            content: Content::Waveform { samples: samples.clone(), sample_rate_hz: rate_hz },
        });
        let spectrogram = Spectrogram::of(samples, rate_hz, COLUMNS);
        tracks.push(Track { title: name("spectrogram"), content: Content::Spectrogram(spectrogram) });
    }
    let seconds = channels.first().map_or(0, Vec::len) as f64 / f64::from(rate_hz.max(1));
    (drawn(tracks), format!("Wave and spectrogram of {title}, {seconds:.1} seconds"))
}

/// Channels over time, and what is seen on them.
pub fn latents(title: &str, latents: &Latents) -> (String, String) {
    let [examples, channels, frames] = latents.shape();
    let length_s = match (latents.ratio, latents.sample_rate_hz) {
        (Some(ratio), Some(hz)) if hz > 0 => (frames * ratio) as f64 / f64::from(hz),
        _ => frames as f64,
    };
    let track = |(number, rows): (usize, &Vec<Vec<f32>>)| Track {
        title: if examples == 1 { "latents".to_owned() } else { format!("latents, box {}", number + 1) },
        content: Content::Channels { rows: rows.clone(), length_s },
    };
    let tracks = latents.values.iter().enumerate().map(track).collect();
    (drawn(tracks), format!("Image of the latents of {title}: {channels} channels, {frames} values each"))
}

fn drawn(tracks: Vec<Track>) -> String {
    Tracks { tracks, full_scale: true, width: WIDTH, ..Tracks::default() }.picture().svg()
}
