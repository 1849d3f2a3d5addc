//! A box whose samples depend on when it began, as those of a codec with phases of its own: what is compared is how loud and
//! how bright it is from moment to moment, with what is stored.
//!
//! Thread: any but audio.

use super::{
    dropouts::Gaps,
    recording::{Recording, peak},
};

/// Levels are taken every so many samples, each over so many.
const HOP: usize = 1024;
const WINDOW: usize = 2048;
/// What is softer in both is not compared, in dB.
const FLOOR_DB: f64 = -45.0;
/// By so much levels may differ, on average over all moments, in dB. The codec's own differ by up to 0.8 with the place of
/// its groups in the sound; those of its input differ from its output by 2.3 and 3.7.
const MOST_DB: f64 = 1.3;
/// A model steps up to 0.22 from sample to sample here.
const CLICK: f32 = 0.4;
/// The delay is looked for in such steps.
const STEP: usize = 64;

/// Loudness and brightness at one moment, in dB.
pub type Levels = [f64; 2];

/// The levels of a sound.
///
/// Thread: any but audio.
pub fn levels(sound: &[f32]) -> Vec<Levels> {
    Sums::of(sound).levels(0)
}

/// Sums of squares up to each sample: of the sound, and of its steps.
struct Sums([Vec<f64>; 2]);

impl Sums {
    fn of(sound: &[f32]) -> Self {
        let mut sums = [vec![0.0], vec![0.0]];
        let (mut all, mut before) = ([0.0; 2], 0.0);
        for &sample in sound {
            let sample = f64::from(sample);
            let step = sample - before;
            before = sample;
            for ((sums, all), value) in sums.iter_mut().zip(&mut all).zip([sample, step]) {
                *all += value * value;
                sums.push(*all);
            }
        }
        Self(sums)
    }

    fn levels(&self, from: usize) -> Vec<Levels> {
        let last = self.0[0].len() - 1;
        let begins = (from..).step_by(HOP).take_while(|begin| begin + WINDOW <= last);
        let db = |sums: &[f64], at: usize| {
            10.0 * ((sums[at + WINDOW] - sums[at]).max(0.0) / WINDOW as f64 + 1e-9).log10()
        };
        // Steps are softer than samples.
        begins.map(|at| [db(&self.0[0], at), db(&self.0[1], at) + 12.0]).collect()
    }
}

/// What is stored: loudness and brightness, a line for each moment.
pub fn read(stored: &str) -> Vec<Levels> {
    let pair = |line: &str| {
        let mut numbers = line.split_whitespace().map(|word| word.parse().ok());
        Some([numbers.next()??, numbers.next()??])
    };
    stored.lines().filter_map(pair).collect()
}

/// What is wrong, or what was found.
pub fn compare(
    recording: &Recording,
    stored: &[Levels],
    encoder_ratio: Option<usize>,
) -> Result<String, String> {
    let heard = recording.outputs.first().map(Vec::as_slice).unwrap_or_default();
    let latency = recording.latency_frames;
    // The decoder takes whole groups, and the two may have begun at any two moments.
    let (least, most) = match encoder_ratio {
        Some(ratio) => (latency + latency / ratio * ratio, latency + latency / ratio * ratio + ratio),
        None => (latency, latency),
    };
    let sums = Sums::of(heard);
    let distances = (least.saturating_sub(STEP)..=most + STEP)
        .step_by(STEP)
        .map(|delay| (delay, distance(&sums.levels(delay), stored)));
    let nearest = distances.min_by(|a, b| a.1[0].total_cmp(&b.1[0]));
    let Some((delay, [loudness, brightness])) = nearest.filter(|(_, [db, _])| db.is_finite()) else {
        return Err("it is no sound that can be compared".into());
    };
    let end = heard.len().min(recording.input.len() + least);
    let begin = least.min(end);
    let jump = |at: usize| if at == 0 { 0.0 } else { (heard[begin + at] - heard[begin + at - 1]).abs() };
    let gaps = Gaps::count(&heard[begin..end], CLICK, |_| true, jump);
    let text = format!(
        "{loudness:.1} dB from the stored loudness and {brightness:.1} dB from the stored brightness on average (at most \
         {MOST_DB}), {delay} samples after the input, {}",
        gaps.text()
    );
    let right = loudness <= MOST_DB && brightness <= MOST_DB && gaps.none() && peak(heard) <= 2.0;
    if right { Ok(text) } else { Err(text) }
}

