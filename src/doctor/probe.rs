//! The child process that tries the devices.

use std::time::Instant;

use nn_core::{
    child::end_with_parent,
    formats::FORMATS,
    model::{Device, Model, ModelSource, TensorView, TensorViewMut},
    torch::Backend,
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
    /// libtorch is open.
    Libtorch {
        /// The library that it was opened with.
        path: String,
        /// Its release.
        version: String,
    },
    /// It cannot be opened.
    NoLibtorch(String),
    /// What the driver says of itself.
    Driver {
        /// Its release.
        version: String,
        /// Names and memory.
        devices: Vec<String>,
    },
    /// The processor runs a model: after so many milliseconds, or why not.
    Cpu(Result<f64, String>),
    /// So does the GPU.
    Gpu(Result<f64, String>),
}

/// Asks.
pub fn run() -> Outcome {
    end_with_parent();
    match Backend::get() {
        Ok(backend) => say(&Step::Libtorch {
            path: backend.path().display().to_string(),
            version: backend.torch_version().into(),
        }),
        Err(error) => {
            say(&Step::NoLibtorch(error.to_string()));
            return Outcome::Failed;
        }
    }
    let model = match loaded() {
        Ok(model) => model,
        Err(what) => {
            say(&Step::Cpu(Err(what)));
            return Outcome::Failed;
        }
    };
    say(&Step::Cpu(works(&*model, Device::Cpu)));
    // Before the device itself is asked, which may be the end.
    if let Some((version, devices)) = driver::asked() {
        say(&Step::Driver { version, devices });
    }
    say(&Step::Gpu(works(&*model, Device::Gpu)));
    Outcome::Done
}

/// The model comes from a file, as all models do.
fn loaded() -> Result<Box<dyn Model>, String> {
    let folder = std::env::temp_dir().join(format!("nn-doctor-{}", std::process::id()));
    let file = folder.join("identity.ts");
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, MODEL));
    let model = written
        .map_err(|error| format!("{}: {error}", file.display()))
        .and_then(|()| FORMATS.load(&(&file).into()).map_err(|error| error.to_string()));
    let _left = std::fs::remove_dir_all(folder);
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
