//! Scripts in folders of their own, called as a box calls a model.
#![allow(dead_code, reason = "each test file uses a part")]

use std::path::PathBuf;

#[cfg(unix)]
use nn_model::RunAs;
use nn_model::{Model, ModelLocation, Runtime, TensorView, TensorViewMut};
use nn_python::PythonRuntime;

/// One test at a time: all boxes lose a process that dies.
pub fn alone() -> std::sync::MutexGuard<'static, ()> {
    static ALONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
    ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A script in a folder of its own.
pub struct Script {
    folder: tempfile::TempDir,
    pub path: PathBuf,
}

impl Script {
    pub fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("effect.py");
        std::fs::write(&path, text).expect("written");
        Self { folder, path }
    }

    pub fn location(&self) -> ModelLocation {
        ModelLocation::from(&self.path)
    }

    pub fn loaded(&self) -> Box<dyn Model> {
        PythonRuntime.load(&self.location()).unwrap_or_else(|error| panic!("{error}"))
    }
}

/// One run of the first method on `input`, `[channels, frames]`.
pub fn run(model: &mut dyn Model, input: &[&[f32]]) -> Result<Vec<Vec<f32>>, String> {
    let method = model.spec().methods[0].clone();
    let frames = input.first().map_or(4, |channel| channel.len());
    let samples = input.concat();
    let out_frames = frames / method.out_ratio;
    let mut output = vec![f32::NAN; method.out_channels * out_frames];
    let view = TensorView { samples: &samples, batch: 1, channels: input.len(), frames };
    let to =
        TensorViewMut { samples: &mut output, batch: 1, channels: method.out_channels, frames: out_frames };
    model.run(0, view, to).map_err(|error| error.to_string())?;
    Ok(output.chunks(out_frames).map(<[f32]>::to_vec).collect())
}

#[cfg(unix)]
impl Script {
    /// In a Python that is started with these words.
    pub fn in_python(&self, words: &str) -> Result<Box<dyn Model>, String> {
        let wrapper = self.folder.path().join("python3");
        std::fs::write(&wrapper, format!("#!/bin/sh\nexec {words} \"$@\"\n")).expect("written");
        std::fs::set_permissions(&wrapper, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("set");
        let how = RunAs { interpreter: Some(wrapper), ..RunAs::default() };
        PythonRuntime.load(&self.location().run_as(how)).map_err(|error| error.to_string())
    }
}
