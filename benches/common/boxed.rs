//! A whole box and the signals of its host, whose one thread calls it in real time.

use std::{
    ops::{Deref, DerefMut},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use nn_core::{
    layout::BoxKind,
    message::{Atom, Event},
    model::ModelSource,
    object::{HostContext, HostFormat},
    offline::{HostMode, LiveBox, Player, host_context},
};

use super::schedule::RATE_HZ;

/// The host block, in samples.
pub const BLOCK_FRAMES: usize = 64;

/// How long anything may take before a benchmark gives up.
const PATIENCE: Duration = Duration::from_secs(90);

/// A box of a benchmark, with its host's signals.
pub struct Boxed(pub LiveBox);

impl Deref for Boxed {
    type Target = LiveBox;

    fn deref(&self) -> &LiveBox {
        &self.0
    }
}

impl DerefMut for Boxed {
    fn deref_mut(&mut self) -> &mut LiveBox {
        &mut self.0
    }
}

impl Boxed {
    /// `[nn~ MODEL METHOD BUFFER]`; it begins to load.
    pub fn new(source: Arc<dyn ModelSource>, model: &Path, method: &str, buffer_frames: usize) -> Self {
        let context = HostContext { workers: true, ..host_context(source, HostMode::RealTime) };
        let host = HostFormat { sample_rate_hz: f64::from(RATE_HZ), block_frames: BLOCK_FRAMES };
        let arguments = [
            Atom::symbol(model.display().to_string()),
            Atom::symbol(method),
            Atom::Int(buffer_frames as i64),
        ];
        let mut player = Player::new(BoxKind::Nn, context, host, &arguments, find);
        player.send("wait", &[Atom::Int(0)]);
        Self(LiveBox::new(player))
    }

    /// The same, when the model is loaded.
    pub fn ready(source: Arc<dyn ModelSource>, model: &Path, method: &str, buffer_frames: usize) -> Self {
        let mut made = Self::new(source, model, method, buffer_frames);
        made.until_settled();
        made
    }

    /// Waits, without audio, until nothing is pending and there is a model.
    pub fn until_settled(&mut self) {
        self.until_ready(PATIENCE).unwrap_or_else(|late| panic!("{late}"));
    }

    /// Blocks that were not there when due.
    pub fn late(&self) -> u64 {
        self.status().counts().late
    }

    /// Fails when runs failed or the box complained.
    pub fn check(&mut self) {
        let status = self.status();
        let failed = status.counts().faults + status.counts().non_finite;
        assert_eq!(failed, 0, "runs failed");
        for event in self.take_events() {
            assert!(!matches!(event, Event::Error(_)), "{event:?}");
        }
    }

    /// What `latency` answers, in samples.
    pub fn latency_frames(&mut self) -> f64 {
        let answer = self.ask("latency", &[]).expect("the box tells its latency");
        answer.first().and_then(Atom::number).expect("a number of samples")
    }
}

/// Models are named by their full paths here.
fn find(name: &str) -> Option<PathBuf> {
    Some(PathBuf::from(name)).filter(|path| path.is_file())
}
