//! A box and the host that it takes the player for.

use std::time::{Duration, Instant};

use crate::{
    find_model::SearchPath,
    message::{Atom, Event},
    object::{HostContext, HostFormat, NnObject},
};
use nn_engine::{
    layout::BoxKind,
    port::{
        AudioPort,
        sample::{Inputs, Outputs, Sample},
    },
    status::{LoadState, Status},
};

/// How often to poll a box that is waited for.
const LOOK: Duration = Duration::from_millis(1);

/// A box that is played without a host. Everything is called on one thread, the one that made it.
pub struct Player {
    // Dropped first, so that it goes back to its box.
    port: AudioPort,
    /// The box itself, for what a host may ask of it.
    pub object: NnObject,
    places: Box<dyn SearchPath>,
    format: HostFormat,
    /// Of the widest signal at the inlets, where that was said.
    offered_channels: Option<usize>,
    /// Of each outlet, since the audio was built.
    outlet_channels: usize,
    /// Length of a block.
    block_ms: f64,
    now_ms: f64,
    played_frames: u64,
    /// What was said and not yet taken.
    events: Vec<Event>,
}

impl std::fmt::Debug for Player {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Player")
            .field("format", &self.format)
            .field("now_ms", &self.now_ms)
            .finish_non_exhaustive()
    }
}

/// What was waited for did not come.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("not done after {waited:?}; the box says {said:?}")]
pub struct TimedOut {
    /// How long that was.
    pub waited: Duration,
    /// What the box has said and nobody has taken.
    pub said: Vec<Event>,
}

impl Player {
    /// Makes a box as a host does that is about to play in this format, and builds its audio. What is wrong with the
    /// arguments is among the events; a box there is always. The model is loading when this returns.
    ///
    /// Thread: main.
    pub fn new(
        kind: BoxKind,
        context: HostContext,
        format: HostFormat,
        arguments: &[Atom],
        places: impl SearchPath + 'static,
    ) -> Self {
        let places = Box::new(places);
        let (object, prepared) = NnObject::new(kind, context, format, arguments, &*places);
        let mut player = Self {
            object,
            port: prepared.attach(),
            places,
            format,
            offered_channels: None,
            outlet_channels: 1,
            block_ms: 0.0,
            now_ms: 0.0,
            played_frames: 0,
            events: Vec::new(),
        };
        player.prepare(format);
        player
    }

    /// The host builds its audio (anew), with blocks of this format from now on.
    ///
    /// Thread: main.
    pub fn prepare(&mut self, format: HostFormat) {
        self.format = format;
        self.block_ms = format.block_frames as f64 * 1e3 / format.sample_rate_hz;
        if let Some(channels) = self.offered_channels {
            self.object.offered_channels(channels);
        }
        self.outlet_channels = self.object.outlet_channels();
        self.object.prepare(format, self.now_ms);
    }

    /// Signals of so many channels come to the inlets from now on: the audio is built anew for them.
    ///
    /// Thread: main.
    pub fn offer_channels(&mut self, channels: usize) {
        self.offered_channels = Some(channels);
        self.prepare(self.format);
    }

    /// Number of channels of the signals at the inlets.
    pub(super) fn inlet_channels(&self) -> usize {
        self.offered_channels.unwrap_or(1)
    }

    /// Number of channels of the signal of each outlet.
    ///
    /// Thread: main.
    pub fn outlet_channels(&self) -> usize {
        self.outlet_channels
    }

    /// Rate and block of the host.
    ///
    /// Thread: main.
    pub fn format(&self) -> HostFormat {
        self.format
    }

    /// The host's time in ms: what was played, and what went by without audio.
    ///
    /// Thread: main.
    pub fn now_ms(&self) -> f64 {
        self.now_ms
    }

    /// Samples that were played so far.
    ///
    /// Thread: main.
    pub fn played_frames(&self) -> u64 {
        self.played_frames
    }

    /// The box's counters.
    ///
    /// Thread: main.
    pub fn status(&self) -> &Status {
        self.object.status()
    }

    /// The host's time goes on by so many ms without a block: its audio is off, or leaves the box out.
    ///
    /// Thread: main.
    pub fn pass(&mut self, ms: f64) {
        self.now_ms += ms;
        self.object.at_time(self.now_ms);
    }

