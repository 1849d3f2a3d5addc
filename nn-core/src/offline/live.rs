//! Boxes that one thread plays in real time, as a host does.

use std::{
    ops::{Deref, DerefMut},
    time::{Duration, Instant},
};

use nn_engine::noise::noise;

use super::{looks::Looks, player::Player, schedule::Schedule};

/// A box with its host's signals, one channel each. Inputs hold noise until they are written.
#[derive(Debug)]
pub struct LiveBox {
    player: Player,
    looks: Looks,
    /// A block for each inlet, heard again in every block.
    pub inputs: Vec<Vec<f32>>,
    /// The last block of each outlet.
    pub outputs: Vec<Vec<f32>>,
}

impl Deref for LiveBox {
    type Target = Player;

    fn deref(&self) -> &Player {
        &self.player
    }
}

impl DerefMut for LiveBox {
    fn deref_mut(&mut self) -> &mut Player {
        &mut self.player
    }
}

impl LiveBox {
    /// Wires a box up.
    ///
    /// Thread: main.
    pub fn new(player: Player) -> Self {
        let block_frames = player.format().block_frames;
        let inputs = (0..player.object.inlets()).map(|seed| noise(seed as u64 + 1, block_frames)).collect();
        let outputs = vec![vec![0.0; block_frames]; player.object.outlets()];
        Self { looks: Looks::new(&player), player, inputs, outputs }
    }

    /// One block: what a host's callback does with a box.
    ///
    /// Thread: main.
    pub fn block(&mut self) {
        self.player.block(&self.inputs, &mut self.outputs);
    }
}

/// One block of a host that plays in real time, and its first box as it was right before.
#[derive(Clone, Copy, Debug)]
pub struct Tick {
    /// When its boxes were called.
    pub at: Instant,
    /// How long that took, all boxes together.
    pub took: Duration,
    /// Buffers that the first box has handed over.
    pub handed_over: u64,
    /// Buffers that are through: run, or dropped because they were overdue.
    pub done: u64,
}

/// Plays so many blocks of all boxes, each block when it is due. Polls come between blocks, at the times of Pure Data's.
///
/// Thread: main.
pub fn play_live(boxes: &mut [LiveBox], schedule: &mut Schedule, blocks: usize, mut note: impl FnMut(Tick)) {
    for _ in 0..blocks {
        schedule.wait();
        for live in boxes.iter_mut() {
            live.looks.due(&mut live.player);
        }
        let counts = boxes.first().map(|first| first.status().counts()).unwrap_or_default();
        let at = Instant::now();
        boxes.iter_mut().for_each(LiveBox::block);
        let done = counts.buffers + counts.dropped;
        note(Tick { at, took: at.elapsed(), handed_over: counts.handed_over, done });
    }
}
