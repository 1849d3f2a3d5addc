//! Whether what was heard is what should be heard.
//!
//! Thread: any but audio.

use super::played::Samples;

/// What the sound of a model should be.
#[derive(Clone, Copy, Debug)]
pub enum Right {
    /// Every sample is that of the input times this number, exactly.
    Times(f32),
    /// Some samples, one a line: that of number [`FIRST`], and every [`STEP`]th from there on.
    Samples(&'static str),
}

/// Where stored samples are.
pub const FIRST: usize = 20_000;
pub const STEP: usize = 1_000;
/// With fewer of them nothing is compared.
const FEWEST: usize = 32;
/// Processors differ by less than a thousandth of that, in dB.
const CLOSE_DB: f64 = -40.0;

impl Right {
    /// Compares what the model made of `input`; its first sample belongs to the first of the input.
    pub fn compare(self, input: &[f32], heard: &[f32]) -> Samples {
        match self {
            Self::Times(factor) => {
                let wrong = input.iter().zip(heard).position(|(input, heard)| input * factor != *heard);
                match wrong {
                    None if heard.is_empty() => Samples::Wrong("nothing was heard".into()),
                    None => Samples::Exact,
                    Some(at) => {
                        let should = input[at] * factor;
                        Samples::Wrong(format!("sample {at} is {} and should be {should}", heard[at]))
                    }
                }
            }
            Self::Samples(stored) => close(&read(stored), heard),
        }
    }
}

fn read(stored: &str) -> Vec<f32> {
    stored.lines().filter_map(|line| line.trim().parse().ok()).collect()
}

fn close(stored: &[f32], heard: &[f32]) -> Samples {
    let pairs: Vec<_> = stored.iter().zip(heard.iter().skip(FIRST).step_by(STEP)).collect();
    if pairs.len() < FEWEST {
        return Samples::Wrong(format!("only {} samples were heard", heard.len()));
    }
    let power = |values: &mut dyn Iterator<Item = f64>| values.map(|value| value * value).sum::<f64>();
    let should = power(&mut pairs.iter().map(|(should, _)| f64::from(**should)));
    let error = power(&mut pairs.iter().map(|(should, is)| f64::from(**is) - f64::from(**should)));
    if !error.is_finite() {
        return Samples::Wrong("it is no number".into());
    }
    // Where nothing differs there is no logarithm.
    let db = 10.0 * (error.max(1e-20 * should) / should).log10();
    if db < CLOSE_DB {
        Samples::Close(db)
    } else {
        Samples::Wrong(format!("it differs from what it should be by {db:.0} dB"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_is_exact_or_wrong() {
        let input = [0.25, -0.5, 1.0];
        assert_eq!(Right::Times(0.5).compare(&input, &[0.125, -0.25]), Samples::Exact);
        let wrong = Right::Times(0.5).compare(&input, &[0.125, -0.250_001]);
        assert_eq!(wrong, Samples::Wrong("sample 1 is -0.250001 and should be -0.25".into()));
        assert!(matches!(Right::Times(0.5).compare(&input, &[0.125, f32::NAN]), Samples::Wrong(_)));
        assert!(matches!(Right::Times(0.5).compare(&input, &[]), Samples::Wrong(_)));
    }

    #[test]
    fn stored_samples_are_near_or_wrong() {
        let should: Vec<f32> = (0..64).map(|n| (n as f32 * 0.7).sin()).collect();
        let mut heard = vec![9.0; FIRST + 64 * STEP];
        should.iter().enumerate().for_each(|(n, sample)| heard[FIRST + n * STEP] = *sample);
        let same = close(&should, &heard);
        assert!(matches!(same, Samples::Close(db) if db < -100.0), "{same:?}");
        heard[FIRST + 10 * STEP] += 1e-4;
        let near = close(&should, &heard);
        assert!(matches!(near, Samples::Close(db) if db > -120.0 && db < -80.0), "{near:?}");
        heard[FIRST + 10 * STEP] += 1.0;
        assert!(matches!(close(&should, &heard), Samples::Wrong(_)));
        heard[FIRST + 10 * STEP] = f32::NAN;
        assert!(matches!(close(&should, &heard), Samples::Wrong(_)));
        assert!(matches!(close(&should, &heard[..FIRST + 9 * STEP]), Samples::Wrong(_)));
        assert!(matches!(close(&should, &vec![0.0; FIRST + 64 * STEP]), Samples::Wrong(_)));
    }
}
