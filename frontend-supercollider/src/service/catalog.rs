//! Models elsewhere: a box without sound that lists and downloads them, as boxes in other hosts do.

use nn_core::{
    layout::BoxKind,
    message::Atom,
    object::{HostContext, HostFormat, NnObject},
};

use super::hearer::speak;
use crate::{
    events::{About, Events},
    find::Places,
    order::Message,
};

/// The box, once something was asked.
#[derive(Default)]
pub struct Catalog(Option<NnObject>);

impl Catalog {
    /// A message.
    pub fn send(&mut self, message: Message, context: HostContext, now_ms: f64, events: &Events) {
        let object = self.0.get_or_insert_with(|| {
            let host = HostFormat { sample_rate_hz: 48_000.0, block_frames: 64 };
            let void = [Atom::symbol("void"), Atom::Int(1), Atom::Int(1)];
            NnObject::new(BoxKind::Nn, context, host, &void, &Places).0
        });
        object.at_time(now_ms);
        object.handle(&message.selector, &message.atoms, &Places);
        speak(object, About::CATALOG, events);
    }

    /// Whether an answer is awaited.
    pub fn is_pending(&self) -> bool {
        self.0.as_ref().is_some_and(NnObject::pending)
    }

    /// Tells what there is to say.
    pub fn poll(&mut self, now_ms: f64, events: &Events) {
        if let Some(object) = &mut self.0 {
            object.at_time(now_ms);
            object.poll(false);
            speak(object, About::CATALOG, events);
        }
    }
}
