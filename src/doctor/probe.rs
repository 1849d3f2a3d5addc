//! The child process that tries the devices.

use std::{sync::Arc, time::Instant};

use nn_core::{
    child::end_with_parent,
    doctor::{Libtorch, Played, SelfTest, play},
    engine::loader::Loader,
    formats::FORMATS,
    model::{Device, Model, ModelSource, TensorView, TensorViewMut},
    offline::as_audio_threads_run,
    priority::make_this_thread_ordinary,
};
use serde::{Deserialize, Serialize};

use super::driver;
use crate::{outcome::Outcome, steps::say};

/// What the backend says where libtorch sees no GPU.
pub const NO_GPU: &str = "there is no GPU that this libtorch could use";

/// Answers every sample as it is.
const MODEL: &[u8] = include_bytes!("../../models/identity.ts");

/// What the process says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// What came of opening libtorch.
    Libtorch(Libtorch),
    /// What came of a model of the self-test, by its name.
    Played(String, Result<Played, String>),
    /// What the driver says of itself.
    Driver {
        /// Its release.
        version: String,
        /// Names and memory.
        devices: Vec<String>,
    },
    /// A GPU runs a model: after so many milliseconds, or why not.
    Gpu(Result<f64, String>),
}

/// Asks.
pub fn run() -> Outcome {
    end_with_parent();
    let libtorch = Libtorch::open();
    let is_open = libtorch.is_open();
    say(&Step::Libtorch(libtorch));
    if !is_open {
        return Outcome::Failed;
    }
    // Workers take their priority from the thread that makes the boxes.
    let real_time = as_audio_threads_run();
    let test = SelfTest { source: Arc::new(FORMATS), loader: Loader::global(), real_time };
    for (name, played) in play(&test) {
        say(&Step::Played(name.into(), played));
    }
    make_this_thread_ordinary();
    let model = match loaded() {
        Ok(model) => model,
        Err(what) => {
            say(&Step::Gpu(Err(what)));
            return Outcome::Failed;
        }
    };
    // Before the device itself is asked, which may be the end.
    if let Some((version, devices)) = driver::asked() {
        say(&Step::Driver { version, devices });
    }
    say(&Step::Gpu(works(&*model, Device::Gpu)));
    Outcome::Done
}

/// The model comes from a file, as all models do.
fn loaded() -> Result<Box<dyn Model>, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = folder.path().join("identity.ts");
    let written = std::fs::write(&file, MODEL);
    let model = written
        .map_err(|error| format!("{}: {error}", file.display()))
        .and_then(|()| FORMATS.load(&(&file).into()).map_err(|error| error.to_string()));
    model.inspect(|model| model.prepare_thread(1))
}

/// Runs a block there and looks at what comes back.
fn works(model: &dyn Model, device: Device) -> Result<f64, String> {
    const FRAMES: usize = 64;
    let begin = Instant::now();
    let mut copy = model.fork_to(device).map_err(|error| error.what)?;
    let input: Vec<f32> = (0..FRAMES).map(|n| n as f32).collect();
    let mut output = vec![0.0; FRAMES];
    let from = TensorView { samples: &input, batch: 1, channels: 1, frames: FRAMES };
    let to = TensorViewMut { samples: &mut output, batch: 1, channels: 1, frames: FRAMES };
    copy.run(0, from, to).map_err(|error| error.to_string())?;
    let ms = begin.elapsed().as_secs_f64() * 1e3;
    if output == input { Ok(ms) } else { Err("it computes wrongly".into()) }
}
