//! Sizes, ages and the state of a source, in words.
//!
//! Thread: any but audio.

use std::time::Duration;

use crate::listing::Answered;

/// What is to be said of a source that did not answer well.
pub fn state(answered: &Answered) -> Option<String> {
    let fault = answered.fault.as_ref()?;
    Some(match answered.age {
        Some(age) => {
            format!(
                "source {}: {fault}; its {} models are from {} ago",
                answered.source,
                answered.models,
                ago(age)
            )
        }
        None => format!("source {}: {fault}", answered.source),
    })
}

/// An age in one word and a number.
pub fn ago(age: Duration) -> String {
    let seconds = age.as_secs();
    let (number, unit) = match seconds {
        0..120 => (seconds, "second"),
        120..7_200 => (seconds / 60, "minute"),
        7_200..172_800 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// A length as people read it.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_sizes_are_short() {
        let ages = [1, 90, 121, 7_199, 7_200, 90_000, 172_800, 10_000_000];
        let said = ages.map(|seconds| ago(Duration::from_secs(seconds)));
        assert_eq!(
            said,
            [
                "1 second",
                "90 seconds",
                "2 minutes",
                "119 minutes",
                "2 hours",
                "25 hours",
                "2 days",
                "115 days"
            ]
        );
        assert_eq!(
            [999, 1_000, 12_345_678, 2_000_000_000].map(size),
            ["999 B", "1.0 kB", "12.3 MB", "2.00 GB"]
        );
    }
}
