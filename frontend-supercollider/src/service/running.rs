//! One UGen: its box, its audio half, the attributes that its inputs set.

use std::collections::BTreeSet;

use nn_core::{
    effect::ModelKind,
    engine::status::LoadState,
    layout::BoxKind,
    message::Atom,
    object::{HostFormat, NnObject},
    port::Prepared,
    shown,
    spec::{AttributeSpec, MethodSpec},
    value::ValueType,
};
use rtrb::{Consumer, Producer, RingBuffer};

use super::{hearer::speak, models::wanted_buffer, waiting::Waiting};
use crate::{
    buffers,
    events::{About, Events},
    exchange::EXCHANGE,
    find::Places,
    half::{AudioHalf, Watched},
    order::{Message, ModelFile, Target},
    print,
    wanted::{Change, Setting, Wanted},
};

/// Updates of an attribute in a second, unless the UGen says otherwise.
const UPDATES_PER_S: f32 = 20.0;
/// How many changes may wait for the service.
const CHANGES: usize = 256;
/// After how long without blocks a box counts as paused, in ms.
const PAUSED_MS: f64 = 200.0;
/// A UGen with a box.
pub struct Running {
    /// What its events are about.
    pub about: About,
    /// Whether inputs set attributes.
    pub watches: bool,
    object: NnObject,
    attributes: Vec<AttributeSpec>,
    changes: Consumer<Change>,
    host: HostFormat,
    debug: i32,
    /// Attributes that the model has not, of which that was said.
    unknown: BTreeSet<i32>,
    ready: bool,
    /// Blocks that were played, and when their number was last another one.
    played: (u64, f64),
}

impl Running {
    /// Makes the box and lays its audio half into the UGen's place; nothing where the model has no such method.
    pub fn new(waiting: &Waiting, file: &ModelFile, now_ms: f64, events: &Events) -> Option<Self> {
        let (wanted, about) = (&waiting.wanted, waiting.about());
        let method = match method(wanted, file) {
            Ok(method) => method,
            Err(line) => {
                print::error(&line);
                events.tell("error", about, &line, &[]);
                return None;
            }
        };
        let spec = &file.description.spec;
        let batches = wanted.batches;
        let signals = wanted.setting(Setting::Signals).map_or(method.in_channels * batches, |n| n as usize);
        let signals = signals.min(wanted.inputs);
        let (inlets, outlets) = (signals.div_ceil(batches).max(1), (wanted.outputs / batches).max(1));
        let buffer = wanted_buffer(wanted.buffer, spec.largest_ratio(), wanted.block_frames);
        let creation = [
            Atom::symbol(shown::path(&file.path)),
            Atom::symbol(&method.name),
            Atom::Int(buffer as i64),
            Atom::Int(inlets as i64),
            Atom::Int(outlets as i64),
        ];
        let kind = if batches > 1 { BoxKind::Mc } else { BoxKind::Nn };
        let host = HostFormat { sample_rate_hz: wanted.rate_hz, block_frames: wanted.block_frames };
        let (mut object, prepared) = NnObject::new(kind, waiting.context.clone(), host, &creation, &Places);
        for (selector, atom) in wanted.messages() {
            object.handle(selector, &[atom], &Places);
        }
        let (changes, changed) = RingBuffer::new(CHANGES);
        let half = half(wanted, prepared, signals, outlets, changes);
        let mut running = Self {
            about,
            watches: half.watches,
            object,
            attributes: spec.attributes.clone(),
            changes: changed,
            host,
            debug: wanted.debug,
            ready: false,
            unknown: BTreeSet::new(),
            played: (0, now_ms),
        };
        wanted.attributes.iter().flatten().for_each(|(_, attribute)| running.change(*attribute, events));
        running.object.offered_channels(batches);
        running.object.outlet_channels();
        running.object.prepare(host, now_ms);
        EXCHANGE.put_half(wanted.place, Box::new(half));
        running.speak(now_ms, events);
        Some(running)
    }

    /// Whether a message is for it.
    pub fn matches(&self, target: Target) -> bool {
        let same = |wanted: i32, own: i32| wanted == -1 || wanted == own;
        same(target.node, self.about.node)
            && same(target.id, self.about.id)
            && same(target.model, self.about.model)
    }

    /// A message.
    pub fn handle(&mut self, message: Message, now_ms: f64, events: &Events) {
        self.object.at_time(now_ms);
        buffers::keep(message.buffers);
        self.object.handle(&message.selector, &message.atoms, &Places);
        let plays = self.plays(now_ms);
        self.object.look(plays);
        self.speak(now_ms, events);
    }

