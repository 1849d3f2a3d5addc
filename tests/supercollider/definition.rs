//! SynthDefs, written byte by byte (version 2 of the format).

/// What an input is connected to.
#[derive(Clone, Copy, Debug)]
pub enum Input {
    /// An output of a UGen.
    From(usize, usize),
    /// A number.
    Constant(f32),
}

/// Audio rate.
pub const AUDIO: u8 = 2;

struct Generator {
    class: &'static str,
    rate: u8,
    inputs: Vec<Input>,
    outputs: usize,
}

/// A SynthDef that grows.
pub struct Definition {
    name: String,
    generators: Vec<Generator>,
}

/// Constants as inputs.
pub fn constants(numbers: &[f32]) -> Vec<Input> {
    numbers.iter().map(|number| Input::Constant(*number)).collect()
}

/// The outputs of a UGen as inputs.
pub fn outputs(generator: usize, count: usize) -> Vec<Input> {
    (0..count).map(|output| Input::From(generator, output)).collect()
}

impl Definition {
    /// An empty one.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), generators: Vec::new() }
    }

    /// Adds a UGen; its number.
    pub fn ugen(&mut self, class: &'static str, rate: u8, inputs: Vec<Input>, outputs: usize) -> usize {
        self.generators.push(Generator { class, rate, inputs, outputs });
        self.generators.len() - 1
    }

    /// The UGen of a model: number of model and method, buffer, signals, pairs.
    pub fn nn(
        &mut self,
        (model, method, buffer): (i32, usize, i32),
        signals: Vec<Input>,
        pairs: Vec<Input>,
        outputs: usize,
    ) -> usize {
        let count = signals.len() as f32;
        let mut inputs = constants(&[model as f32, method as f32, buffer as f32, 0.0, 0.0, 1.0]);
        inputs.extend(signals);
        inputs.extend(constants(&[-2.0, count]));
        inputs.extend(pairs);
        self.ugen("NNUGen", AUDIO, inputs, outputs)
    }

    /// Writes signals to buses from `first` on.
    pub fn out(&mut self, first: usize, signals: Vec<Input>) {
        let inputs = constants(&[first as f32]).into_iter().chain(signals).collect();
        self.ugen("Out", AUDIO, inputs, 0);
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let constants = self.constants();
        let mut bytes = b"SCgf".to_vec();
        bytes.extend(2_i32.to_be_bytes());
        bytes.extend(1_i16.to_be_bytes());
        name(&mut bytes, &self.name);
        number(&mut bytes, constants.len());
        constants.iter().for_each(|constant| bytes.extend(constant.to_be_bytes()));
        // No controls, no names of any.
        number(&mut bytes, 0);
        number(&mut bytes, 0);
        number(&mut bytes, self.generators.len());
        for generator in &self.generators {
            name(&mut bytes, generator.class);
            bytes.push(generator.rate);
            number(&mut bytes, generator.inputs.len());
            number(&mut bytes, generator.outputs);
            bytes.extend(0_i16.to_be_bytes());
            for input in &generator.inputs {
                match input {
                    Input::From(from, output) => [*from, *output].map(|place| number(&mut bytes, place)),
                    Input::Constant(value) => {
                        bytes.extend((-1_i32).to_be_bytes());
                        let place = constants.iter().position(|known| known.to_bits() == value.to_bits());
                        number(&mut bytes, place.expect("a constant"));
                        [(); 2]
                    }
                };
            }
            bytes.resize(bytes.len() + generator.outputs, generator.rate);
        }
        bytes.extend(0_i16.to_be_bytes());
        bytes
    }

    fn constants(&self) -> Vec<f32> {
        let mut constants: Vec<f32> = Vec::new();
        for input in self.generators.iter().flat_map(|generator| &generator.inputs) {
            if let Input::Constant(value) = input
                && constants.iter().all(|known| known.to_bits() != value.to_bits())
            {
                constants.push(*value);
            }
        }
        constants
    }
}

fn name(bytes: &mut Vec<u8>, name: &str) {
    bytes.push(u8::try_from(name.len()).expect("a short name"));
    bytes.extend(name.bytes());
}

fn number(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend(i32::try_from(number).expect("a small number").to_be_bytes());
}
