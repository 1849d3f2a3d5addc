//! What a demo's report calls the host and its runs.

/// The words of one host.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// The host, in headings.
    pub host: &'static str,
    /// What is played there, in the picture's heading.
    pub played: &'static str,
    /// What plays it.
    pub object: &'static str,
    /// The process that was run.
    pub process: &'static str,
    /// The runs: two of the trained model, one of the untrained.
    pub takes: [&'static str; 3],
    /// The same as heads of columns.
    pub columns: [&'static str; 3],
    /// Which of them wait for the model, so that nothing may be late.
    pub wait: [bool; 3],
}

/// Those of Pure Data.
pub const PURE_DATA: Words = Words {
    host: "Pure Data",
    played: "[nn~ codec forward 2048]",
    object: "nn~",
    process: "Pd",
    takes: ["real time", "batch", "untrained"],
    columns: ["real time", "batch", "batch, untrained"],
    wait: [false, true, true],
};

/// Those of SuperCollider.
pub const SUPERCOLLIDER: Words = Words {
    host: "SuperCollider",
    played: "NN(\\codec, \\forward).ar(sound, 2048)",
    object: "NN.ar",
    process: "the server",
    takes: ["scsynth", "supernova", "untrained"],
    columns: ["scsynth", "supernova", "scsynth, untrained"],
    wait: [true; 3],
};