    /// A message. It is heard in the next block.
    ///
    /// Thread: main.
    pub fn send(&mut self, selector: &str, atoms: &[Atom]) {
        self.object.handle(selector, atoms, &*self.places);
    }

    /// Polls the box, as hosts do some twenty times a second: takes what it has to say, and builds the audio anew where
    /// the box asks for it.
    ///
    /// Thread: main.
    pub fn poll(&mut self) {
        self.object.at_time(self.now_ms);
        self.object.poll(false);
        self.collect();
    }

    /// What [`Player::poll`] does right after a message.
    pub(super) fn look(&mut self) {
        self.object.look(false);
        self.collect();
    }

    fn collect(&mut self) {
        let said = self.object.take_events();
        if said.contains(&Event::Channels) {
            self.prepare(self.format);
        }
        self.events.extend(said);
    }

    /// What the box has said since the last call.
    ///
    /// Thread: main.
    pub fn take_events(&mut self) -> Vec<Event> {
        self.events.extend(self.object.take_events());
        std::mem::take(&mut self.events)
    }

    /// Sends a message that is answered at once and gives the last answer of that name; what else is said stays among the
    /// events.
    ///
    /// Thread: main.
    pub fn ask(&mut self, selector: &str, atoms: &[Atom]) -> Option<Vec<Atom>> {
        self.events.extend(self.object.take_events());
        let before = self.events.len();
        self.send(selector, atoms);
        self.events.extend(self.object.take_events());
        let is_answer =
            |event: &Event| matches!(event, Event::Info { selector: name, .. } if name == selector);
        let at = before + self.events[before..].iter().rposition(is_answer)?;
        match self.events.remove(at) {
            Event::Info { atoms, .. } => Some(atoms),
            _ => None,
        }
    }

    /// One block, as a host's callback plays it: all inputs are read, then every sample of every outlet is written. The
    /// signals are as long as a block. Nothing else happens to the box here, and nothing is allocated; a fault of the
    /// audio side panics where a host would hear silence.
    ///
    /// Thread: main.
    pub fn block<S: Sample>(&mut self, inputs: &impl Inputs<S>, outputs: &mut impl Outputs<S>) {
        let frames = self.format.block_frames;
        self.port.capture(frames, inputs);
        self.port.render(frames, outputs);
        self.now_ms += self.block_ms;
        self.played_frames += frames as u64;
    }

    /// Plays whole blocks without a message or a poll in between: a signal for each inlet, of a length that is a
    /// multiple of the block's; gives one for each outlet.
    ///
    /// Thread: main.
    pub fn play(&mut self, inputs: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let block = self.format.block_frames;
        let frames = inputs.first().map_or(0, Vec::len);
        let mut result = vec![Vec::with_capacity(frames); self.object.outlets()];
        for at in (0..frames).step_by(block) {
            let inputs: Vec<Vec<f32>> = inputs.iter().map(|signal| signal[at..at + block].to_vec()).collect();
            // What is not written is heard as what it is.
            let mut outputs = vec![vec![f32::NAN; block]; result.len()];
            self.block(&inputs, &mut outputs);
            result.iter_mut().zip(outputs).for_each(|(result, output)| result.extend(output));
        }
        result
    }

    /// Polls the box, without audio, until `satisfied` answers true.
    ///
    /// Thread: main.
    ///
    /// # Errors
    /// [`TimedOut`] after `patience` by the clock.
    pub fn until(
        &mut self,
        patience: Duration,
        mut satisfied: impl FnMut(&mut Self) -> bool,
    ) -> Result<(), TimedOut> {
        let begin = Instant::now();
        while !satisfied(self) {
            if begin.elapsed() > patience {
                return Err(TimedOut { waited: begin.elapsed(), said: self.take_events() });
            }
            self.poll();
            std::thread::sleep(LOOK);
        }
        Ok(())
    }

    /// Polls the box, without audio, until there is a model and nothing is pending.
    ///
    /// Thread: main.
    ///
    /// # Errors
    /// [`TimedOut`] after `patience` by the clock; what the box said of a load that failed is in it.
    pub fn until_ready(&mut self, patience: Duration) -> Result<(), TimedOut> {
        self.until(patience, |player| {
            player.status().load_state() == LoadState::Ready && !player.object.pending()
        })
    }
}
