//! The picture of the demo: spectrograms one above the other on one time axis and one scale of colours.

use std::path::Path;

use nn_pictures::spectrogram::{FINE_COLUMNS, Spectrogram};
use nn_pictures::{Content, Track, Tracks};

use super::error::Error;
use super::sound::Passage;

/// One spectrogram.
#[derive(Debug, Clone)]
pub struct Panel<'a> {
    /// The line above it.
    pub title: String,
    /// What is shown, mono.
    pub samples: &'a [f32],
}

/// Draws `panels` from top to bottom into a PNG file, with the names of `passages` above the first.
pub fn spectrograms(
    path: &Path,
    heading: &str,
    panels: &[Panel<'_>],
    passages: &[Passage],
    sample_rate_hz: u32,
) -> Result<(), Error> {
    let png = tracks(heading, panels, passages, sample_rate_hz).picture().png();
    let png = png.map_err(|source| Error::Picture { path: path.to_owned(), source })?;
    std::fs::write(path, png).map_err(|source| Error::File { path: path.to_owned(), source })
}

fn tracks(heading: &str, panels: &[Panel<'_>], passages: &[Passage], sample_rate_hz: u32) -> Tracks {
    let seconds = |frames: usize| frames as f64 / f64::from(sample_rate_hz);
    let track = |panel: &Panel<'_>| Track {
        title: panel.title.clone(),
        content: Content::Spectrogram(Spectrogram::of(panel.samples, sample_rate_hz, FINE_COLUMNS)),
    };
    let passage = |passage: &Passage| nn_pictures::Passage {
        name: passage.name.to_owned(),
        from_s: seconds(passage.start_frame),
        to_s: seconds(passage.start_frame + passage.frames),
    };
    Tracks {
        title: heading.to_owned(),
        tracks: panels.iter().map(track).collect(),
        passages: passages.iter().map(passage).collect(),
        ..Tracks::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_panel_is_a_track_and_passages_are_in_seconds() {
        let silence = vec![0.0; 44_100];
        let panels = [Panel { title: "nothing".into(), samples: &silence }];
        let passages = [Passage { name: "speech", start_frame: 22_050, frames: 11_025 }];
        let tracks = tracks("silence", &panels, &passages, 44_100);
        assert_eq!((tracks.passages[0].from_s, tracks.passages[0].to_s), (0.5, 0.75));
        let Content::Spectrogram(spectrogram) = &tracks.tracks[0].content else { panic!("no spectrogram") };
        assert_eq!(spectrogram.length_s, 1.0);
        assert!(tracks.picture().png().is_ok());
    }
}
