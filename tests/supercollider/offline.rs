//! A server that renders offline: `scsynth -N`.

use std::{path::Path, process::Command, time::Duration};

use crate::{
    osc::{Arg, bundle, message},
    support::{RATE_HZ, backend, deinterleave, pd::output_within, target_dir},
};

/// The plug-ins that `cargo xtask build` has made, and the server's own.
pub fn plugins() -> String {
    let ours = target_dir().join("supercollider/plugins");
    assert!(ours.is_dir(), "{} is missing: run `cargo xtask test`", ours.display());
    format!("{}:/usr/lib/SuperCollider/plugins", ours.display())
}

/// What a rendering gave.
pub struct Rendering {
    /// Channel by channel.
    pub outputs: Vec<Vec<f32>>,
    /// What the server printed.
    pub log: String,
}

/// Renders commands, each with its time in seconds; the last one's time is the end. `inputs`: channel by channel.
pub fn render(
    server: &str,
    commands: &[(f64, &str, &[Arg])],
    inputs: &[Vec<f32>],
    outputs: usize,
    environment: &[(&str, &str)],
) -> Rendering {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let bytes: Vec<u8> =
        commands.iter().flat_map(|(at_s, address, args)| bundle(*at_s, &[message(address, args)])).collect();
    std::fs::write(path("commands.osc"), bytes).expect("a file");
    if !inputs.is_empty() {
        write(&path("in.wav"), inputs);
    }
    let mut command = Command::new(server);
    command.arg("-N").arg(path("commands.osc"));
    command.arg(if inputs.is_empty() { "_".into() } else { path("in.wav") });
    command.arg(path("out.wav")).args([&RATE_HZ.to_string(), "WAV", "float"]);
    command.args(["-o", &outputs.to_string(), "-i", &inputs.len().max(1).to_string(), "-z", "64"]);
    command.args(["-a", "1024", "-w", "2048", "-m", "65536", "-U", &plugins()]);
    command.env("NN_TORCH_BACKEND", backend()).envs(environment.iter().copied());
    command.env("HOME", folder.path());
    let output = output_within(&mut command, Duration::from_secs(300));
    let log = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {log}", output.status);
    Rendering { outputs: read(&path("out.wav")), log }
}

fn write(path: &Path, channels: &[Vec<f32>]) {
    let spec = hound::WavSpec {
        channels: u16::try_from(channels.len()).expect("few channels"),
        sample_rate: RATE_HZ,
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    let mut writer = hound::WavWriter::create(path, spec).expect("a file");
    for frame in 0..channels[0].len() {
        channels.iter().for_each(|channel| writer.write_sample(channel[frame]).expect("a sample"));
    }
    writer.finalize().expect("a whole file");
}

fn read(path: &Path) -> Vec<Vec<f32>> {
    let mut reader = hound::WavReader::open(path).expect("what was rendered");
    let channels = usize::from(reader.spec().channels);
    let samples: Vec<f32> = reader.samples::<f32>().map(|sample| sample.expect("a sample")).collect();
    deinterleave(&samples, channels)
}