    /// Whether an answer is awaited.
    pub fn is_pending(&self) -> bool {
        let loads = !self.ready && self.object.status().load_state() == LoadState::Loading;
        loads || self.object.may_tell_soon() || !self.changes.is_empty()
    }

    /// Collects and tells what the box has to say.
    pub fn poll(&mut self, now_ms: f64, events: &Events) {
        self.object.at_time(now_ms);
        while let Ok(change) = self.changes.pop() {
            self.change(change, events);
        }
        let plays = self.plays(now_ms);
        self.object.poll(plays);
        self.speak(now_ms, events);
        if !self.ready && self.object.status().is_ready() {
            self.ready = true;
            events.tell("ready", self.about, "", &[]);
            if self.debug > 1 {
                self.object.handle("dump", &[], &Places);
            }
        }
    }

    /// Whether blocks are being played.
    fn plays(&mut self, now_ms: f64) -> bool {
        let played = self.object.status().counts().played_frames;
        if played != self.played.0 {
            self.played = (played, now_ms);
        }
        now_ms - self.played.1 < PAUSED_MS
    }

    /// An attribute has got another value at its input.
    fn change(&mut self, change: Change, events: &Events) {
        let attribute = usize::try_from(change.attribute).ok().and_then(|number| self.attributes.get(number));
        let Some(attribute) = attribute else {
            if self.unknown.insert(change.attribute) {
                let line = format!("the model has no attribute number {}", change.attribute);
                print::error(&line);
                events.tell("error", self.about, &line, &[]);
            }
            return;
        };
        let name = Atom::symbol(&attribute.name);
        self.object.handle("set", &[name.clone(), value(attribute, change.value)], &Places);
        if self.debug > 0 {
            self.object.handle("get", &[name], &Places);
        }
    }

    fn speak(&mut self, now_ms: f64, events: &Events) {
        if speak(&mut self.object, self.about, events) {
            self.object.outlet_channels();
            self.object.prepare(self.host, now_ms);
        }
    }
}

/// The method that a UGen wants, or a line that says why there is none.
fn method<'a>(wanted: &Wanted, file: &'a ModelFile) -> Result<&'a MethodSpec, String> {
    let (spec, path) = (&file.description.spec, shown::path(&file.path));
    usize::try_from(wanted.method).ok().and_then(|number| spec.methods.get(number)).ok_or_else(|| {
        if spec.kind == ModelKind::Generator {
            format!("{path} makes whole sounds and plays no signals: NN.render them into Buffers")
        } else {
            format!("{path} has no method number {}: build the SynthDef again", wanted.method)
        }
    })
}

/// The audio half of a UGen.
fn half(
    wanted: &Wanted,
    prepared: Prepared,
    signals: usize,
    outlets: usize,
    changes: Producer<Change>,
) -> AudioHalf {
    let block_frames = wanted.block_frames;
    let blocks = if wanted.control_rate { wanted.outputs * block_frames } else { 0 };
    let pairs = (wanted.inputs - signals) / 2;
    AudioHalf {
        port: prepared.attach(),
        signals,
        batches: wanted.batches,
        outlets,
        block_frames,
        held: vec![0.0; signals * block_frames],
        blocks: vec![0.0; blocks],
        // Where the place of pairs is known, settings among them are none.
        watches: match wanted.setting(Setting::Signals) {
            Some(_) => wanted.attributes[0].is_some(),
            None => pairs > 0,
        },
        watched: watched(wanted, pairs),
        blocks_between: blocks_between(wanted),
        changes,
    }
}

/// The pairs of a UGen. Those whose value was set with the box are not sent again.
fn watched(wanted: &Wanted, pairs: usize) -> Vec<Watched> {
    let mut watched = vec![Watched { sent: f32::NAN, blocks_to_wait: 0 }; pairs];
    for (pair, set) in wanted.attributes.iter().flatten() {
        if let Some(watched) = watched.get_mut(*pair as usize) {
            watched.sent = set.value;
        }
    }
    watched
}

/// A number at an input as the value of an attribute: a bool is what is above 0.
fn value(attribute: &AttributeSpec, number: f32) -> Atom {
    match attribute.types.first() {
        Some(ValueType::Bool) => Atom::Int((number > 0.0).into()),
        Some(ValueType::Int) => Atom::Int(number as i64),
        _ => Atom::Float(number.into()),
    }
}

/// Blocks between two updates of an attribute; 0 without a limit.
fn blocks_between(wanted: &Wanted) -> u32 {
    let per_s = wanted.setting(Setting::Rate).unwrap_or(UPDATES_PER_S);
    if per_s <= 0.0 {
        return 0;
    }
    let blocks = wanted.rate_hz / wanted.block_frames as f64 / f64::from(per_s);
    (blocks.ceil() as u32).saturating_sub(1)
}
