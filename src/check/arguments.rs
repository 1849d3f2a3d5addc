//! The command line of `nn check`.

use std::{path::PathBuf, time::Duration};

use clap::Args;

use crate::steps::load_patience;

/// A file to be tested.
#[derive(Debug, Args)]
pub struct Check {
    /// The model
    pub file: PathBuf,
    /// Samples in a block; the model's ratios may make it larger
    #[arg(long, default_value_t = 4096, value_name = "SAMPLES")]
    pub buffer: usize,
    /// How long loading, or one block, may take before it counts as hanging; NN_LOAD_LIMIT_S goes before it for loading
    /// [default: 60 for loading, 10 for a block]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub patience: Option<u64>,
}

impl Check {
    /// How long loading may take.
    pub fn load_patience(&self) -> Duration {
        load_patience(self.patience)
    }

    /// How long one block may take.
    pub fn block_patience(&self) -> Duration {
        Duration::from_secs(self.patience.unwrap_or(10))
    }
}
