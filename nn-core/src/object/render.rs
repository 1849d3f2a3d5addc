//! One rendering of a generator in a box: arrays in, a generation of its own, arrays out. Nothing here waits, but where a
//! rendering of the host is to repeat.

use std::{
    thread,
    time::{Duration, Instant},
};

use nn_model::generator::{GenerateError, MOST_SAMPLES};
use nn_process::exit;

use super::{
    nn_object::NnObject,
    rendering::{PIECE_FRAMES, Reading, RenderOrder, Rendering, Stage, Writing, Written, understand},
};
use crate::{
    generation::{Commission, Generated, Generation, GenerationError},
    message::{Atom, Event},
};

/// How often progress is told.
const TOLD_EVERY: Duration = Duration::from_millis(250);
/// How often a host that waits looks.
const LOOK: Duration = Duration::from_millis(1);

impl NnObject {
    /// `render`.
    pub(super) fn render(&mut self, atoms: &[Atom]) {
        if self.awaits_model() {
            // It is for the model that comes.
            self.asked_rendering = Some(atoms.to_vec());
            return;
        }
        if self.rendering.is_some() {
            return self.say_error("render: one is under way: wait for it, or send cancel render".into());
        }
        let begun = self.begin_rendering(atoms);
        match begun {
            Ok(rendering) => self.rendering = Some(rendering),
            Err(line) => self.say_error(format!("render: {line}")),
        }
    }

    fn begin_rendering(&self, atoms: &[Atom]) -> Result<Rendering, String> {
        let Some(generator) = self.generator() else {
            return Err(match self.model_location() {
                Some(location) => format!(
                    "{} plays block by block: send it sound; whole sounds are made by generators of Neutone",
                    location.title()
                ),
                None => "there is no model yet: send load MODEL".into(),
            });
        };
        let (title, sounds) = (generator.location.title(), &generator.spec.sounds);
        let order = understand(atoms, &title, sounds).map_err(|error| error.to_string())?;
        // What is wrong with an array is said before anything is done.
        let arrays = self.context.arrays;
        for name in order.inputs.iter().flatten() {
            let shape = arrays.read(name, 0, 0, &mut Vec::new());
            shape
                .and_then(|shape| shape.check_within(name, MOST_SAMPLES))
                .map_err(|fault| fault.to_string())?;
        }
        let rate = |names: &Vec<String>| {
            let shapes = names.iter().map(|name| arrays.shape_to_write(name));
            let rates = shapes.map(|shape| Ok(shape?.sample_rate_hz)).collect::<Result<Vec<_>, _>>();
            rates.map(|rates| rates.first().copied().unwrap_or(0))
        };
        let rates_hz = order.outputs.iter().map(rate).collect::<Result<_, _>>();
        let commission = Commission {
            source: self.context.source.clone(),
            location: generator.location.clone(),
            settings: generator.settings.clone(),
            sounds: Vec::new(),
            seconds: order.seconds,
            rates_hz: rates_hz.map_err(|fault: nn_model::array::ArrayFault| fault.to_string())?,
            seed: self.seed,
        };
        let reading = Reading::new(&order.inputs, &sounds.inputs);
        let RenderOrder { inputs, outputs, .. } = order;
        Ok(Rendering { title, inputs, outputs, stage: Stage::Reading(reading, Box::new(commission)) })
    }

    /// `cancel render`: nobody waits for the model to notice.
    pub(super) fn cancel_rendering(&mut self) {
        let asked = self.asked_rendering.take().is_some();
        let rendering = self.rendering.take();
        if rendering.is_none() && !asked {
            return self.note("cancel render: nothing is being rendered".into());
        }
        if let Some(rendering) = rendering {
            self.put_away(rendering);
        }
        self.report("cancelled", vec![Atom::symbol("render")]);
    }

    /// What is left of a rendering may be large: it is freed where nobody waits.
    fn put_away(&self, rendering: Rendering) {
        rendering.stop();
        self.context.loader.submit(move || drop(rendering));
    }

