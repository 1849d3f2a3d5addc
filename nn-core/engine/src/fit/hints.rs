//! Sizes with which a method might work, from numbers of its model and its errors.

use nn_model::{
    Model, RunError,
    spec::{MAX_BUFFER_FRAMES, MethodSpec},
    value::Value,
};

/// The most that are tried.
const MOST: usize = 24;

/// Sizes that may mean something: from the model's numbers, and from what it raised or answered when a run of
/// `block_frames` failed.
pub fn hints(model: &mut dyn Model, method: usize, block_frames: usize, fault: &RunError) -> Vec<usize> {
    let spec = model.spec().clone();
    let Some(method) = spec.methods.get(method) else { return Vec::new() };
    let mut numbers: Vec<usize> = spec.buffer_hints.iter().map(|(_, number)| *number).collect();
    // What the model says of itself now, which its file may not.
    for name in ["min_buffer_size", "min_buffer", "buffer_size", "block_size", "chunk_size"] {
        let Some(at) = spec.attributes.iter().position(|attribute| attribute.name == name) else { continue };
        numbers.extend(match model.get(at).as_deref() {
            Ok([Value::Int(number)]) => usize::try_from(*number).ok(),
            Ok([Value::Float(number)]) if *number >= 1.0 => Some(*number as usize),
            _ => None,
        });
    }
    numbers.extend(from_fault(fault));
    spread(&numbers, method, block_frames)
}

/// The numbers of a text, and the products of those in one pair of brackets: shapes.
fn from_fault(fault: &RunError) -> Vec<usize> {
    let text = match fault {
        RunError::Threw { what, .. } => what,
        // The shape that it answered: its last number is the one that counts.
        RunError::WrongShape { found, .. } => found,
        _ => return Vec::new(),
    };
    let numbers = |text: &str| -> Vec<usize> {
        let words = text.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
        words.filter_map(|word| word.parse().ok()).filter(|&n| n > 1 && n <= MAX_BUFFER_FRAMES).collect()
    };
    let shapes = text.split('[').skip(1).filter_map(|rest| rest.split(']').next());
    let products = shapes.map(|shape| numbers(shape).into_iter().fold(1usize, usize::saturating_mul));
    let products: Vec<usize> = products.filter(|&n| n > 1 && n <= MAX_BUFFER_FRAMES).collect();
    products.into_iter().chain(numbers(text)).collect()
}

/// Each number as samples and as frames of either side, and the multiple of it that is the next larger one.
fn spread(numbers: &[usize], method: &MethodSpec, block_frames: usize) -> Vec<usize> {
    let mut spread = Vec::new();
    for number in numbers {
        for factor in [1, method.in_ratio, method.out_ratio] {
            let samples = number.saturating_mul(factor);
            let multiple = (samples >= 16).then(|| block_frames.div_ceil(samples).saturating_mul(samples));
            for wanted in [Some(samples), multiple].into_iter().flatten() {
                if wanted <= MAX_BUFFER_FRAMES && !spread.contains(&wanted) {
                    spread.push(wanted);
                }
            }
        }
    }
    spread.truncate(MOST);
    spread
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_shapes_are_found_in_what_models_say() {
        let threw = |what: &str| RunError::Threw { method: "forward".into(), what: what.into() };
        assert_eq!(from_fault(&threw("window 1024 larger than input 256")), [1024, 256]);
        let shape = from_fault(&threw("shape '[1, 1, 16, 256]' is invalid for input of size 512"));
        assert!(shape.starts_with(&[4096]) && shape.contains(&512), "{shape:?}");
        assert!(from_fault(&threw("no numbers 99999999999999999999")).is_empty());
        let method = MethodSpec::from_params("m", &[1, 1, 1, 512]).expect("legal");
        assert_eq!(spread(&[4], &method, 256), [4, 2048]);
        assert_eq!(spread(&[3000], &method, 4096)[..2], [3000, 6000]);
    }
}
