//! A UGen whose model is not loaded.

use nn_core::object::HostContext;

use crate::{
    events::{About, Events},
    print,
    wanted::Wanted,
};

/// How long a model may be missing before that is said, in ms.
const MISSING_MS: f64 = 1000.0;

/// A UGen whose model is not loaded.
pub struct Waiting {
    /// What it wants.
    pub wanted: Wanted,
    /// What its box will get.
    pub context: HostContext,
    /// Since when, in the host's time.
    pub since_ms: f64,
    /// Whether that was said.
    pub told: bool,
}

impl Waiting {
    /// What its events are about.
    pub fn about(&self) -> About {
        about(&self.wanted)
    }

    /// Says once that there is no such model.
    pub fn poll(&mut self, now_ms: f64, events: &Events) {
        if self.told || now_ms - self.since_ms < MISSING_MS {
            return;
        }
        self.told = true;
        let line = format!(
            "no model has the number {} on this server: NN.load it; the UGen is silent until then",
            self.wanted.model
        );
        print::error(&line);
        events.tell("error", self.about(), &line, &[]);
    }
}

/// What events of a UGen are about.
fn about(wanted: &Wanted) -> About {
    About { scope: "ugen", node: wanted.node, id: wanted.id(), model: wanted.model }
}