/// By how much levels differ on average, in dB; infinite where there is nothing to compare.
fn distance(heard: &[Levels], stored: &[Levels]) -> Levels {
    if heard.len() * 2 < stored.len() {
        return [f64::INFINITY; 2];
    }
    [0, 1].map(|which| {
        let pairs = heard.iter().zip(stored).map(|(heard, stored)| (heard[which], stored[which]));
        let audible: Vec<f64> = pairs
            .filter(|(heard, stored)| heard.max(*stored) > FLOOR_DB)
            .map(|(heard, stored)| (heard.max(FLOOR_DB) - stored.max(FLOOR_DB)).abs())
            .collect();
        if audible.is_empty() { f64::INFINITY } else { audible.iter().sum::<f64>() / audible.len() as f64 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Something that becomes louder and softer, and brighter and darker.
    fn sound() -> Vec<f32> {
        let mut phase = 0.0_f64;
        let sample = |n: u32| {
            let t = f64::from(n) / 44_100.0;
            phase += 0.02 + 0.1 * (t * 3.0).sin().powi(2);
            ((0.01 + 0.4 * (t * 5.0).sin().powi(2)) * phase.sin()) as f32 + 1e-6
        };
        (0..60_000).map(sample).collect()
    }

    fn recorded(latency: usize, delay: usize, spoil: impl Fn(&mut Vec<f32>)) -> Recording {
        let mut heard: Vec<f32> = std::iter::repeat_n(1e-6, delay).chain(sound()).collect();
        spoil(&mut heard);
        Recording { input: sound(), outputs: vec![heard], latency_frames: latency, ..Recording::default() }
    }

    #[test]
    fn stored_levels_are_read_as_they_are_written() {
        let all = levels(&sound());
        let text: String = all.iter().map(|[a, b]| format!("{a:.1} {b:.1}\n")).collect();
        let read = read(&text);
        assert!(all.len() == 57 && read.len() == all.len());
        assert!(all.iter().zip(&read).all(|(a, b)| (a[0] - b[0]).abs() < 0.051));
    }

    #[test]
    fn the_same_sound_is_right_where_it_should_be_and_in_a_chain_within_a_group() {
        let stored = levels(&sound());
        let text = compare(&recorded(4_032, 4_032, |_| {}), &stored, None).expect("right");
        assert!(
            text.starts_with("0.0 dB") && text.contains(" 4032 samples after the input, no click"),
            "{text}"
        );
        for more in [0, 300, 511] {
            assert!(compare(&recorded(4_032, 7_616 + more, |_| {}), &stored, Some(512)).is_ok(), "{more}");
        }
        assert!(compare(&recorded(4_032, 12_000, |_| {}), &stored, Some(512)).is_err());
    }

    #[test]
    fn other_levels_another_colour_gaps_and_clicks_are_wrong() {
        let stored = levels(&sound());
        let wrong = |spoil: &dyn Fn(&mut Vec<f32>)| compare(&recorded(4_032, 4_032, spoil), &stored, None);
        let softer = wrong(&|heard| heard.iter_mut().for_each(|sample| *sample *= 0.7));
        assert!(softer.is_err_and(|why| why.starts_with("3.")));
        let darker = wrong(&|heard| {
            let mut low = 0.0;
            heard.iter_mut().for_each(|sample| {
                low += (*sample - low) * 0.02;
                *sample = low;
            });
        });
        assert!(darker.is_err());
        let gap = wrong(&|heard| heard[30_000..30_256].fill(0.0));
        assert!(gap.is_err_and(|why| why.ends_with("dropouts: 1 of 256 samples together")));
        let click = wrong(&|heard| heard[30_000] += 0.9);
        assert!(click.is_err_and(|why| why.ends_with("clicks: 1, no dropout")));
        assert!(wrong(&|heard| heard.truncate(100)).is_err());
        assert!(wrong(&|heard| heard.fill(f32::NAN)).is_err());
    }
}
