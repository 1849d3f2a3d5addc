//! An effect of Neutone: sound and parameters in, sound out.
//!
//! Its code knows no batch, so each example has a copy of it, with shared weights. It is told its rate and the size of its
//! blocks, for which its own queues and its own resampler then do nothing, and gets its sound and four rows of parameters.
//!
//! Thread: owner.

use crate::{
    call::Fault,
    devices::explained,
    effect_block::{Block, Layout},
    model::TorchModel,
};
use nn_model::{
    AttributeError, Device, ForkError, KernelFigures, Model, Place, RunError, Runtime, TensorView,
    TensorViewMut,
    attribute::{check_values, refused},
    profile::Profile,
    spec::ModelSpec,
    value::Value,
};

/// What an effect's attributes take.
const RANGE: &str = "from 0 to 1";

/// The rate that is assumed until one is told: that of the files' own defaults.
const FIRST_RATE_HZ: u32 = 48_000;

/// An effect that libtorch computes.
pub(super) struct Effect {
    /// One copy for each example of a batch, at least one.
    examples: Vec<Example>,
    layout: Layout,
    /// Values of the parameters where there is no signal, by attribute.
    values: Vec<f32>,
    rate_hz: u32,
    /// Its own delay in frames, as it stated it when it was told its rate and frames.
    delay_frames: Option<usize>,
    block: Block,
}

/// One copy of the code.
struct Example {
    model: TorchModel,
    /// What it was told: its rate, and the frames of a run.
    told: Option<(u32, usize)>,
}

impl Effect {
    /// An effect from a copy of its module, whose spec is that of an effect.
    pub(super) fn new(model: TorchModel) -> Self {
        let spec = model.spec();
        let layout = Layout::of(spec);
        let values = spec.parameters.iter().map(|parameter| parameter.default_value as f32).collect();
        let examples = vec![Example { model, told: None }];
        let block = Block::default();
        Self { examples, layout, values, rate_hz: FIRST_RATE_HZ, delay_frames: None, block }
    }

    /// What all copies have in common.
    fn first(&self) -> &TorchModel {
        &self.examples[0].model
    }

    /// Makes as many copies as there are examples; new ones begin as the file says.
    fn make_examples(&mut self, batch: usize) -> Result<(), Fault> {
        while self.examples.len() < batch {
            let Some(model) = self.first().another()? else {
                let text = "it cannot be copied, and each example needs a copy: use nn~".into();
                return Err(Fault { status: crate::abi::OK, text });
            };
            self.examples.push(Example { model, told: None });
        }
        Ok(())
    }

    /// Tells each copy its rate and frames, where that has changed.
    fn configure(&mut self, batch: usize, frames: usize) -> Result<(), Fault> {
        let wanted = Some((self.rate_hz, frames));
        for example in self.examples.iter_mut().take(batch).filter(|example| example.told != wanted) {
            example.told = None;
            self.delay_frames = example.model.configure(self.rate_hz, frames)?;
            example.told = wanted;
        }
        Ok(())
    }

    fn ready(&mut self, batch: usize, frames: usize) -> Result<(), RunError> {
        let made = self.make_examples(batch).and_then(|()| self.configure(batch, frames));
        made.map_err(|fault| RunError::Threw {
            method: self.layout.method.clone(),
            what: explained(fault.text),
        })
    }

    /// All copies in the state that these have now.
    fn copy(
        &self,
        make: impl Fn(&TorchModel) -> Result<TorchModel, ForkError>,
    ) -> Result<Box<dyn Model>, ForkError> {
        let copy = |example: &Example| Ok(Example { model: make(&example.model)?, told: example.told });
        Ok(Box::new(Self {
            examples: self.examples.iter().map(copy).collect::<Result<_, ForkError>>()?,
            layout: self.layout.clone(),
            values: self.values.clone(),
            rate_hz: self.rate_hz,
            delay_frames: self.delay_frames,
            block: Block::default(),
        }))
    }
}

/// What an effect's answer has to be is said elsewhere than in other models.
fn of_effect(error: RunError) -> RunError {
    match error {
        RunError::WrongShape { method, found, batch, channels, frames, .. } => {
            let promise = String::from("is_output_mono");
            RunError::WrongShape { method, found, batch, channels, frames, promise }
        }
        other => other,
    }
}

impl Model for Effect {
    fn spec(&self) -> &ModelSpec {
        self.first().spec()
    }

