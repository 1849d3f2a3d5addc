//! What fake models sound like.

use super::model::FakeModel;
use crate::{TensorView, TensorViewMut, midi, value::Value};

/// The hum of [`Behaviour::Bell`], in samples a turn.
const HUM_FRAMES: f32 = 90.0;
/// How much is left of its bell with every sample.
const BELL_LEFT: f32 = 0.999;

impl FakeModel {
    /// The next random number, from 0 to 1 (a linear congruence).
    pub(super) fn draw(&mut self) -> f32 {
        self.random =
            self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.random >> 40) as f32 / (1u64 << 24) as f32
    }

    /// What [`Behaviour::Keys`] does.
    pub(super) fn strike(&mut self, output: &mut TensorViewMut<'_>) {
        output.samples.fill(0.0);
        let [heard, answered] = &mut self.others[..] else { return };
        let mut answers = Vec::new();
        if let [Value::Tensor(numbers)] = &heard[..] {
            for &[at, status, note, velocity] in numbers.as_chunks::<{ midi::NUMBERS }>().0 {
                output.samples[at as usize] += note / 100.0;
                answers.extend([at, status, note + 1.0, velocity]);
            }
        }
        *answered = vec![Value::Tensor(answers)];
    }

    /// What [`Behaviour::Bell`] does. The history holds what is still to ring.
    pub(super) fn ring(&mut self, delay: usize, input: TensorView<'_>, output: &mut TensorViewMut<'_>) {
        let strikes = input.samples[..input.frames].iter().map(|&s| if s > 0.9 { s } else { 0.0 });
        self.history.resize(delay + 1, 0.0);
        for (strike, sample) in strikes.zip(&mut *output.samples) {
            // The first is what rings now, the others are on their way.
            self.history.push(strike);
            let rings = self.history.remove(0) * BELL_LEFT;
            self.history[0] += rings;
            let turns = self.seen as f32 / HUM_FRAMES;
            *sample = 0.3 * (turns * std::f32::consts::TAU).sin() + self.history[0];
            self.seen += 1;
        }
    }
}
