//! Tracks of sound below each other on one time axis: waveforms, spectrograms, channels of latents.

mod channels;
mod colour_bar;
mod levels;
mod waveform;

use crate::chart::{foot, head, whole_width};
use crate::describe::{Axis, Scale};
use crate::frame::{self, Frame};
use crate::picture::Picture;
use crate::scale::Span;
use crate::shape::{Align, Shape, Words};
use crate::spectrogram::Spectrogram;
use crate::text;
use crate::theme::{MARGIN, SOFT_INK, TEXT, WIDTH};

/// What a track shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// The lowest and the highest sample of each column of pixels.
    Waveform {
        /// Mono, full scale is 1.
        samples: Vec<f32>,
        /// Of them.
        sample_rate_hz: u32,
    },
    /// Levels as colours, on one scale for all spectrograms of a picture.
    Spectrogram(Spectrogram),
    /// Values as colours, one row for each channel, the first on top: latents.
    Channels {
        /// `[channels][columns]`; rows may differ in length, each lasts as long as the others.
        rows: Vec<Vec<f32>>,
        /// How long they last, in seconds.
        length_s: f64,
    },
}

/// A track.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// Above it.
    pub title: String,
    /// What it shows.
    pub content: Content,
}

/// A stretch of time with a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Above the first track.
    pub name: String,
    /// Where it begins, in seconds.
    pub from_s: f64,
    /// Where it ends, in seconds.
    pub to_s: f64,
}

/// Tracks below each other on one time axis that begins at zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Tracks {
    /// Above them.
    pub title: String,
    /// From top to bottom.
    pub tracks: Vec<Track>,
    /// Above the first track.
    pub passages: Vec<Passage>,
    /// Below them, in small letters. May be empty.
    pub note: String,
    /// Whether waveforms and levels reach to full scale, whatever is in them, so that pictures of several sounds can be
    /// compared.
    pub full_scale: bool,
    /// Width in pixels of the SVG, 320 to 2000.
    pub width: u32,
}

impl Default for Tracks {
    fn default() -> Self {
        Self {
            title: String::new(),
            tracks: Vec::new(),
            passages: Vec::new(),
            note: String::new(),
            full_scale: false,
            width: WIDTH,
        }
    }
}

/// Left of the frames: labels and a turned title.
const LEFT: f32 = MARGIN + 70.0;
/// Right of the frames: the colour bar and its labels.
const RIGHT: f32 = 84.0;
/// Above each frame: its title.
const ABOVE: f32 = TEXT * 1.9;
/// Between a track's lower edge and the next title.
const BETWEEN: f32 = 10.0;

impl Tracks {
    /// The tracks, laid out.
    pub fn picture(&self) -> Picture {
        let width = whole_width(self.width);
        let (mut shapes, mut top) = head(&self.title, width);
        if !self.passages.is_empty() {
            top += TEXT * 1.8;
        }
        let longest =
            self.tracks.iter().map(length_s).filter(|length| length.is_finite()).fold(0.0, f64::max);
        let time = Span { scale: Scale::Linear, from: 0.0, to: if longest > 0.0 { longest } else { 1.0 } };
        let scales = Scales::of(&self.tracks, self.full_scale);
        let mut last = None;
        for (index, track) in self.tracks.iter().enumerate() {
            let y = scales.vertical(&track.content);
            let size = [width - LEFT - RIGHT, scales.height(&track.content)];
            let frame = Frame { left: LEFT, top: top + ABOVE, width: size[0], height: size[1], x: time, y };
            let title = text::cut(&track.title, TEXT, width - LEFT - MARGIN);
            shapes.push(Shape::text([LEFT, top + ABOVE - TEXT * 0.9], TEXT, Align::Left, title));
            shapes.extend(scales.drawn(&track.content, &frame));
            if index == 0 {
                shapes.extend(self.passages.iter().flat_map(|passage| named(passage, &frame, top)));
            }
            top = frame.foot() + BETWEEN;
            last = Some(frame);
        }
        let axis = Axis::linear("time (s)");
        if let Some(frame) = last {
            shapes.extend(frame::horizontal_axis(&frame, &axis));
            top = frame.foot() + frame::room_below(&axis.title) + 8.0;
        }
        let (note, height) = foot(&self.note, width, top);
        shapes.extend(note);
        Picture { title: self.title.clone(), width, height, shapes }
    }
}

/// How long a track is.
fn length_s(track: &Track) -> f64 {
    match &track.content {
        Content::Waveform { samples, sample_rate_hz } => {
            samples.len() as f64 / f64::from((*sample_rate_hz).max(1))
        }
        Content::Spectrogram(spectrogram) => spectrogram.length_s,
        Content::Channels { length_s, .. } => *length_s,
    }
}

/// What tracks of one kind have in common, so that they can be compared.
struct Scales {
    /// Of all waveforms.
    extent: f64,
    /// Of all spectrograms.
    levels: levels::Levels,
}

impl Scales {
    fn of(tracks: &[Track], full_scale: bool) -> Self {
        let contents = || tracks.iter().map(|track| &track.content);
        let spectrograms = contents().filter_map(|content| match content {
            Content::Spectrogram(spectrogram) => Some(spectrogram),
            _ => None,
        });
        let waveforms = contents().filter_map(|content| match content {
            Content::Waveform { samples, .. } => Some(samples.as_slice()),
            _ => None,
        });
        let extent = waveform::extent(waveforms);
        Self {
            extent: if full_scale { extent.max(1.0) } else { extent },
            levels: levels::Levels::of(spectrograms, full_scale),
        }
    }

    fn vertical(&self, content: &Content) -> Span {
        match content {
            Content::Waveform { .. } => Span { scale: Scale::Linear, from: -self.extent, to: self.extent },
            Content::Spectrogram(_) => self.levels.frequencies(),
            Content::Channels { rows, .. } => channels::span(rows),
        }
    }

    fn height(&self, content: &Content) -> f32 {
        match content {
            Content::Waveform { .. } => 100.0,
            Content::Spectrogram(_) => 170.0,
            Content::Channels { rows, .. } => channels::height(rows),
        }
    }

    fn drawn(&self, content: &Content, frame: &Frame) -> Vec<Shape> {
        match content {
            Content::Waveform { samples, sample_rate_hz } => waveform::drawn(frame, samples, *sample_rate_hz),
            Content::Spectrogram(spectrogram) => self.levels.drawn(frame, spectrogram),
            Content::Channels { rows, length_s } => channels::drawn(frame, rows, *length_s),
        }
    }
}

/// The name of a passage above the first track, and a line as long as it.
fn named(passage: &Passage, frame: &Frame, top: f32) -> Vec<Shape> {
    let column = |seconds: f64| frame.at_within(seconds, frame.y.from)[0];
    let (from, to) = (column(passage.from_s), column(passage.to_s));
    let text = text::cut(&passage.name, TEXT, (to - from).max(0.0));
    let at = [(from + to) / 2.0, top - TEXT * 0.8];
    let words =
        Words { at, text, size: TEXT, bold: false, align: Align::Middle, colour: SOFT_INK, turned: false };
    vec![Shape::segment([from + 1.0, top], [to - 1.0, top], SOFT_INK, 1.5), Shape::Text(words)]
}