    fn runtime(&self) -> Option<&'static dyn Runtime> {
        self.first().runtime()
    }

    fn run(
        &mut self,
        _method: usize,
        input: TensorView<'_>,
        mut output: TensorViewMut<'_>,
    ) -> Result<(), RunError> {
        let frames = self.layout.block_frames(input.frames)?;
        self.ready(input.batch, frames)?;
        for example in 0..input.batch {
            for at in (0..input.frames).step_by(frames) {
                let Self { examples, layout, values, block, .. } = self;
                block.fill(layout, values, &input, example, at, frames);
                let (given, answer) = block.views(layout, frames);
                examples[example].model.run(0, given, answer).map_err(of_effect)?;
                block.take(layout, &mut output, example, at, frames);
            }
        }
        Ok(())
    }

    fn make_ready(&mut self, _method: usize, batch: usize, frames: usize) {
        if let Ok(frames) = self.layout.block_frames(frames) {
            self.block.make_room(&self.layout, frames);
            // Should it fail, the first run says so.
            let _said_later = self.ready(batch, frames);
        }
    }

    fn set(&mut self, attribute: usize, values: &[Value]) -> Result<(), AttributeError> {
        let spec = &self.first().spec().attributes[attribute];
        match check_values(spec, values)?[..] {
            [Value::Float(value)] if (0.0..=1.0).contains(&value) => {
                self.values[attribute] = value as f32;
                Ok(())
            }
            _ => Err(refused(spec, values, 1, RANGE.into())),
        }
    }

    /// What its code was given last: a signal counts more than what was set.
    fn get(&mut self, attribute: usize) -> Result<Vec<Value>, AttributeError> {
        let heard = self.block.heard(attribute).unwrap_or(self.values[attribute]);
        Ok(vec![Value::Float(f64::from(heard))])
    }

    fn set_sample_rate(&mut self, hz: u32) -> Result<(), AttributeError> {
        self.rate_hz = hz;
        Ok(())
    }

    fn seed(&mut self, seed: u64) {
        for (number, example) in (0u64..).zip(&mut self.examples) {
            // No two examples draw the same numbers.
            example.model.seed(seed.wrapping_add(number));
        }
    }

    fn fork(&self) -> Result<Box<dyn Model>, ForkError> {
        self.copy(TorchModel::forked)
    }

    fn fork_to(&self, device: Device) -> Result<Box<dyn Model>, ForkError> {
        self.copy(|model| model.forked_to(device))
    }

    fn place(&self) -> Place {
        self.first().place()
    }

    fn fork_at(&self, place: &Place) -> Result<Box<dyn Model>, ForkError> {
        self.copy(|model| model.forked_at(place))
    }

    fn note_written(&self, method: usize) {
        self.first().note_written(method);
    }

    fn own_written(&mut self, method: usize) {
        self.examples.iter_mut().for_each(|example| example.model.own_written(method));
    }

    fn copies_fit(&self) -> bool {
        self.first().copies_fit()
    }

    fn delay_frames(&self) -> Option<usize> {
        self.delay_frames
    }

    fn origin(&self) -> usize {
        self.first().origin()
    }

    fn warning(&self) -> Option<&str> {
        self.first().warning()
    }

    fn set_optimise(&mut self, on: bool) -> bool {
        self.examples
            .iter_mut()
            .map(|example| example.model.set_optimise(on))
            .fold(false, |any, one| any | one)
    }

    fn kernel_figures(&self) -> Option<KernelFigures> {
        let figures = self.examples.iter().map(|example| example.model.kernel_figures());
        figures.reduce(|all, one| {
            let (all, one) = (all?, one?);
            // Packed weights are shared by all copies.
            Some(KernelFigures { taken: all.taken + one.taken, left: all.left + one.left, ..all })
        })?
    }

    fn profile(
        &mut self,
        _method: usize,
        input: TensorView<'_>,
        mut output: TensorViewMut<'_>,
    ) -> Option<Result<Profile, RunError>> {
        let frames = match self.layout.block_frames(input.frames) {
            // One call is recorded, and so one is what it has to be.
            Ok(frames) if frames == input.frames && input.batch == 1 => frames,
            Ok(_) => return None,
            Err(error) => return Some(Err(error)),
        };
        if let Err(error) = self.ready(1, frames) {
            return Some(Err(error));
        }
        let Self { examples, layout, values, block, .. } = self;
        block.fill(layout, values, &input, 0, 0, frames);
        let (given, answer) = block.views(layout, frames);
        let profiled = examples[0].model.profile(0, given, answer)?;
        block.take(layout, &mut output, 0, 0, frames);
        Some(profiled)
    }
}
