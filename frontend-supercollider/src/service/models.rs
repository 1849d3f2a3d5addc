//! Loaded models: each a box that is never played, which holds the weights for the UGens.

use std::collections::BTreeMap;

use nn_core::{
    effect::ModelKind,
    engine::status::LoadState,
    layout::BoxKind,
    message::Atom,
    object::{HostContext, HostFormat, NnObject},
    shown,
};

use super::hearer::speak;
use crate::{
    buffers,
    events::{About, Events},
    find::Places,
    list,
    order::{Message, ModelFile},
    print,
};

/// Of a box that is never played.
const NO_SOUND: HostFormat = HostFormat { sample_rate_hz: 48_000.0, block_frames: 64 };

/// A loaded model.
struct Loaded {
    file: ModelFile,
    holder: NnObject,
    /// Whether it was told how loading ended.
    told: bool,
}

/// Models by their numbers.
#[derive(Default)]
pub struct Models(BTreeMap<i32, Loaded>);

impl Models {
    /// Begins to load a model; a number below 0 is replaced by the first that is free.
    pub fn load(&mut self, number: i32, file: ModelFile, context: HostContext, events: &Events) -> i32 {
        let free = || (0..).find(|number| !self.0.contains_key(number)).unwrap_or(0);
        let number = if number < 0 { free() } else { number };
        events.tell("described", About::model(number), &list::of(&[(number, file.clone())]), &[]);
        let path = Atom::symbol(shown::path(&file.path));
        let buffer = wanted_buffer(-1, file.description.spec.largest_ratio(), NO_SOUND.block_frames);
        let buffer = Atom::Int(buffer as i64);
        let (holder, unplayed) = NnObject::new(BoxKind::Nn, context, NO_SOUND, &[path, buffer], &Places);
        drop(unplayed);
        self.0.insert(number, Loaded { file, holder, told: false });
        number
    }

    /// Offline: waits until a model is loaded.
    pub fn finish(&mut self, number: i32, now_ms: f64, events: &Events) {
        while self.0.get(&number).is_some_and(|model| !model.told) {
            self.poll(now_ms, events);
            std::thread::yield_now();
        }
    }

    /// Forgets a model. UGens that play it go on.
    pub fn unload(&mut self, number: i32) {
        self.0.remove(&number);
    }

    /// A model's file.
    pub fn file(&self, number: i32) -> Option<&ModelFile> {
        self.0.get(&number).map(|model| &model.file)
    }

    /// The files of one model, or below 0 of all.
    pub fn files(&self, number: i32) -> Vec<(i32, ModelFile)> {
        let wanted = self.0.iter().filter(|(known, _)| number < 0 || **known == number);
        wanted.map(|(number, model)| (*number, model.file.clone())).collect()
    }

    /// Whether one is still being loaded.
    pub fn is_pending(&self) -> bool {
        self.0.values().any(|model| !model.told || model.holder.pending())
    }

    /// Tells what models have to say, and once how loading ended.
    pub fn poll(&mut self, now_ms: f64, events: &Events) {
        for (number, model) in &mut self.0 {
            model.holder.at_time(now_ms);
            model.holder.poll(false);
            let about = About::model(*number);
            let state = model.holder.status().load_state();
            let ended = state != LoadState::Loading;
            if !model.told && ended {
                model.told = true;
                // What is wrong was said in a line of its own.
                let generates = model.file.description.spec.kind == ModelKind::Generator;
                let path = shown::path(&model.file.path);
                let (kind, text) = match state {
                    LoadState::Ready => ("loaded", path),
                    _ if generates => ("loaded", path),
                    _ => ("failed", format!("{path} cannot be loaded")),
                };
                speak(&mut model.holder, about, events);
                events.tell(kind, about, &text, &[]);
            }
            speak(&mut model.holder, about, events);
        }
    }

    /// A message to a model itself.
    pub fn send(&mut self, number: i32, message: Message, now_ms: f64, events: &Events) {
        let about = About::model(number);
        let Some(model) = self.0.get_mut(&number) else {
            let line = format!("no model has the number {number}: NN.load one first");
            print::error(&line);
            return events.tell("error", about, &line, &[]);
        };
        if message.selector == "latency" && message.atoms.len() > 1 {
            return latency(&model.holder, &model.file, about, &message.atoms, events);
        }
        model.holder.at_time(now_ms);
        if message.selector == "reload" {
            model.told = false;
        }
        buffers::keep(message.buffers);
        model.holder.handle(&message.selector, &message.atoms, &Places);
        speak(&mut model.holder, about, events);
    }
}

/// `latency METHOD BUFFER BLOCK RATE`: what a UGen of it will have. METHOD is a name or a number.
fn latency(holder: &NnObject, file: &ModelFile, about: About, atoms: &[Atom], events: &Events) {
    let number = |place: usize| atoms.get(place).and_then(Atom::number);
    let (buffer, block, rate_hz) =
        (number(1).unwrap_or(-1.0), number(2).unwrap_or(64.0), number(3).unwrap_or(48_000.0));
    // As UGens have it, by its number, or by its name.
    let numbered = number(0).and_then(|place| file.description.spec.methods.get(place as usize));
    let method = numbered.map_or_else(|| atoms[0].to_string(), |method| method.name.clone());
    let host = HostFormat { sample_rate_hz: rate_hz, block_frames: (block as usize).max(1) };
    let largest_ratio = file.description.spec.largest_ratio();
    let wanted = wanted_buffer(buffer as i32, largest_ratio, host.block_frames);
    match holder.latency_of(&method, wanted, host) {
        Some(frames) => {
            let frames = frames as f64;
            let values = [Atom::Float(frames), Atom::Float(frames / rate_hz * 1e3)];
            events.tell("info", about, "latency", &values);
        }
        None if holder.status().load_state() != LoadState::Ready => {
            events.tell("error", about, "the model is not loaded: ask for its latency when it is", &[]);
        }
        None => events.tell(
            "error",
            about,
            "it has no such method, or no such buffer: ask for a smaller one",
            &[],
        ),
    }
}

/// The buffer to ask for: below 0 the largest ratio, or the host's block where that is longer.
pub fn wanted_buffer(buffer: i32, largest_ratio: usize, block_frames: usize) -> usize {
    usize::try_from(buffer).unwrap_or(largest_ratio.max(block_frames))
}
