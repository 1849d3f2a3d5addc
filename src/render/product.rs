//! The files that a rendering writes.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use super::{
    jobs::Job,
    rack::Rack,
    tail::Tail,
    takers::{Finished, Taker},
    task::Task,
    words::NPZ,
};
use crate::{
    digest::digest,
    failure::Failure,
    latents::Latents,
    sound::{Difference, Levels, SoundFormat, SoundReader, SoundShape, SoundWriter, difference, ending},
    unfinished::Unfinished,
};

/// A complete file.
#[derive(Debug)]
pub struct Product {
    /// Of sound, what it has become.
    pub sound: Option<Finished>,
    /// Of latents, their shape.
    pub latents: Option<[usize; 3]>,
    /// Of its bytes.
    pub sha256: String,
    /// How it differs from another.
    pub against: Option<Result<Difference, Failure>>,
}

/// Files that are being written.
#[derive(Debug)]
pub struct Begun {
    takers: Vec<Taker>,
    main: Unfinished,
    /// Of latents: written at once when all are there.
    main_file: Option<File>,
    between: Option<(Unfinished, File)>,
}

impl Product {
    /// Begins the files of a job; delays in samples are that of the boxes and that of the models.
    pub fn begin(
        task: &Task,
        job: &Job,
        rack: &Rack,
        (delay_frames, model_delay_frames): (usize, usize),
        (rate_hz, has_tail): (u32, bool),
    ) -> Result<Begun, Failure> {
        let arguments = &task.arguments;
        let last = rack.stages.len() - 1;
        let (main, file) = Unfinished::begin(&job.output, arguments.force)?;
        let (mut takers, mut main_file) = (Vec::new(), None);
        if ending(&job.output) == NPZ {
            takers.push(values(rack, last, rate_hz));
            main_file = Some(file);
        } else {
            let channels = rack.voices.len() * rack.stages[last].method.out_channels;
            let format = SoundFormat::of(&ending(&job.output)).unwrap_or(SoundFormat::Wav);
            let usual_bits = if format == SoundFormat::Flac { 24 } else { 32 };
            let bits = arguments.bits.unwrap_or(usual_bits);
            let shape = SoundShape { format, sample_rate_hz: rate_hz, channels, bits };
            let named = |fault| Failure::failed(format_args!("{}: {fault}", job.output.display()));
            let writer = SoundWriter::new(file, shape).map_err(named)?;
            let tail_frames = (arguments.tail.unwrap_or(0.0) * f64::from(rate_hz)).round() as u64;
            let delay = (delay_frames + model_delay_frames) as u64;
            let delays = if arguments.keep_delay { (0, delay + tail_frames) } else { (delay, tail_frames) };
            let waits = has_tail && arguments.tail.is_none() && !arguments.whole && !arguments.keep_delay;
            let tail = waits.then(|| Tail::new(channels, rate_hz));
            takers.push(Taker::sound(last, delays, writer, Levels::new(channels, rate_hz), tail));
        }
        let between = match &arguments.latents {
            Some(path) => {
                let stage = rack.stages.iter().rposition(|stage| stage.method.out_ratio > 1);
                let stage = stage.ok_or_else(|| {
                    Failure::unclear("--latents: none of these methods makes latents: encode does, say")
                })?;
                takers.push(values(rack, stage, rate_hz));
                Some(Unfinished::begin(path, arguments.force)?)
            }
            None => None,
        };
        Ok(Begun { takers, main, main_file, between })
    }
}

/// Keeps one value for each frame of a stage.
fn values(rack: &Rack, stage: usize, rate_hz: u32) -> Taker {
    let at = &rack.stages[stage];
    let lanes = rack.voices.len() * at.method.out_channels;
    Taker::values(stage, rack.delay_frames(stage) as u64, at.output_step(rate_hz), lanes)
}

impl Begun {
    /// Who takes what is played.
    pub fn takers(&mut self) -> &mut [Taker] {
        &mut self.takers
    }

    /// Completes the files and puts them into their places.
    pub fn finish(
        self,
        task: &Task,
        job: &Job,
        rack: &Rack,
        (rate_hz, input_frames): (u32, u64),
    ) -> Result<Product, Failure> {
        let Self { takers, main, main_file, between } = self;
        let force = task.arguments.force;
        let mut takers = takers.into_iter();
        let missing = || Failure::failed("nothing was played");
        let taker = takers.next().ok_or_else(missing)?;
        let named = |line: String| Failure::failed(format_args!("{}: {line}", job.output.display()));
        let (mut sound, mut latents) = (None, None);
        match main_file {
            Some(file) => latents = Some(write(taker, file, rack, rate_hz).map_err(named)?),
            None => sound = Some(taker.finish_sound(input_frames).map_err(|failure| named(failure.line))?),
        }
        if let (Some((part, file)), Some(taker)) = (between, takers.next()) {
            write(taker, file, rack, rate_hz).map_err(named)?;
            part.finish(force)?;
        }
        let sha256 = digest(main.path()).map_err(|error| named(error.to_string()))?;
        main.finish(force)?;
        let against = task.arguments.against.as_deref().map(|other| compare(&job.output, other));
        Ok(Product { sound, latents, sha256, against })
    }
}

/// Writes latents; gives their shape.
fn write(taker: Taker, file: File, rack: &Rack, rate_hz: u32) -> Result<[usize; 3], String> {
    let stage = &rack.stages[taker.stage];
    let method = &stage.method;
    let values = taker.into_values().chunks(method.out_channels).map(<[_]>::to_vec).collect();
    let sample_rate_hz = Some(stage.own_rate_hz.unwrap_or(rate_hz));
    let latents = Latents { values, sample_rate_hz, ratio: Some(method.out_ratio) };
    latents.write(file)?;
    Ok(latents.shape())
}

fn compare(ours: &Path, other: &Path) -> Result<Difference, Failure> {
    let open = |path: &PathBuf| {
        SoundReader::open(path).map_err(|fault| Failure::failed(format_args!("{}: {fault}", path.display())))
    };
    let (mut one, mut two) = (open(&ours.to_owned())?, open(&other.to_owned())?);
    difference(&mut one, &mut two, other)
        .map_err(|fault| Failure::failed(format_args!("{}: {fault}", other.display())))
}
