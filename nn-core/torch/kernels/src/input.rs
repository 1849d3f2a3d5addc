//! Frames in the layout that the panels read.

use std::cell::RefCell;

use crate::{plan::Phase, shape::Convolution};

thread_local! {
    /// Room for copies, kept from call to call.
    static ROOM: RefCell<(Vec<f32>, Vec<f32>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

/// Rows `[example, channel]` of samples with enough zeros around.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    pub samples: &'a [f32],
    /// From one row to the next.
    pub pitch: usize,
    /// Where frame 0 stands in its row.
    pub origin: usize,
}

/// Lends the two rooms of this thread.
pub fn with_room<T>(work: impl FnOnce(&mut Vec<f32>, &mut Vec<f32>) -> T) -> T {
    ROOM.with_borrow_mut(|(rows, columns)| work(rows, columns))
}

/// How many frames before the first and after the last the phases read.
pub fn margins(phases: &[Phase], in_frames: usize, out_frames: usize) -> (usize, usize) {
    let (mut before, mut after) = (0isize, 0isize);
    for phase in phases {
        let (first, _, count) = phase.columns(out_frames);
        if count == 0 {
            continue;
        }
        let begin = (first * phase.in_step) as isize;
        let end = ((first + count - 1) * phase.in_step) as isize;
        for &(_, offset) in &phase.taps {
            before = before.max(-(begin + offset));
            after = after.max(end + offset - (in_frames as isize - 1));
        }
    }
    (before as usize, after as usize)
}

/// The input itself when nothing is read beside it, else a copy with zeros around every row.
pub fn rows<'a>(
    x: &'a [f32],
    in_frames: usize,
    (before, after): (usize, usize),
    room: &'a mut Vec<f32>,
) -> Rows<'a> {
    if before == 0 && after == 0 {
        return Rows { samples: x, pitch: in_frames, origin: 0 };
    }
    let pitch = before + in_frames + after;
    room.clear();
    room.reserve(x.len() / in_frames * pitch);
    for row in x.chunks_exact(in_frames) {
        room.resize(room.len() + before, 0.0);
        room.extend_from_slice(row);
        room.resize(room.len() + after, 0.0);
    }
    Rows { samples: room, pitch, origin: before }
}

/// What the columns of all examples read, `[channel, tap, example, column]`: so that a panel is read once for a batch.
pub fn columns<'a>(
    shape: &Convolution,
    phase: &Phase,
    rows: Rows<'_>,
    (first, count): (usize, usize),
    room: &'a mut Vec<f32>,
) -> &'a [f32] {
    let example_pitch = shape.in_channels * rows.pitch;
    let examples = rows.samples.len() / example_pitch;
    room.clear();
    room.reserve(phase.taps.len() * shape.in_channels * examples * count);
    for channel in 0..shape.in_channels {
        for &(_, offset) in &phase.taps {
            let begin = (rows.origin + first * phase.in_step).wrapping_add_signed(offset);
            for example in 0..examples {
                let row = &rows.samples[example * example_pitch + channel * rows.pitch + begin..];
                room.extend((0..count).map(|column| row[column * phase.in_step]));
            }
        }
    }
    room
}
