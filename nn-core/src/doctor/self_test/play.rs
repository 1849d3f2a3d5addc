//! Plays the models, side by side, on the thread that calls.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use super::{
    compare::{FIRST, STEP},
    model::{MODELS, SelfTestModel},
    played::Played,
    sound::{BLOCK_FRAMES, FRAMES, RATE_HZ, sound},
};
use crate::{
    figures::{largest, median},
    message::{Atom, Event},
    object::{HostContext, HostFormat},
    offline::{HostMode, LiveBox, Player, Schedule, TimedSource, host_context, play_live},
};
use nn_engine::{
    layout::BoxKind,
    loader::{Loader, load_limit},
    status::LoadState,
};
use nn_model::ModelSource;
use nn_process::{exit, policy::workers_allowed};

/// Of every box, in samples.
const BUFFER_FRAMES: usize = 2048;
/// The loader gives a load up by itself; this is for what it does besides.
const MARGIN: Duration = Duration::from_secs(30);

/// Where models come from, and on which thread they are loaded.
#[derive(Clone)]
pub struct SelfTest {
    /// Where they come from.
    pub source: Arc<dyn ModelSource>,
    /// The loader of its boxes.
    pub loader: &'static Loader,
    /// Whether the calling thread has real-time priority.
    pub real_time: bool,
}

impl std::fmt::Debug for SelfTest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SelfTest").field("real_time", &self.real_time).finish_non_exhaustive()
    }
}

/// A model in its box, ready to play.
struct Ready {
    model: SelfTestModel,
    source: TimedSource,
}

/// Plays all models in real time; gives what came of each, in the order of [`MODELS`]. One at a time in a process: others
/// wait. Takes two seconds, and as long as loading takes.
///
/// Thread: loader.
pub fn play(test: &SelfTest) -> Vec<(&'static str, Result<Played, String>)> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = match tempfile::Builder::new().prefix("nn-doctor-").tempdir() {
        Ok(folder) => folder,
        Err(error) => {
            let what = format!("no folder for its file ({error})");
            return MODELS.iter().map(|model| (model.name, Err(what.clone()))).collect();
        }
    };
    let (input, mut boxes) = (sound(), Vec::new());
    let mut make = |model: &SelfTestModel| {
        let (ready, live) = test.ready(*model, folder.path(), HostMode::RealTime)?;
        boxes.push(live);
        Ok(ready)
    };
    let ready: Vec<Result<Ready, String>> = MODELS.iter().map(&mut make).collect();
    let heard = live(&mut boxes, &input);
    let mut played = boxes.into_iter().zip(heard);
    let result = |ready: Result<Ready, String>| {
        let ready = ready?;
        let (live, heard) = played.next().ok_or("it was not played")?;
        test.result(&ready, live, &heard, (&input, folder.path()))
    };
    MODELS.iter().map(|model| model.name).zip(ready.into_iter().map(result)).collect()
}

/// What is to be stored of a model's sound, as this machine computes it: one sample a line.
///
/// Thread: loader.
///
/// # Errors
/// When the model does not play.
pub fn to_store(test: &SelfTest, name: &str) -> Result<String, String> {
    let model = MODELS.into_iter().find(|model| model.name == name).ok_or("no such model")?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let (heard, latency_frames) = test.at_leisure(model, folder.path(), &sound())?;
    let samples = heard.iter().skip(latency_frames + FIRST).step_by(STEP);
    Ok(samples.map(|sample| format!("{sample}\n")).collect())
}

/// Plays the boxes by the clock; gives what was heard of each. Ends early when the process does.
fn live(boxes: &mut [LiveBox], input: &[f32]) -> Vec<Vec<f32>> {
    let mut heard = vec![Vec::with_capacity(FRAMES); boxes.len()];
    let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
    for block in input.chunks_exact(BLOCK_FRAMES) {
        if boxes.is_empty() || exit::leaving() {
            break;
        }
        for live in boxes.iter_mut() {
            live.inputs[0].copy_from_slice(block);
        }
        play_live(boxes, &mut schedule, 1, |_| {});
        for (heard, live) in heard.iter_mut().zip(boxes.iter()) {
            heard.extend_from_slice(&live.outputs[0]);
        }
    }
    heard
}

