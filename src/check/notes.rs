//! Notes about a method besides the verdict.

use super::step::Step;

/// What is wrong with an export without streaming.
pub const CLICKS: &str = "exported without --streaming: expect clicks at the borders of buffers";

/// The buffer that it needs, in samples, where that is not the one that was asked for.
pub fn buffer(steps: &[Step]) -> Option<usize> {
    steps.iter().find_map(|step| match step {
        Step::Buffer(frames) => Some(*frames),
        _ => None,
    })
}

/// One line for each thing.
pub fn of(method: &str, steps: &[Step], asked_for: usize) -> Vec<String> {
    let note = |step: &Step| match step {
        Step::Buffer(frames) => Some(format!(
            "{method}: a buffer of {frames} samples, as it does not work with {asked_for}; boxes take that by themselves"
        )),
        Step::Needs { messages, fault } => {
            Some(format!("{method}: send {messages} first, until then: {fault}"))
        }
        Step::Whole(fault) => Some(format!("{method}: takes whole numbers, given sound: {fault}")),
        Step::Clicks { border, inside } => Some(format!(
            "{method}: {CLICKS} (second difference {} there against {})",
            two_digits(*border),
            two_digits(*inside)
        )),
        _ => None,
    };
    steps.iter().filter_map(note).collect()
}

/// As short as it can be and tell: 0.29, 0.00064.
fn two_digits(value: f32) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let places = (1.0 - value.abs().log10().floor()).clamp(0.0, 9.0) as usize;
    format!("{value:.places$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_told_to_two_digits() {
        for (value, text) in
            [(0.2913, "0.29"), (0.000_644, "0.00064"), (1.0, "1.0"), (0.0, "0"), (12.3, "12")]
        {
            assert_eq!(two_digits(value), text);
        }
    }
}
