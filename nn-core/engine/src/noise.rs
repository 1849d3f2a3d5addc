//! Noise that is the same in every run: what delays are measured with, and what tests and benchmarks play.

/// White noise from -0.5 to 0.5, the same for the same seed (xorshift). Seeds from 1 on are equally good; 0 begins near
/// -0.5. Allocates.
///
/// Thread: any but audio.
pub fn noise(seed: u64, frames: usize) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..frames)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_centred_fills_its_range_and_is_another_one_for_another_seed() {
        let samples = noise(1, 50_000);
        let mean = samples.iter().sum::<f32>() / samples.len() as f32;
        let power = samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32;
        assert!(mean.abs() < 0.005, "mean {mean}");
        assert!((power - 1.0 / 12.0).abs() < 0.003, "power {power}");
        assert!(samples.iter().all(|sample| (-0.5..0.5).contains(sample)));
        assert_eq!(samples, noise(1, 50_000));
        assert_ne!(samples, noise(2, 50_000));
    }
}