    /// Does what there is to do for a rendering.
    pub(super) fn go_on_rendering(&mut self) {
        while let Some(mut rendering) = self.rendering.take() {
            let goes_on = match self.step(&mut rendering) {
                Ok(Step::Next) => true,
                Ok(Step::Later) => false,
                Ok(Step::Done) => {
                    self.put_away(rendering);
                    continue;
                }
                Err(line) => {
                    self.put_away(rendering);
                    self.say_error(format!("render: {line}"));
                    continue;
                }
            };
            self.rendering = Some(rendering);
            if !goes_on {
                return;
            }
        }
    }

    fn step(&mut self, rendering: &mut Rendering) -> Result<Step, String> {
        let at_once = self.waits();
        match &mut rendering.stage {
            Stage::Reading(reading, commission) => {
                let most_frames = if at_once { usize::MAX } else { PIECE_FRAMES };
                let sounds =
                    reading.step(self.context.arrays, most_frames).map_err(|error| error.to_string())?;
                let Some(sounds) = sounds else {
                    return Ok(if at_once { Step::Next } else { Step::Later });
                };
                let commission = Commission { sounds, ..(**commission).clone() };
                let generation = Generation::begin(commission);
                self.info("render_progress", vec![Atom::Float(0.0)]);
                rendering.stage = Stage::Generating { generation, told: Instant::now(), told_to_wait: false };
                Ok(Step::Next)
            }
            Stage::Generating { generation, told, told_to_wait } => {
                let Some(generated) = take(generation, at_once) else {
                    if told.elapsed() >= TOLD_EVERY {
                        *told = Instant::now();
                        if generation.waits() && !std::mem::replace(told_to_wait, true) {
                            self.note(
                                "render: two models are rendering already, cancelled ones that go on too: this one waits"
                                    .into(),
                            );
                        }
                        let percent = generation.percent().clamp(0.0, 100.0);
                        self.info("render_progress", vec![Atom::Float((percent * 10.0).round() / 10.0)]);
                    }
                    return Ok(Step::Later);
                };
                self.generated(rendering, generated)
            }
            Stage::Writing(writing) => Ok(match writing.step(at_once) {
                Written::Piece(piece) => {
                    self.events.push(Event::WriteArray(piece));
                    Step::Later
                }
                Written::Waits => Step::Later,
                Written::Array(name, frames, rate_hz) => {
                    let numbers = [Atom::Int(frames as i64), Atom::Int(i64::from(rate_hz))];
                    self.report("rendered", [vec![Atom::symbol(name)], numbers.into()].concat());
                    Step::Next
                }
                Written::All => Step::Done,
                Written::Failed(fault) => return Err(fault.to_string()),
            }),
        }
    }

    fn generated(&mut self, rendering: &mut Rendering, generated: Generated) -> Result<Step, String> {
        let title = &rendering.title;
        if let Some(printed) = generated.printed {
            self.prints.add(Some(title), printed);
        }
        match generated.sounds {
            Ok(sounds) => {
                self.info("render_progress", vec![Atom::Float(100.0)]);
                rendering.stage = Stage::Writing(Writing::new(&rendering.outputs, sounds));
                Ok(Step::Next)
            }
            Err(GenerationError::Generate(GenerateError::Stopped)) => {
                self.report("cancelled", vec![Atom::symbol("render")]);
                Ok(Step::Done)
            }
            Err(error) => Err(format!("{title}: {error}")),
        }
    }
}

enum Step {
    /// The next one follows at once.
    Next,
    /// The next one comes with the next poll.
    Later,
    Done,
}

/// What has been made; where the host waits, when it has.
fn take(generation: &Generation, waits: bool) -> Option<Generated> {
    loop {
        let generated = generation.take();
        if generated.is_some() || !waits || exit::leaving() {
            return generated;
        }
        thread::sleep(LOOK);
    }
}
