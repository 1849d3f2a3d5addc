//! What the service holds.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Instant,
};

use nn_core::{frontend::source::source, message::Atom, object::HostContext, priority::Rank};

use super::{catalog::Catalog, hearer, models::Models, units::Units};
use crate::{
    buffers::{self, Buffers},
    events::{About, Events, PROTOCOL},
    exchange::{EXCHANGE, FromAudio, PLACES},
    order::Order,
    print,
};

/// Everything that lives on the service's thread.
pub struct State {
    /// Loaded models.
    pub models: Models,
    /// Running UGens.
    pub units: Units,
    /// Models elsewhere.
    pub catalog: Catalog,
    /// Who is told what happens.
    pub events: Events,
    rank: Option<Rank>,
    began: Instant,
    /// The host's time in ms, where it renders offline.
    offline_ms: Option<f64>,
    now_ms: f64,
    refused: u64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            models: Models::default(),
            units: Units::default(),
            catalog: Catalog::default(),
            events: Events::default(),
            rank: None,
            began: Instant::now(),
            offline_ms: None,
            now_ms: 0.0,
            refused: 0,
        }
    }
}

/// What boxes get from this host. `rank`: the priority for threads that compute.
pub fn context(rank: Option<Rank>, offline: bool) -> HostContext {
    HostContext {
        arrays: &Buffers,
        messages_wait: offline,
        offline,
        joins_sound: !offline,
        name: Some("NN"),
        rank,
        ..HostContext::new(Arc::clone(&source()))
    }
}

impl State {
    /// Takes the time: that of a server offline, else the clock's.
    pub fn at_time(&mut self, offline_ms: Option<f64>) {
        self.offline_ms = offline_ms.or(self.offline_ms);
        self.now_ms = self.offline_ms.unwrap_or_else(|| self.began.elapsed().as_secs_f64() * 1e3);
    }

    /// Whether something is awaited: then it looks often.
    pub fn is_pending(&self) -> bool {
        self.models.is_pending() || self.units.is_pending() || self.catalog.is_pending()
    }

    /// What UGens said.
    pub fn hear(&mut self) {
        while let Some(said) = EXCHANGE.heard() {
            match said {
                FromAudio::Made(wanted) => {
                    self.rank = wanted.rank.or(self.rank);
                    let context = context(self.rank, !wanted.real_time);
                    self.units.made(wanted, &self.models, context, self.now_ms, &self.events);
                }
                FromAudio::Gone(place) => self.units.gone(place, &self.events),
            }
        }
        let refused = EXCHANGE.refused.load(Relaxed);
        if refused > self.refused {
            self.refused = refused;
            let line = format!(
                "a UGen or a command was refused: at most {PLACES} UGens play at a time, and commands need real-time \
                 memory: raise s.options.memSize"
            );
            self.wrong(About::SERVER, &line);
        }
    }

    /// Collects and tells what boxes have to say.
    pub fn poll(&mut self) {
        self.models.poll(self.now_ms, &self.events);
        self.units.poll(self.now_ms, &self.events);
        self.catalog.poll(self.now_ms, &self.events);
        if !self.is_pending() {
            buffers::forget();
        }
    }

    /// Does what was asked.
    pub fn perform(&mut self, order: Order) {
        match order {
            Order::Load { number, file, wait, done } => {
                let number = self.models.load(number, *file, context(self.rank, wait), &self.events);
                if wait {
                    self.models.finish(number, self.now_ms, &self.events);
                }
                self.units.model_came(number, &self.models, self.now_ms, &self.events);
                let _gone = done.send(number);
            }
            Order::Failed { number, line } => {
                self.events.tell("failed", About::model(number), &line, &[]);
            }
            Order::Unload(number) => self.models.unload(number),
            Order::Query(number, done) => {
                let _gone = done.send(self.models.files(number));
            }
            Order::Send(target, message) => match message.impossible() {
                Some(line) => self.wrong(target.about(), line),
                None => self.units.send(target, message, self.now_ms, &self.events),
            },
            Order::Model(number, message) => match message.impossible() {
                Some(line) => self.wrong(About::model(number), line),
                None => self.models.send(number, message, self.now_ms, &self.events),
            },
            Order::Catalog(message) => {
                let context = context(self.rank, self.offline_ms.is_some());
                self.catalog.send(message, context, self.now_ms, &self.events);
            }
            Order::Listen(address, listens) => {
                self.events.listen(address, listens);
                self.tell_version();
            }
            Order::Version => self.tell_version(),
            Order::Wrong(line) => self.events.tell("error", About::SERVER, &line, &[]),
            Order::Rendered { about, name, written } => hearer::rendered(about, &name, written, &self.events),
            Order::Settle { now_ms, done } => {
                self.at_time(Some(now_ms));
                self.hear();
                self.poll();
                let _gone = done.send(());
            }
            // Told by the caller.
            Order::Leave(_) => {}
        }
    }

    /// Says what is wrong, in the post window and to the languages.
    fn wrong(&self, about: About, line: &str) {
        print::error(line);
        self.events.tell("error", about, line, &[]);
    }

    fn tell_version(&self) {
        let version = env!("CARGO_PKG_VERSION");
        let numbers = self.models.files(-1).into_iter().map(|(number, _)| Atom::Int(number.into()));
        let values: Vec<_> = std::iter::once(Atom::Int(PROTOCOL)).chain(numbers).collect();
        self.events.tell("version", About::SERVER, version, &values);
    }
}
