//! Running UGens, and those that wait for a model.

use nn_core::object::HostContext;

use super::{models::Models, running::Running, waiting::Waiting};
use crate::{
    events::Events,
    exchange::{EXCHANGE, PLACES},
    order::{Message, Target},
    wanted::Wanted,
};

/// How long a message is kept for UGens that are made meanwhile, in ms.
const KEPT_MS: f64 = 1000.0;

/// A UGen by its place.
enum Unit {
    /// Its model is not loaded.
    Waiting(Box<Waiting>),
    /// It has a box.
    Running(Box<Running>),
}

/// A message that found nobody yet.
struct Kept {
    target: Target,
    message: Message,
    since_ms: f64,
    taken: bool,
}

/// All UGens.
#[derive(Default)]
pub struct Units {
    by_place: Vec<Option<Unit>>,
    kept: Vec<Kept>,
}

impl Units {
    /// A UGen was made.
    pub fn made(
        &mut self,
        wanted: Wanted,
        models: &Models,
        context: HostContext,
        now_ms: f64,
        events: &Events,
    ) {
        let place = wanted.place as usize;
        if self.by_place.is_empty() {
            self.by_place.resize_with(PLACES, || None);
        }
        let waiting = Waiting { wanted, context, since_ms: now_ms, told: false };
        events.tell("made", waiting.about(), "", &[]);
        self.by_place[place] = Some(Unit::Waiting(Box::new(waiting)));
        self.start(place, models, now_ms, events);
        self.deliver_kept(place, now_ms, events);
    }

    /// Makes the box of a UGen whose model is there. One whose model has no such method waits for another model.
    fn start(&mut self, place: usize, models: &Models, now_ms: f64, events: &Events) {
        let Some(Unit::Waiting(waiting)) = &mut self.by_place[place] else { return };
        let Some(file) = models.file(waiting.wanted.model) else { return };
        match Running::new(waiting, file, now_ms, events) {
            Some(running) => self.by_place[place] = Some(Unit::Running(Box::new(running))),
            None => waiting.told = true,
        }
    }

    /// A UGen is gone.
    pub fn gone(&mut self, place: u32, events: &Events) {
        let unit = self.by_place.get_mut(place as usize).and_then(Option::take);
        let about = match &unit {
            Some(Unit::Running(running)) => Some(running.about),
            Some(Unit::Waiting(waiting)) => Some(waiting.about()),
            None => None,
        };
        // The audio half goes back to its box first.
        drop(EXCHANGE.clear(place));
        drop(unit);
        if let Some(about) = about {
            events.tell("freed", about, "", &[]);
        }
    }

    /// A model was loaded, for which UGens may wait.
    pub fn model_came(&mut self, number: i32, models: &Models, now_ms: f64, events: &Events) {
        for place in 0..self.by_place.len() {
            if matches!(&self.by_place[place], Some(Unit::Waiting(waiting)) if waiting.wanted.model == number)
            {
                self.start(place, models, now_ms, events);
                self.deliver_kept(place, now_ms, events);
            }
        }
    }

    fn running(&mut self) -> impl Iterator<Item = &mut Running> {
        self.by_place.iter_mut().filter_map(|unit| match unit {
            Some(Unit::Running(running)) => Some(&mut **running),
            _ => None,
        })
    }

    /// A message to all that match; kept for a while where none does.
    pub fn send(&mut self, target: Target, message: Message, now_ms: f64, events: &Events) {
        let mut found = false;
        for running in self.running().filter(|running| running.matches(target)) {
            found = true;
            running.handle(message.clone(), now_ms, events);
        }
        // What is for all is for those that are there.
        if !found && target != Target::ALL {
            self.kept.push(Kept { target, message, since_ms: now_ms, taken: false });
        }
    }

    fn deliver_kept(&mut self, place: usize, now_ms: f64, events: &Events) {
        let Some(Some(Unit::Running(running))) = self.by_place.get_mut(place) else { return };
        for kept in &mut self.kept {
            if running.matches(kept.target) {
                kept.taken = true;
                running.handle(kept.message.clone(), now_ms, events);
            }
        }
    }

    /// Whether inputs of UGens set attributes.
    pub fn watches(&self) -> bool {
        self.by_place.iter().any(|unit| matches!(unit, Some(Unit::Running(running)) if running.watches))
    }

    /// Whether an answer is awaited.
    pub fn is_pending(&self) -> bool {
        self.by_place.iter().any(|unit| match unit {
            Some(Unit::Running(running)) => running.is_pending(),
            _ => false,
        })
    }

    /// Collects and tells what boxes have to say.
    pub fn poll(&mut self, now_ms: f64, events: &Events) {
        self.kept.retain(|kept| {
            let kept_on = now_ms - kept.since_ms < KEPT_MS;
            if !kept_on && !kept.taken {
                kept.message.told_nobody(kept.target, events);
            }
            kept_on
        });
        for unit in self.by_place.iter_mut().flatten() {
            match unit {
                Unit::Running(running) => running.poll(now_ms, events),
                Unit::Waiting(waiting) => waiting.poll(now_ms, events),
            }
        }
    }
}
