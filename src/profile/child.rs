//! The process that calls the model, and records what it does.

use std::time::{Duration, Instant};

use nn_core::{
    child::end_with_parent,
    fit::{Trial, input::Content},
    formats::FORMATS,
    message::{Atom, typed},
    model::{Model, ModelSource, TensorView, TensorViewMut},
    profile::Profile,
    spec::MethodSpec,
    stack,
    torch::Backend,
    value::{Value, ValueType},
};

use super::{
    arguments::{Calls, Record},
    part::Part,
    step::{self, Call, Step, pass_on_prints},
};
use crate::{outcome::Outcome, steps::say};

/// Their times do not count: caches, memory and weights find their places in the first ones.
const WARM_UP: u32 = 4;
/// No more calls are begun after this time, unless there are hardly any yet.
const LONGEST: Duration = Duration::from_secs(10);
const FEWEST: u32 = 4;
/// So many points of memory are drawn at most, and said in one line.
const MOST_MOMENTS: usize = 4_000;
const MOMENTS_IN_A_LINE: usize = 500;

/// Calls the model, and says what it does.
pub fn run(arguments: &Record) -> Outcome {
    end_with_parent();
    // A main thread has whatever stack its system or shell thinks right.
    let thread = stack::thread("nn profile", stack::LOADER_BYTES);
    let outcome = std::thread::scope(|scope| {
        let spawned = thread.spawn_scoped(scope, || record(arguments));
        spawned.map_err(|error| error.to_string())?.join().map_err(|_| "the profiler panicked".to_owned())?
    });
    match outcome {
        Ok(()) => Outcome::Done,
        Err(line) => {
            say(&Step::Refused(line));
            Outcome::Failed
        }
    }
}

