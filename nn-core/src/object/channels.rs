//! Inlets and outlets, and the channels of their signals.

use super::nn_object::NnObject;
use nn_engine::{layout::BoxKind, reconcile::ModelInfo};

impl NnObject {
    /// Number of signal inlets, at least 1.
    ///
    /// Thread: main.
    pub fn inlets(&self) -> usize {
        self.inlets
    }

    /// Number of signal outlets. The information outlet comes after them.
    ///
    /// Thread: main.
    pub fn outlets(&self) -> usize {
        self.outlets
    }

    /// True when the box carries several channels in one signal.
    ///
    /// Thread: main.
    pub fn is_multichannel(&self) -> bool {
        self.kind != BoxKind::Nn
    }

    /// Number of channels of each outlet's signal. Call it when the host builds its audio, after
    /// [`NnObject::offered_channels`]. Channels that the box no longer has stay until they have faded out; then the
    /// host is asked to build its audio again.
    ///
    /// Thread: main.
    pub fn outlet_channels(&mut self) -> usize {
        let (wanted, before) = (self.wanted_outlet_channels(), self.reported.outlet_channels);
        let played = self.status.counts().played_frames;
        let mut channels = wanted;
        if matches!(self.kind, BoxKind::NnMulti | BoxKind::Mcs) {
            self.status.channels.set_wanted(wanted);
            let mut audible = self.reported.sounded;
            // Until a block was played with them, nothing sounded in channels that were added since.
            if played > self.reported.channels_since {
                self.reported.sounded = before;
                audible = self.status.channels.falling().unwrap_or(before);
            }
            channels = wanted.max(audible.min(before));
        }
        if channels != before {
            self.reported.channels_since = played;
        }
        self.reported.outlet_channels = channels;
        channels
    }

    /// The number that the host was told last, which decides nothing anew; 0 before the first.
    ///
    /// Thread: main.
    pub fn reported_outlet_channels(&self) -> usize {
        self.reported.outlet_channels
    }

    /// The current number, whatever the host was told before.
    pub(super) fn wanted_outlet_channels(&self) -> usize {
        let view = self.reconciler.view();
        match (self.kind, self.fixed_channels, view.info) {
            (BoxKind::Nn, ..) => 1,
            // Removed examples keep a channel until they have faded out.
            (BoxKind::Mc, fixed, _) => {
                fixed.unwrap_or(view.wanted.examples).max(self.status.falling_examples())
            }
            (_, Some(channels), _) => channels,
            (BoxKind::NnMulti | BoxKind::Mcs, None, Some(info)) => info.method().out_channels,
            (_, None, None) => 1,
        }
    }

    /// The fixed number of channels of each outlet (`chans N`); `None` while it follows model and signals.
    ///
    /// Thread: main.
    pub fn fixed_channels(&self) -> Option<usize> {
        self.fixed_channels
    }

    /// `chans N`: gives each outlet a fixed number of channels; 0 lets it follow model and signals again.
    pub(super) fn fix_channels(&mut self, channels: usize) {
        if !self.is_multichannel() {
            return self.error(
                "chans: the outlets of this box have one channel each: make it with -m, or as mc.nn~ or mcs.nn~"
                    .into(),
            );
        }
        self.fixed_channels = (channels > 0).then_some(channels);
        self.offered_channels(self.offered_channels);
        self.tell_channels();
    }

    /// The host builds its audio: `channels` is the most that a signal at the inlets has. Call it before
    /// [`NnObject::prepare`].
    ///
    /// Thread: main.
    pub fn offered_channels(&mut self, channels: usize) {
        self.offered_channels = channels;
        match self.kind {
            BoxKind::Mc => self.reconciler.set_examples(self.fixed_channels.unwrap_or(channels).max(1)),
            BoxKind::Nn if channels > 1 => self.error(format!(
                "a signal of {channels} channels at an inlet: only the first is heard; make the box with -m for one \
                 multichannel inlet"
            )),
            _ => {}
        }
    }

    /// How many inlets the box has with a model.
    pub(super) fn inlets_for(&self, info: &ModelInfo) -> usize {
        match self.kind {
            BoxKind::Nn | BoxKind::Mc => info.method().in_channels.max(1),
            BoxKind::NnMulti => 1,
            BoxKind::Mcs => self.reconciler.view().wanted.examples,
        }
    }

    /// How many outlets the box has with a model.
    pub(super) fn outlets_for(&self, info: &ModelInfo) -> usize {
        match self.kind {
            BoxKind::Nn | BoxKind::Mc => info.method().out_channels,
            BoxKind::NnMulti => 1,
            BoxKind::Mcs => self.reconciler.view().wanted.examples,
        }
    }
}
