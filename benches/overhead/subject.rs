//! What is measured: models, methods and buffers.

use std::path::{Path, PathBuf};

use nn_core::{
    formats::FORMATS,
    model::ModelSource,
    spec::{MethodSpec, ModelSpec},
    timing::legal_buffer,
};

use super::common::{boxed::BLOCK_FRAMES, models};

/// Buffers when none are named.
const BUFFERS: &str = "512,2048";

/// One method of one model at one buffer.
#[derive(Clone, Debug)]
pub struct Subject {
    pub path: PathBuf,
    pub spec: ModelSpec,
    /// Index into the methods of `spec`.
    pub method: usize,
    /// Samples at the host's rate.
    pub buffer_frames: usize,
}

impl Subject {
    pub fn method_spec(&self) -> &MethodSpec {
        &self.spec.methods[self.method]
    }

    /// As tables show it.
    pub fn name(&self) -> String {
        format!("{} {} {}", models::file_name(&self.path), self.method_spec().name, self.buffer_frames)
    }
}

/// All models. `NN_BENCH_METHOD` and `NN_BENCH_BUFFER` choose for all of them; several are separated by commas.
pub fn all() -> Vec<Subject> {
    let subjects: Vec<_> = models::all().iter().flat_map(|path| of_model(path)).collect();
    assert!(!subjects.is_empty(), "no model has the method that NN_BENCH_METHOD names");
    subjects
}

fn of_model(path: &Path) -> Vec<Subject> {
    // cargo runs benchmarks in the folder of the package, and so does the chore.
    let spec = FORMATS.describe(&path.into()).unwrap_or_else(|error| panic!("{error}"));
    let wanted = std::env::var("NN_BENCH_METHOD").unwrap_or_default();
    let buffers = std::env::var("NN_BENCH_BUFFER").unwrap_or_else(|_| BUFFERS.into());
    let ratio_lcm = spec.ratio_lcm().unwrap_or_else(|error| panic!("{error}"));
    let mut subjects: Vec<Subject> = Vec::new();
    for (method, method_spec) in spec.methods.iter().enumerate() {
        if !wanted.is_empty() && !wanted.split(',').any(|name| name == method_spec.name) {
            continue;
        }
        for buffer in buffers.split(',') {
            let wanted =
                buffer.trim().parse().unwrap_or_else(|_| panic!("NN_BENCH_BUFFER: '{buffer}' is no number"));
            let buffer_frames =
                legal_buffer(wanted, ratio_lcm, BLOCK_FRAMES).unwrap_or_else(|e| panic!("{e}"));
            if !subjects.iter().any(|s| s.method == method && s.buffer_frames == buffer_frames) {
                subjects.push(Subject { path: path.to_owned(), spec: spec.clone(), method, buffer_frames });
            }
        }
    }
    subjects
}
