//! The SynthDef of the demo, byte by byte (version 2 of the format).

/// What an input is connected to.
#[derive(Clone, Copy)]
pub enum Input {
    /// The only output of an earlier UGen.
    From(i32),
    /// A number.
    Constant(f32),
}

use Input::{Constant, From};

/// A UGen at audio rate.
pub struct Generator {
    /// Its class.
    pub class: &'static str,
    /// Its inputs.
    pub inputs: Vec<Input>,
    /// How many outputs it has.
    pub outputs: u8,
}

/// Audio rate.
const AUDIO: u8 = 2;

/// The bytes of a definition without arguments.
pub fn bytes(name: &str, generators: &[Generator]) -> Vec<u8> {
    let mut constants: Vec<f32> = Vec::new();
    let mut body = Vec::new();
    for generator in generators {
        word(&mut body, generator.class);
        body.push(AUDIO);
        number(&mut body, generator.inputs.len() as i32);
        number(&mut body, generator.outputs.into());
        body.extend([0; 2]);
        for input in &generator.inputs {
            let pair = match *input {
                From(generator) => [generator, 0],
                Constant(value) => {
                    let known = constants.iter().position(|known| known.to_bits() == value.to_bits());
                    let place = known.unwrap_or_else(|| {
                        constants.push(value);
                        constants.len() - 1
                    });
                    [-1, place as i32]
                }
            };
            pair.iter().for_each(|one| number(&mut body, *one));
        }
        body.resize(body.len() + usize::from(generator.outputs), AUDIO);
    }
    let mut bytes = b"SCgf\0\0\0\x02\0\x01".to_vec();
    word(&mut bytes, name);
    number(&mut bytes, constants.len() as i32);
    constants.iter().for_each(|constant| bytes.extend(constant.to_be_bytes()));
    // Arguments and their names.
    [0, 0, generators.len() as i32].iter().for_each(|one| number(&mut bytes, *one));
    bytes.extend(body);
    // Variants.
    bytes.extend([0; 2]);
    bytes
}

fn word(bytes: &mut Vec<u8>, word: &str) {
    bytes.push(word.len() as u8);
    bytes.extend(word.bytes());
}

fn number(bytes: &mut Vec<u8>, number: i32) {
    bytes.extend(number.to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_is_stored_once_and_inputs_point_to_it() {
        let out = Generator { class: "Out", inputs: vec![Constant(1.0), From(0), Constant(1.0)], outputs: 0 };
        let wanted = [
            &b"SCgf\0\0\0\x02\0\x01\x01a\0\0\0\x01\x3f\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\x01"[..],
            b"\x03Out\x02\0\0\0\x03\0\0\0\0\0\0\xff\xff\xff\xff\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff\0\0\0\0\0\0",
        ]
        .concat();
        assert_eq!(bytes("a", &[out]), wanted);
    }
}