fn record(arguments: &Record) -> Result<(), String> {
    let begin = Instant::now();
    let loaded = FORMATS.load(&(&arguments.file).into());
    pass_on_prints();
    let mut model = loaded.map_err(|error| error.to_string())?;
    say(&Step::Loaded(ms(begin)));
    let calls = &arguments.calls;
    model.prepare_thread(calls.threads);
    prepare(&mut *model, calls)?;
    let at = model.spec().methods.iter().position(|method| method.name == arguments.method);
    let at = at.ok_or_else(|| format!("the loaded model has no method {}", arguments.method))?;
    let recorded = model.fork().map_err(|error| error.to_string())?;
    let profiles = match call(&mut *model, recorded, at, calls)? {
        Ok(profiles) => profiles,
        Err(fault) => {
            say(&Step::Fault(fault));
            return Ok(());
        }
    };
    tell(&profiles);
    let weights = profiles.last().map_or(0, |last| last.sites.iter().map(|site| site.weight_bytes).sum());
    say(&Step::Measuring);
    let limits = model.runtime().and_then(|runtime| runtime.ceilings(weights as usize));
    say(&Step::Limits(limits.ok_or("what the processor can do could not be measured")?.into()));
    if let Some(backend) = Backend::opened() {
        say(&Step::Libtorch(backend.torch_version().into()));
    }
    say(&Step::End);
    Ok(())
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// Everything that a box would be told before it plays.
fn prepare(model: &mut dyn Model, calls: &Calls) -> Result<(), String> {
    model.set_optimise(calls.optimise == 1);
    model.seed(calls.seed as u64);
    if let (true, Some(hz)) = (model.spec().takes_sample_rate, calls.rate) {
        model.set_sample_rate(hz).map_err(|error| error.to_string())?;
    }
    for word in &calls.set {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        let at = model.spec().attributes.iter().position(|attribute| attribute.name == name);
        let at = at.ok_or_else(|| format!("no attribute '{name}'"))?;
        let values = values(&model.spec().attributes[at].types, value);
        model.set(at, &values).map_err(|error| error.to_string())?;
    }
    pass_on_prints();
    Ok(())
}

/// Words as values: a tensor takes all of them.
fn values(types: &[ValueType], words: &str) -> Vec<Value> {
    let atoms = typed(words);
    if types == [ValueType::Tensor] {
        let numbers: Option<Vec<_>> = atoms.iter().map(|atom| atom.number().map(|n| n as f32)).collect();
        return numbers.map(|numbers| vec![Value::Tensor(numbers)]).unwrap_or_default();
    }
    let value = |atom| match atom {
        Atom::Int(number) => Value::Int(number),
        Atom::Float(number) => Value::Float(number),
        Atom::Symbol(word) => Value::String(word),
    };
    atoms.into_iter().map(value).collect()
}

/// What a method is given, and where it answers.
struct Buffers {
    method: (usize, MethodSpec),
    frames: (usize, usize),
    trial: Trial,
}

impl Buffers {
    fn new(model: &dyn Model, at: usize, buffer_frames: usize) -> Option<Self> {
        let method = model.spec().methods.get(at)?.clone();
        let frames = (buffer_frames / method.in_ratio, buffer_frames / method.out_ratio);
        let trial = Trial::new(model.spec(), at, 1, buffer_frames, Content::Sound)?;
        Some(Self { method: (at, method), frames, trial })
    }

    /// A call that is recorded.
    fn profile(&mut self, model: &mut dyn Model) -> Option<Result<Profile, String>> {
        let (at, method) = &self.method;
        let samples = &self.trial.input;
        let input = TensorView { samples, batch: 1, channels: method.in_channels, frames: self.frames.0 };
        let samples = &mut self.trial.output;
        let output =
            TensorViewMut { samples, batch: 1, channels: method.out_channels, frames: self.frames.1 };
        Some(model.profile(*at, input, output)?.map_err(|error| error.to_string()))
    }
}

/// Calls two copies in turns, one as a box does, one recorded; gives the records that count, or what a call raised.
fn call(
    plain: &mut dyn Model,
    mut recorded: Box<dyn Model>,
    at: usize,
    calls: &Calls,
) -> Result<Result<Vec<Profile>, String>, String> {
    let buffers = Buffers::new(plain, at, calls.buffer);
    let mut buffers = buffers.ok_or("the model has no such method")?;
    let (mut profiles, mut all_begin) = (Vec::new(), Instant::now());
    let mut said = step::Calls::new();
    for number in 0..WARM_UP.saturating_add(calls.calls) {
        let counts = number >= WARM_UP;
        if number == WARM_UP {
            all_begin = Instant::now();
        }
        if number >= WARM_UP + FEWEST && all_begin.elapsed() > LONGEST {
            break;
        }
        let begin = Instant::now();
        if let Err(error) = buffers.trial.run(plain) {
            return Ok(Err(error.to_string()));
        }
        let plain_ms = ms(begin);
        if number == 0 {
            say(&Step::First(plain_ms));
        }
        let told = buffers.profile(&mut *recorded);
        pass_on_prints();
        let profile = match told.ok_or("models of this format do not tell what they do")? {
            Ok(told) => told,
            Err(fault) => return Ok(Err(fault)),
        };
        let recorded_ms = profile.call_ns as f64 * 1e-6;
        let parts_ms = profile.sites.iter().map(|site| site.ns).sum::<u64>() as f64 * 1e-6;
        said.push(Call { plain_ms, recorded_ms, parts_ms, counts }).iter().for_each(say);
        if counts {
            profiles.push(profile);
        }
    }
    said.rest().iter().for_each(say);
    Ok(Ok(profiles))
}

/// Says what the middle of the calls did: the half that is neither fast nor slow, so that parts add up and what held single
/// calls up does not count.
fn tell(profiles: &[Profile]) {
    let mut sorted: Vec<_> = profiles.iter().collect();
    sorted.sort_by_key(|profile| profile.call_ns);
    let quarter = sorted.len() / 4;
    let middle = &sorted[quarter..sorted.len() - quarter];
    let Some(typical) = middle.get(middle.len() / 2) else { return };
    let call_ns: u64 = middle.iter().map(|profile| profile.call_ns).sum();
    say(&Step::Middle(call_ns as f64 * 1e-6 / middle.len() as f64));
    for at in 0..typical.sites.len() {
        let same: Vec<_> = middle.iter().filter_map(|profile| profile.sites.get(at)).collect();
        if let Some(part) = Part::mean(&same).filter(Part::is_there) {
            say(&Step::Part(Box::new(part)));
        }
    }
    // That of the fastest one: nobody held it up.
    let moments = &sorted[0].moments;
    let each = moments.len().div_ceil(MOST_MOMENTS).max(1);
    // Of several, the one with the most memory: the peak is among them.
    let points: Vec<_> = moments
        .chunks(each)
        .filter_map(|some| some.iter().max_by_key(|moment| moment.bytes))
        .map(|moment| (moment.ns as f64 * 1e-3, moment.bytes))
        .collect();
    points.chunks(MOMENTS_IN_A_LINE).for_each(|some| say(&Step::Memory(some.to_vec())));
    say(&Step::Peak(typical.peak_bytes));
}
