//! What methods are given: test sounds, latents that another method makes of them, or noise.

use std::{
    collections::HashMap,
    fs::File,
    path::{Path, PathBuf},
};

use nn_core::{
    engine::noise::noise,
    spec::{MethodSpec, ModelSpec},
};

use super::{
    child::SECONDS,
    media::BITS,
    sounds::{RATE_HZ, TestSound},
};
use crate::{
    failure::Failure,
    latents::Latents,
    sound::{SoundFormat, SoundShape, SoundWriter},
};

/// The name of what stands in for latents.
pub const NOISE: &str = "noise";
/// Makes noise from -0.5 to 0.5 as strong as latents are meant to be: of variance 1.
const TO_UNIT: f32 = 3.464;

/// What a method is given.
#[derive(Debug, Default)]
pub struct Fed {
    /// Files; none for a method without input.
    pub inputs: Vec<PathBuf>,
    /// The method that has made them of sound, or [`NOISE`].
    pub through: Option<String>,
}

/// What methods have made so far: files, by the method's name.
pub type MadeFiles<'a> = HashMap<&'a str, Vec<PathBuf>>;

/// A test sound as a file.
///
/// # Errors
/// It cannot be written.
pub fn written(sound: &TestSound, folder: &Path) -> Result<PathBuf, Failure> {
    let path = folder.join(sound.name).with_extension("wav");
    let wrong = |what: &dyn std::fmt::Display| Failure::failed(format_args!("{}: {what}", path.display()));
    let file = File::create(&path).map_err(|error| wrong(&error))?;
    let shape = SoundShape { format: SoundFormat::Wav, sample_rate_hz: RATE_HZ, channels: 1, bits: BITS };
    let mut writer = SoundWriter::new(file, shape).map_err(|fault| wrong(&fault))?;
    writer.write(&[&sound.samples]).and_then(|()| writer.finish()).map_err(|fault| wrong(&fault))?;
    Ok(path)
}

/// What a method of a model is given.
///
/// # Errors
/// Noise cannot be written.
pub fn fed(
    (spec, method): (&ModelSpec, &MethodSpec),
    sounds: &[PathBuf],
    made: &MadeFiles<'_>,
    folder: &Path,
) -> Result<Fed, Failure> {
    if method.in_channels == 0 {
        return Ok(Fed::default());
    }
    if method.in_ratio == 1 {
        return Ok(Fed { inputs: sounds.to_vec(), through: None });
    }
    let files = |other: &MethodSpec| made.get(other.name.as_str()).filter(|files| !files.is_empty());
    let fits = |other: &&MethodSpec| {
        other.in_ratio == 1
            && other.out_ratio == method.in_ratio
            && other.out_channels == method.in_channels
            && files(other).is_some()
    };
    if let Some(encoder) = spec.methods.iter().find(fits) {
        let inputs = files(encoder).cloned().unwrap_or_default();
        return Ok(Fed { inputs, through: Some(encoder.name.clone()) });
    }
    let path = folder.join(NOISE).with_extension("npz");
    let written = File::create(&path).map_err(|error| error.to_string());
    let written = written.and_then(|file| noisy(spec, method).write(file));
    written.map_err(|what| Failure::failed(format_args!("{}: {what}", path.display())))?;
    Ok(Fed { inputs: vec![path], through: Some(NOISE.into()) })
}

/// Noise instead of latents.
fn noisy(spec: &ModelSpec, method: &MethodSpec) -> Latents {
    let sample_rate_hz = spec.sample_rate_hz.unwrap_or(RATE_HZ);
    let frames = (SECONDS as usize * sample_rate_hz as usize / method.in_ratio).max(1);
    let lane =
        |channel: usize| noise(channel as u64 + 1, frames).iter().map(|value| value * TO_UNIT).collect();
    Latents {
        values: vec![(0..method.in_channels).map(lane).collect()],
        sample_rate_hz: Some(sample_rate_hz),
        ratio: Some(method.in_ratio),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(methods: &[(&str, [i64; 4])]) -> ModelSpec {
        let method =
            |(name, params): &(&str, [i64; 4])| MethodSpec::from_params(name, params).expect("a method");
        ModelSpec { methods: methods.iter().map(method).collect(), ..ModelSpec::default() }
    }

    #[test]
    fn a_decoder_is_given_what_the_encoder_of_its_shape_has_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let spec = spec(&[
            ("rms", [1, 1, 1, 512]),
            ("encode", [1, 1, 4, 512]),
            ("decode", [4, 512, 1, 1]),
            ("other", [3, 64, 1, 1]),
            ("osc", [0, 1, 1, 1]),
        ]);
        let (sounds, latents) = (vec![PathBuf::from("a.wav")], vec![PathBuf::from("a.npz")]);
        let made = MadeFiles::from([("rms", vec!["r.npz".into()]), ("encode", latents.clone())]);
        let fed = |at: usize| fed((&spec, &spec.methods[at]), &sounds, &made, folder.path()).expect("fed");
        assert_eq!(fed(1).inputs, sounds);
        assert_eq!((fed(2).inputs, fed(2).through.as_deref()), (latents, Some("encode")));
        assert_eq!(fed(3).through.as_deref(), Some(NOISE));
        assert!(fed(4).inputs.is_empty());
        let noise = Latents::read(&fed(3).inputs[0]).expect("latents");
        assert_eq!(noise.shape(), [1, 3, 3 * RATE_HZ as usize / 64]);
        let lane = &noise.values[0][0];
        let power = lane.iter().map(|value| value * value).sum::<f32>() / lane.len() as f32;
        assert!((power - 1.0).abs() < 0.1, "variance {power}");
    }
}
