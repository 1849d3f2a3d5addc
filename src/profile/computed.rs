//! What is computed from what was measured: which layers memory bounds, and what smaller weights or larger buffers could bring
//! at most.

use super::{part::Part, step::Limits};

/// What could be gained at most, as times the speed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Computed {
    /// The part of the time that is spent in layers that memory bounds.
    pub bound_by_memory: f64,
    /// The part of the time that is spent in layers that arithmetic bounds.
    pub bound_by_arithmetic: f64,
    /// The least that all layers could take, as a part of the time.
    pub least: f64,
    /// Weights of two bytes.
    pub bf16: f64,
    /// Weights of one byte.
    pub int8: f64,
    /// Per sample, at a buffer twice as large.
    pub twice: f64,
    /// Per sample, at one four times as large.
    pub four_times: f64,
}

/// One layer at the least that it could take, in ns.
fn roof_ns(part: &Part, limits: &Limits) -> (f64, f64) {
    let bytes = part.weight_bytes + part.sample_bytes;
    (bytes / limits.weights_bytes_per_s * 1e9, part.products / limits.products_per_s * 1e9)
}

impl Computed {
    /// From all parts of a call.
    pub fn of(parts: &[Part], limits: &Limits) -> Self {
        let total: f64 = parts.iter().map(|part| part.ns).sum::<f64>().max(1.0);
        let (mut memory_ns, mut arithmetic_ns, mut least_ns) = (0.0, 0.0, 0.0);
        let mut smaller_ns = [0.0; 2];
        let mut larger_ns = [0.0; 2];
        for part in parts {
            let (memory, arithmetic) = roof_ns(part, limits);
            let is_layer = part.products > 0.0;
            let by_memory = is_layer && memory > arithmetic;
            least_ns += if is_layer { memory.max(arithmetic).min(part.ns) } else { 0.0 };
            *(if by_memory { &mut memory_ns } else { &mut arithmetic_ns }) +=
                if is_layer { part.ns } else { 0.0 };
            // As if all of the layer's time went with the bytes that it reads and writes: no more can be gained.
            let weights = part.ns * part.weight_bytes / (part.weight_bytes + part.sample_bytes).max(1.0);
            for (sum, of) in smaller_ns.iter_mut().zip([2.0, 4.0]) {
                let saved = weights * (1.0 - 1.0 / of);
                // What is not bound by memory gains nothing, and nothing gets below what arithmetic takes.
                *sum += if by_memory { (part.ns - saved).max(arithmetic).min(part.ns) } else { part.ns };
            }
            for (sum, times) in larger_ns.iter_mut().zip([2.0, 4.0]) {
                // The weights are read once all the same; everything else is done so many times.
                let saved = weights * (times - 1.0);
                let grown = part.ns * times;
                *sum += if by_memory { (grown - saved).max(arithmetic * times).min(grown) } else { grown };
            }
        }
        Self {
            bound_by_memory: memory_ns / total,
            bound_by_arithmetic: arithmetic_ns / total,
            least: least_ns / total,
            bf16: total / smaller_ns[0].max(1.0),
            int8: total / smaller_ns[1].max(1.0),
            twice: total * 2.0 / larger_ns[0].max(1.0),
            four_times: total * 4.0 / larger_ns[1].max(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{part::Kind, step::LIMITS},
        *,
    };

    /// A layer of so many bytes and products; with these limits a byte and a product take a nanosecond each.
    fn layer(ns: f64, weight_bytes: f64, products: f64) -> Part {
        Part {
            kind: Kind::Operator,
            path: "layer".into(),
            operator: "conv1d".into(),
            runs: 1.0,
            ns,
            allocations: 0.0,
            allocated_bytes: 0.0,
            products,
            weight_bytes,
            sample_bytes: 0.0,
            convolution: None,
        }
    }

    #[test]
    fn only_what_memory_bounds_gains_from_smaller_weights_and_larger_buffers() {
        // The first one is twice as slow as it could be.
        let parts = [layer(1000.0, 500.0, 100.0), layer(500.0, 10.0, 500.0), layer(500.0, 0.0, 0.0)];
        let computed = Computed::of(&parts, &LIMITS);
        assert_eq!((computed.bound_by_memory, computed.bound_by_arithmetic), (0.5, 0.25));
        assert_eq!((computed.bf16, computed.int8), (2000.0 / 1500.0, 2000.0 / 1250.0));
        // Twice the buffer: the first layer reads its weights once still.
        assert_eq!(computed.twice, 4000.0 / 3000.0);
        assert_eq!(computed.four_times, 8000.0 / 5000.0);
        assert_eq!(computed.least, 0.5);
    }

    #[test]
    fn nothing_gets_faster_than_its_arithmetic() {
        let computed = Computed::of(&[layer(1000.0, 1000.0, 900.0)], &LIMITS);
        assert_eq!((computed.bf16, computed.int8), (1000.0 / 900.0, 1000.0 / 900.0));
        assert_eq!(computed.twice, 2000.0 / 1800.0);
    }
}
