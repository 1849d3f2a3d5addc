//! Opens what is to be rendered, and says at which sample rate.

use std::path::Path;

use super::{arguments::Arguments, feed::Source, words::NPZ};
use crate::{
    boxes::Chosen,
    failure::Failure,
    latents::Latents,
    not_a_file::not_a_file,
    sound::{SoundReader, ending},
};

/// Where nothing says another rate.
const USUAL_HZ: u32 = 44_100;

/// The source, and the sample rate of the host in which the boxes play.
pub fn open(
    input: Option<&Path>,
    models: &[Chosen],
    arguments: &Arguments,
) -> Result<(Source, u32), Failure> {
    let of_model = || models.iter().find_map(|model| model.spec.sample_rate_hz);
    let wanted = |stated: Option<u32>| arguments.rate.or(stated).or_else(of_model).unwrap_or(USUAL_HZ);
    let Some(path) = input else {
        let rate_hz = wanted(None);
        let frames = (arguments.seconds.unwrap_or(0.0) * f64::from(rate_hz)).round() as u64;
        return Ok((Source::Silence(frames), rate_hz));
    };
    if let Some(what) = not_a_file(path) {
        return Err(Failure::not_there(format_args!("{}: {what}", path.display())));
    }
    let wrong = |what: &dyn std::fmt::Display| Failure::failed(format_args!("{}: {what}", path.display()));
    if ending(path) == NPZ {
        let latents = Latents::read(path).map_err(|what| wrong(&what))?;
        let rate_hz = wanted(latents.sample_rate_hz);
        return Ok((Source::Latents(latents), rate_hz));
    }
    let reader = SoundReader::open(path).map_err(|fault| wrong(&fault))?;
    let rate_hz = reader.sample_rate_hz;
    if arguments.rate.is_some_and(|wanted| wanted != rate_hz) {
        let line =
            format!("it has {rate_hz} Hz, and is rendered at that: --rate is for latents and generators");
        return Err(Failure::unclear(format_args!("{}: {line}", path.display())));
    }
    Ok((Source::Sound(Box::new(reader)), rate_hz))
}

/// How long a sound file is, counted where it does not say so.
pub fn frames(path: &Path) -> Result<u64, Failure> {
    let wrong = |what: &dyn std::fmt::Display| Failure::failed(format_args!("{}: {what}", path.display()));
    let mut reader = SoundReader::open(path).map_err(|fault| wrong(&fault))?;
    let (mut piece, mut frames) = (vec![vec![0.0; 4096]; reader.channels], 0);
    loop {
        let read = reader.read(&mut piece).map_err(|fault| wrong(&fault))?;
        frames += read as u64;
        if read == 0 {
            return Ok(frames);
        }
    }
}
