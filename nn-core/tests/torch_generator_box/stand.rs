//! A box with a host's arrays, and all that it says.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use nn_core::{
    array::{ArrayFault, ArrayShape, Arrays},
    layout::BoxKind,
    message::{Event, text, typed},
    object::{HostContext, HostFormat},
    offline::{HostMode, Player, host_context},
};

use crate::torch_stand::{self, models};

const PATIENCE: Duration = Duration::from_secs(60);
pub const HOST_HZ: u32 = 48_000;

/// Arrays as Max has them: of any channels. One whose name begins with `mono` keeps one, as in Pd; `busy` is one that
/// somebody else has at first.
#[derive(Default)]
pub struct Shelf {
    pub arrays: Mutex<BTreeMap<String, Vec<Vec<f32>>>>,
    pub refusals: Mutex<u32>,
    pub shown: Mutex<Vec<String>>,
}

impl Shelf {
    pub fn new(names: &[&str]) -> &'static Self {
        let shelf: &'static Self = Box::leak(Box::default());
        names.iter().for_each(|name| shelf.put(name, vec![vec![0.0; 10]]));
        shelf
    }

    pub fn put(&self, name: &str, channels: Vec<Vec<f32>>) {
        self.arrays.lock().unwrap().insert(name.into(), channels);
    }

    pub fn get(&self, name: &str) -> Vec<Vec<f32>> {
        self.arrays.lock().unwrap()[name].clone()
    }

    fn with<T>(&self, name: &str, work: impl FnOnce(&mut Vec<Vec<f32>>) -> T) -> Result<T, ArrayFault> {
        let missing = || ArrayFault::Missing { name: name.into(), cure: self.cure() };
        self.arrays.lock().unwrap().get_mut(name).map(work).ok_or_else(missing)
    }
}

impl Arrays for Shelf {
    fn read(
        &self,
        name: &str,
        from: usize,
        most: usize,
        samples: &mut Vec<f32>,
    ) -> Result<ArrayShape, ArrayFault> {
        self.with(name, |channels| {
            for channel in &*channels {
                samples.extend(channel.iter().skip(from).take(most));
            }
            let frames = channels.first().map_or(0, Vec::len);
            ArrayShape { channels: channels.len(), frames, sample_rate_hz: HOST_HZ }
        })
    }

    fn shape_to_write(&self, name: &str) -> Result<ArrayShape, ArrayFault> {
        self.read(name, 0, 0, &mut Vec::new())
    }

    fn resize(&self, name: &str, channels: usize, frames: usize) -> Result<(), ArrayFault> {
        let channels = if name.starts_with("mono") { 1 } else { channels };
        self.with(name, |array| {
            array.resize(channels, Vec::new());
            array.iter_mut().for_each(|channel| channel.resize(frames, 0.0));
        })
    }

    fn write(&self, name: &str, from: usize, channels: &[Vec<f32>]) -> Result<(), ArrayFault> {
        if name == "busy" {
            let mut refusals = self.refusals.lock().unwrap();
            *refusals += 1;
            if *refusals < 3 {
                return Err(ArrayFault::Busy { name: name.into() });
            }
        }
        self.with(name, |array| {
            assert_eq!(array.len(), channels.len());
            for (array, piece) in array.iter_mut().zip(channels) {
                array[from..from + piece.len()].copy_from_slice(piece);
            }
        })
    }

    fn written(&self, name: &str) {
        self.shown.lock().unwrap().push(name.into());
    }

    fn cure(&self) -> &'static str {
        "make one"
    }
}

pub struct Stand {
    pub player: Player,
    pub shelf: &'static Shelf,
    /// What was said, a line for each.
    pub said: Vec<String>,
}

impl Stand {
    pub fn in_mode(mode: HostMode, kind: BoxKind, arguments: &str, shelf: &'static Shelf) -> Self {
        let context = HostContext { arrays: shelf, ..host_context(Arc::new(torch_stand::source()), mode) };
        let host = HostFormat { sample_rate_hz: f64::from(HOST_HZ), block_frames: 64 };
        let find = |name: &str| Some(models().join(name)).filter(|path: &PathBuf| path.is_file());
        let player = Player::new(kind, context, host, &typed(arguments), find);
        let mut stand = Self { player, shelf, said: Vec::new() };
        stand.emit();
        stand
    }

    pub fn new(arguments: &str, shelf: &'static Shelf) -> Self {
        Self::in_mode(HostMode::RealTime, BoxKind::Nn, arguments, shelf)
    }

    pub fn send(&mut self, message: &str) {
        let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
        self.player.send(selector, &typed(rest));
        self.emit();
    }

    /// As a frontend does it.
    pub fn emit(&mut self) {
        for event in self.player.take_events() {
            match event {
                Event::Error(line) => self.said.push(format!("error {line}")),
                Event::Note(line) => self.said.push(line),
                Event::Info { selector, atoms } if selector != "error" => {
                    self.said.push(format!("told {selector} {}", text(&atoms)));
                }
                Event::WriteArray(piece) => piece.perform(self.shelf),
                _ => {}
            }
        }
    }

    pub fn poll(&mut self) {
        self.player.poll();
        self.emit();
    }

    pub fn until(&mut self, line: &str) {
        let begin = Instant::now();
        while !self.has(line) {
            assert!(begin.elapsed() < PATIENCE, "no '{line}': {:#?}", self.said);
            self.poll();
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    pub fn has(&self, line: &str) -> bool {
        self.said.iter().any(|said| said.contains(line))
    }

    pub fn errors(&self) -> Vec<&str> {
        self.said.iter().filter_map(|line| line.strip_prefix("error ")).collect()
    }

    pub fn percents(&self) -> Vec<f64> {
        let percent = |line: &String| line.strip_prefix("told render_progress ")?.trim().parse().ok();
        self.said.iter().filter_map(percent).collect()
    }
}
