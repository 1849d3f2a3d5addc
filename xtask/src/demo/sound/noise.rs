//! Noise that is the same in every run.

/// A xorshift generator giving uniform samples in -1..1.
pub struct Noise(u32);

impl Noise {
    /// Noise that depends on nothing but `seed`.
    pub fn new(seed: u32) -> Self {
        Self(seed.max(1))
    }

    /// The next sample.
    pub fn next_sample(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as f32 / (u32::MAX as f32 / 2.0) - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_centred_and_fills_its_range() {
        let mut noise = Noise::new(7);
        let samples: Vec<f32> = (0..50_000).map(|_| noise.next_sample()).collect();
        let mean = samples.iter().sum::<f32>() / samples.len() as f32;
        let power = samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32;
        assert!(mean.abs() < 0.01, "mean {mean}");
        assert!((power - 1.0 / 3.0).abs() < 0.01, "power {power}");
        assert!(samples.iter().all(|sample| (-1.0..=1.0).contains(sample)));
    }
}