impl SelfTest {
    /// A box with a model that is loaded.
    fn ready(&self, model: SelfTestModel, folder: &Path, mode: HostMode) -> Result<(Ready, LiveBox), String> {
        let file = folder.join(format!("{}.ts", model.name));
        std::fs::write(&file, model.bytes).map_err(|error| format!("{}: {error}", file.display()))?;
        let source = TimedSource::new(self.source.clone());
        let context = HostContext { loader: self.loader, ..host_context(Arc::new(source.clone()), mode) };
        let format = HostFormat { sample_rate_hz: RATE_HZ.into(), block_frames: BLOCK_FRAMES };
        let arguments = [
            Atom::symbol(file.display().to_string()),
            Atom::symbol("forward"),
            Atom::Int(BUFFER_FRAMES as i64),
        ];
        let find = move |_: &str| -> Option<PathBuf> { Some(file.clone()) };
        let mut player = Player::new(BoxKind::Nn, context, format, &arguments, find);
        settle(&mut player)?;
        if let Some((name, value)) = model.set {
            player.send("set", &[Atom::symbol(name), Atom::Float(value)]);
        }
        if mode == HostMode::RealTime {
            player.send("wait", &[Atom::Int(0)]);
        }
        settle(&mut player)?;
        if player.object.inlets() != 1 || player.object.outlets() != 1 {
            return Err("it is another model than it should be".into());
        }
        // Copies with which the engine warms up do not count.
        drop(source.take());
        Ok((Ready { model, source }, LiveBox::new(player)))
    }

    /// What came of a box that has played.
    fn result(
        &self,
        ready: &Ready,
        mut live: LiveBox,
        heard: &[f32],
        (input, folder): (&[f32], &Path),
    ) -> Result<Played, String> {
        live.poll();
        unless_said(&mut live)?;
        let counts = live.status().counts();
        let format = live.object.stream_format().ok_or("the box plays nothing")?;
        let buffer_frames = format.timing.buffer_frames;
        let latency_frames = format.latency_without_model_frames();
        let worker = workers_allowed();
        let runs_ms: Vec<f64> = ready.source.take().iter().map(|run| run.wall.as_secs_f64() * 1e3).collect();
        let there_is_ms = buffer_frames as f64 * 1e3 / f64::from(RATE_HZ);
        // In the audio callback a buffer is late when its run is longer than itself.
        let long = if worker { 0 } else { runs_ms.iter().filter(|ms| **ms > there_is_ms).count() };
        let late = counts.late + counts.dropped + long as u64;
        let samples = if late == 0 {
            ready.model.right.compare(input, heard.get(latency_frames..).unwrap_or_default())
        } else {
            // What was late was not heard: whether the model computes right is told by itself.
            let (heard, latency_frames) = self.at_leisure(ready.model, folder, input)?;
            ready.model.right.compare(input, heard.get(latency_frames..).unwrap_or_default())
        };
        Ok(Played {
            buffer_frames,
            latency_frames,
            buffers: counts.buffers,
            late,
            median_ms: median(&runs_ms),
            worst_ms: largest(&runs_ms),
            worker,
            real_time: self.real_time,
            samples,
        })
    }

    /// What a model makes of the input when everything waits for it, and its delay.
    fn at_leisure(
        &self,
        model: SelfTestModel,
        folder: &Path,
        input: &[f32],
    ) -> Result<(Vec<f32>, usize), String> {
        let (_ready, mut live) = self.ready(model, folder, HostMode::Offline)?;
        let mut heard = Vec::with_capacity(FRAMES);
        for block in input.chunks_exact(BLOCK_FRAMES) {
            live.inputs[0].copy_from_slice(block);
            live.block();
            heard.extend_from_slice(&live.outputs[0]);
        }
        live.poll();
        unless_said(&mut live)?;
        let format = live.object.stream_format().ok_or("the box plays nothing")?;
        Ok((heard, format.latency_without_model_frames()))
    }
}

/// Waits until nothing is pending.
fn settle(player: &mut Player) -> Result<(), String> {
    let is_done = |player: &mut Player| {
        exit::leaving() || (!player.object.pending() && player.status().load_state() != LoadState::Loading)
    };
    player
        .until(load_limit().saturating_add(MARGIN), is_done)
        .map_err(|late| format!("it was not loaded after {} s", late.waited.as_secs()))?;
    unless_said(player)?;
    if player.status().load_state() == LoadState::Ready { Ok(()) } else { Err("it did not load".into()) }
}

/// What the box calls an error is one.
fn unless_said(player: &mut Player) -> Result<(), String> {
    let error = player.take_events().into_iter().find_map(|event| match event {
        Event::Error(line) => Some(line),
        _ => None,
    });
    error.map_or(Ok(()), |line| Err(line.split_once(": ").map_or(line.clone(), |(_, what)| what.to_owned())))
}
