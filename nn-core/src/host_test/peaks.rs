//! A box that gives the peak of each group of samples, and holds it for a group: every value is known, wherever its groups
//! begin.
//!
//! Thread: any but audio.

use super::recording::{Recording, peak};

/// With fewer groups nothing is compared.
const FEWEST: usize = 32;

/// What is wrong, or what was found.
pub fn compare(recording: &Recording, group: usize) -> Result<String, String> {
    let heard = recording.outputs.first().map(Vec::as_slice).unwrap_or_default();
    let begin = begin_of_groups(heard, group);
    let (mut groups, mut wrong, mut first) = (0, 0, None);
    for at in (begin..heard.len().saturating_sub(group)).step_by(group) {
        // What was heard before the recording began is unknown.
        let Some(from) = at.checked_sub(recording.latency_frames) else { continue };
        let Some(input) = recording.input.get(from..from + group) else { break };
        let should = peak(input);
        groups += 1;
        if let Some(is) = heard[at..at + group].iter().find(|is| **is != should) {
            wrong += 1;
            first.get_or_insert((groups - 1, *is, should));
        }
    }
    match first {
        _ if groups < FEWEST => Err(format!("only {groups} groups of {group} samples were heard")),
        None => Ok(format!("every value right: {groups} groups of {group} samples")),
        Some((number, is, should)) => Err(format!(
            "{wrong} of {groups} values wrong, the first is that of group {number}: {is}, and should be {should}"
        )),
    }
}

/// Where groups begin: there most of the changes are.
fn begin_of_groups(heard: &[f32], group: usize) -> usize {
    let mut changes = vec![0_u32; group];
    for (at, _) in heard.windows(2).enumerate().filter(|(_, pair)| pair[0] != pair[1]) {
        changes[(at + 1) % group] += 1;
    }
    let most = changes.iter().enumerate().max_by_key(|(_, count)| **count);
    most.map_or(0, |(begin, _)| begin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use nn_engine::noise::noise;

    /// Recorded while groups began at `begin`.
    fn recorded(begin: usize, latency: usize) -> Recording {
        let input = noise(1, 60_000);
        let value = |at: usize| {
            let from = (at + 512).checked_sub(latency + begin).map(|after| after / 512 * 512 + begin);
            let input = from.and_then(|from| input.get(from.checked_sub(512)?..from));
            input.map_or(0.0, peak)
        };
        let outputs = vec![(0..60_000).map(value).collect()];
        Recording { input, outputs, latency_frames: latency, ..Recording::default() }
    }

    #[test]
    fn values_are_right_wherever_groups_begin() {
        for (begin, latency) in [(0, 4_032), (64, 4_032), (511, 960), (300, 0)] {
            let right = compare(&recorded(begin, latency), 512);
            assert!(right.is_ok_and(|text| text.starts_with("every value right: 1")), "{begin} {latency}");
        }
    }

    #[test]
    fn another_latency_and_another_value_are_wrong() {
        let late = Recording { latency_frames: 4_096, ..recorded(64, 4_032) };
        assert!(compare(&late, 512).is_err());
        let mut other = recorded(64, 4_032);
        other.outputs[0][30_000] += 1e-6;
        let wrong = compare(&other, 512).expect_err("one is wrong");
        assert!(wrong.starts_with("1 of 1"), "{wrong}");
        let silent = Recording { outputs: vec![vec![0.0; 5_000]], ..recorded(64, 4_032) };
        assert!(compare(&silent, 512).is_err_and(|why| why.starts_with("only ")));
    }
}
