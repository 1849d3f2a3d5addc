//! How a box mixes its model's sound with the input: what is wanted, as factors.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use nn_model::effect::Mix;

/// The factors that the audio thread moves to. Each by itself: one may come a block later than another.
#[derive(Debug)]
pub struct MixTargets {
    input: AtomicU32,
    wet: AtomicU32,
    dry: AtomicU32,
    output: AtomicU32,
}

/// The same at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Factors {
    /// Of the input.
    pub input: f32,
    /// Of the model's sound.
    pub wet: f32,
    /// Of the input that is heard beside it.
    pub dry: f32,
    /// Of both.
    pub output: f32,
}

impl Factors {
    /// Those of a mix. 0 dB are exactly 1.
    fn of(mix: &Mix) -> Self {
        let gain = |db: f32| 10f64.powf(f64::from(db) / 20.0) as f32;
        Self { input: gain(mix.input_gain_db), wet: mix.wet, dry: mix.dry, output: gain(mix.output_gain_db) }
    }
}

impl Default for MixTargets {
    fn default() -> Self {
        let targets = Self { input: 0.into(), wet: 0.into(), dry: 0.into(), output: 0.into() };
        targets.set(&Mix::default());
        targets
    }
}

impl MixTargets {
    /// Sets what is wanted.
    ///
    /// Thread: main or loader.
    pub(crate) fn set(&self, mix: &Mix) {
        let factors = Factors::of(mix);
        self.input.store(factors.input.to_bits(), Relaxed);
        self.wet.store(factors.wet.to_bits(), Relaxed);
        self.dry.store(factors.dry.to_bits(), Relaxed);
        self.output.store(factors.output.to_bits(), Relaxed);
    }

    /// What is wanted.
    ///
    /// Thread: any.
    pub(crate) fn factors(&self) -> Factors {
        let factor = |bits: &AtomicU32| f32::from_bits(bits.load(Relaxed));
        Factors {
            input: factor(&self.input),
            wet: factor(&self.wet),
            dry: factor(&self.dry),
            output: factor(&self.output),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_gain_is_exactly_one_and_six_db_about_twice() {
        let targets = MixTargets::default();
        assert_eq!(targets.factors(), Factors { input: 1.0, wet: 1.0, dry: 0.0, output: 1.0 });
        targets.set(&Mix { wet: 0.25, dry: 0.5, input_gain_db: 6.0206, output_gain_db: -60.0 });
        let Factors { input, wet, dry, output } = targets.factors();
        assert!((input - 2.0).abs() < 1e-6 && (output - 1e-3).abs() < 1e-9, "{input} {output}");
        assert_eq!((wet, dry), (0.25, 0.5));
    }
}
