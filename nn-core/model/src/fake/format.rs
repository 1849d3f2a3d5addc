//! A format of fake models: a line of text in a file, or the end of an address.

use std::{
    cell::Cell,
    path::Path,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use super::{behaviour::Behaviour, model::FakeModel};
use crate::{
    Description, Format, LoadError, Model, ModelLocation, Printed, Runtime, Unsound,
    spec::{ModelSpec, SpecError},
};

/// How every file begins.
const BEGINNING: &str = "FAKE ";

/// Files with the ending `.fake` that hold `FAKE CHANNELS GAIN`, and addresses `fake://ANYWHERE/CHANNELS/GAIN`: a model that
/// multiplies so many channels by a gain.
#[derive(Clone, Copy, Debug)]
pub struct FakeFormat;

/// Plays what [`FakeFormat`] describes, and keeps account of its threads.
#[derive(Clone, Copy, Debug)]
pub struct FakeRuntime;

/// Threads that were prepared, in this process.
static PREPARED: AtomicU64 = AtomicU64::new(0);

thread_local! {
    /// How many intra-op threads this thread was prepared for, and how much was said on it.
    static THREAD: Cell<(u32, u64)> = const { Cell::new((0, 0)) };
}

/// The numbers that a model has, in either form.
fn numbers(location: &ModelLocation) -> Result<(i64, f64), LoadError> {
    let wrong = |what: String| LoadError::Unsound { path: location.to_string(), what };
    let text = match location {
        ModelLocation::Address(address) => {
            let mut parts = address.rsplit('/');
            let (gain, channels) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            format!("{BEGINNING}{channels} {gain}")
        }
        ModelLocation::File(path) | ModelLocation::Program(path, _) => std::fs::read_to_string(path)
            .map_err(|error| LoadError::Read { path: location.to_string(), what: error.to_string() })?,
    };
    parsed(&text).map_err(|error| wrong(error.0))
}

fn parsed(text: &str) -> Result<(i64, f64), Unsound> {
    let numbers = text.strip_prefix(BEGINNING).and_then(|numbers| numbers.trim().split_once(' '));
    let numbers = numbers.and_then(|(channels, gain)| Some((channels.parse().ok()?, gain.parse().ok()?)));
    numbers.ok_or_else(|| Unsound("this is no fake model: write FAKE CHANNELS GAIN".into()))
}

fn model(location: &ModelLocation) -> Result<FakeModel, LoadError> {
    let (channels, gain) = numbers(location)?;
    if !(1..=64).contains(&channels) {
        let what = SpecError::Channels { method: "forward".into(), side: "input", found: channels, least: 1 };
        return Err(LoadError::Spec { path: location.to_string(), what });
    }
    Ok(FakeModel::new([channels, 1, channels, 1], Behaviour::Gain).with_gain(gain))
}

impl Format for FakeFormat {
    fn extensions(&self) -> &'static [&'static str] {
        &["fake"]
    }

    fn schemes(&self) -> &'static [&'static str] {
        &["fake"]
    }

    fn sniff(&self, head: &[u8]) -> bool {
        let common = head.len().min(BEGINNING.len());
        head.get(..common) == BEGINNING.as_bytes().get(..common)
    }

    fn describe(&self, location: &ModelLocation) -> Result<ModelSpec, LoadError> {
        Ok(model(location)?.spec().clone())
    }

    fn describe_at_once(&self, location: &ModelLocation) -> Result<Option<ModelSpec>, LoadError> {
        self.describe(location).map(Some)
    }

    fn verify(&self, file: &Path) -> Result<(), Unsound> {
        let text =
            std::fs::read_to_string(file).map_err(|error| Unsound(format!("cannot be read: {error}")))?;
        parsed(&text).map(drop)
    }
}

impl FakeRuntime {
    /// How many threads of this process were prepared.
    ///
    /// Thread: any.
    pub fn prepared_threads(self) -> u64 {
        PREPARED.load(Relaxed)
    }
}

impl Runtime for FakeRuntime {
    fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError> {
        THREAD.set((THREAD.get().0, THREAD.get().1 + 1));
        Ok(Box::new(model(location)?.with_runtime(&FakeRuntime)))
    }

    fn examine(&self, description: &mut Description) {
        description.spec.producer = Some("a fake runtime".into());
    }

    fn prepare_thread(&self, intra_op_threads: u32) {
        let (threads, said) = THREAD.get();
        if threads != intra_op_threads {
            THREAD.set((intra_op_threads, said));
            PREPARED.fetch_add(1, Relaxed);
        }
    }

    fn take_printed(&self) -> Option<Printed> {
        let (threads, count) = THREAD.get();
        THREAD.set((threads, 0));
        (count > 0).then(|| Printed {
            text: "a fake model is loaded".into(),
            is_warning: false,
            count,
            is_line: false,
        })
    }

    fn forget_printed(&self) {
        THREAD.set((THREAD.get().0, 0));
    }
}
