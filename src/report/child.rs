//! The child process that plays one method. It reports what it finds, one JSON object per line, so that the parent has
//! everything up to the moment when it died.

use std::{ffi::OsString, path::Path};

use nn_core::{child::end_with_parent, stack};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::arguments::Hear;
use crate::{
    boxes::{self, AttributeValue, Chosen, Latency, ModelDelay, Settings},
    command_line,
    failure::Failure,
    outcome::Outcome,
    render,
    steps::say,
};

/// The rates of hosts at which latency is told.
pub const RATES_HZ: [u32; 2] = [44_100, 48_000];
/// Buffers whose latency is told besides that of the sounds.
const BUFFERS: [usize; 4] = [512, 1024, 2048, 8192];
/// How long a model without input plays.
pub const SECONDS: u32 = 3;

/// What the process says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// It is still running.
    Goes,
    /// Of boxes in hosts of one rate, by buffer.
    Latencies(Vec<Latency>),
    /// What its attributes hold.
    Attributes(Vec<AttributeValue>),
    /// The model's own delay, of a method from sound to sound.
    OwnDelay(ModelDelay),
    /// A rendering as `nn render --json` tells it.
    Rendered(Value),
    /// It cannot be played.
    Refused(String),
    /// Everything was played.
    End,
}

/// Plays it.
pub fn run(arguments: &Hear) -> Outcome {
    end_with_parent();
    // A main thread has whatever stack its system or shell thinks right.
    let thread = stack::thread("nn report", stack::LOADER_BYTES);
    let ended = std::thread::scope(|scope| match thread.spawn_scoped(scope, || attempt(arguments)) {
        Ok(attempt) => attempt.join().unwrap_or_else(|_| Err(Failure::failed("it panicked"))),
        Err(error) => Err(Failure::failed(error)),
    });
    match ended {
        Ok(()) => {
            say(&Step::End);
            Outcome::Done
        }
        Err(failure) => {
            say(&Step::Refused(failure.line));
            failure.outcome
        }
    }
}

fn attempt(arguments: &Hear) -> Result<(), Failure> {
    let file = arguments.file.to_string_lossy();
    if let Some(generator) = boxes::generator(&file)? {
        return generate(arguments, &generator);
    }
    let model = boxes::chosen(&file, Some(&arguments.method))?;
    let settings = Settings {
        buffer_frames: arguments.buffer,
        resample: true,
        seed: 0,
        optimise: true,
        threads: 1,
        set: Vec::new(),
    };
    look(&model, &settings)?;
    if arguments.inputs.is_empty() {
        render(arguments, None)?;
    }
    for input in &arguments.inputs {
        render(arguments, Some(input))?;
    }
    Ok(())
}

/// What a generator makes before anything is set, as `nn render` has it.
fn generate(arguments: &Hear, generator: &Chosen) -> Result<(), Failure> {
    let mut words: Vec<OsString> = ["--force", "--"].map(Into::into).into();
    words.push(arguments.file.clone().into());
    words.extend(arguments.inputs.iter().map(|input| input.as_os_str().to_owned()));
    let output = |at: usize| arguments.folder.join(format!("made {at}.wav")).into();
    words.extend((0..generator.spec.sounds.outputs.len()).map(output));
    let words = command_line::parsed::<render::Arguments>("render", &words)?;
    say(&Step::Goes);
    render::told(words, || say(&Step::Goes), |object| say(&Step::Rendered(object)))
}

/// What boxes tell without playing.
fn look(model: &Chosen, settings: &Settings) -> Result<(), Failure> {
    let models = std::slice::from_ref(model);
    let (mut chain, _) = boxes::chain(models, RATES_HZ[0], settings)?;
    say(&Step::Goes);
    if let Some(player) = chain.player(0) {
        say(&Step::Attributes(boxes::attribute_values(player, model)));
        let is_sound = model.makes_sound_of_sound();
        say(&Step::OwnDelay(if is_sound { boxes::model_delay(player) } else { ModelDelay::default() }));
    }
    // The first box stays meanwhile, so that the others share its weights.
    for rate_hz in RATES_HZ {
        let found = boxes::latencies(model, rate_hz, settings, &BUFFERS, || say(&Step::Goes))?;
        say(&Step::Latencies(found));
    }
    Ok(())
}

/// One sound, as `nn render` renders it.
fn render(arguments: &Hear, input: Option<&Path>) -> Result<(), Failure> {
    let name = input.and_then(Path::file_stem).unwrap_or("sound".as_ref());
    let mut words: Vec<OsString> = ["--method", &arguments.method, "--buffer"].map(Into::into).into();
    words.push(arguments.buffer.to_string().into());
    words.extend(["--tail", "0", "--force", "--out"].map(Into::into));
    let spec = boxes::chosen(&arguments.file.to_string_lossy(), Some(&arguments.method))?;
    let makes_latents = spec.spec.methods[spec.method].out_ratio > 1;
    let ending = if makes_latents { "npz" } else { "wav" };
    words.push(arguments.folder.join(name).with_extension(ending).into());
    if input.is_none() {
        words.extend(["--seconds".into(), SECONDS.to_string().into()]);
    }
    words.extend(["--".into(), arguments.file.clone().into()]);
    words.extend(input.map(|input| input.as_os_str().to_owned()));
    let words = command_line::parsed::<render::Arguments>("render", &words)?;
    render::told(words, || say(&Step::Goes), |object| say(&Step::Rendered(object)))
}
