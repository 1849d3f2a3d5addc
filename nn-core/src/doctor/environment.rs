//! Variables of the environment that change what boxes do.
//!
//! Thread: any but audio.

use super::check::Check;
use crate::info::Tree;
use nn_model::shown::shortened;

/// What all of them begin with.
const BEGIN: &str = "NN_";
/// The most characters of a value that are shown.
const MOST_SHOWN: usize = 60;

/// Those whose values are worth a warning: name, value, what follows, what to do.
const UNUSUAL: [(&str, &str, &str, &str); 3] = [
    (
        "NN_ALLOW_ALL_OPERATORS",
        "1",
        "models may call everything that libtorch has",
        "remove it from the environment unless you made every model yourself",
    ),
    (
        "NN_OPTIMISE",
        "0",
        "this project's convolutions are off",
        "remove it from the environment: models are faster with them",
    ),
    (
        "NN_WORKER",
        "0",
        "models run in the audio callback",
        "remove it from the environment: a model then plays on a thread of its own",
    ),
];

/// The variables that are set.
pub fn set() -> Vec<(String, String)> {
    let text = |value: std::ffi::OsString| value.to_string_lossy().into_owned();
    let all = std::env::vars_os().map(|(name, value)| (text(name), text(value)));
    let mut ours: Vec<_> = all.filter(|(name, value)| name.starts_with(BEGIN) && !value.is_empty()).collect();
    ours.sort();
    ours
}

/// What is said of them.
pub fn check(set: &[(String, String)]) -> Check {
    let unusual: Vec<_> = UNUSUAL
        .iter()
        .filter(|(name, value, ..)| set.iter().any(|(this, its)| this == name && its == value))
        .collect();
    let all: Vec<_> =
        set.iter().map(|(name, value)| format!("{name}={}", shortened(value, MOST_SHOWN))).collect();
    let text = if all.is_empty() { "no NN_ variable is set".to_owned() } else { all.join(" ") };
    let check = if unusual.is_empty() {
        Check::fine("environment", text)
    } else {
        let why: Vec<_> = unusual.iter().map(|(name, _, follows, _)| format!("{name}: {follows}")).collect();
        let cures: Vec<_> = unusual.iter().map(|(name, _, _, cure)| format!("{name}: {cure}")).collect();
        Check::warning("environment", format!("{text}; {}", why.join("; ")), cures.join("; "))
    };
    let facts = set.iter().map(|(name, value)| (name.clone(), Tree::text(value.as_str()))).collect();
    check.with("variables", Tree::Map(facts))
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    #[test]
    fn what_is_set_is_told_and_what_weakens_is_a_warning() {
        let of = |pairs: &[(&str, &str)]| {
            let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
            check(&pairs)
        };
        assert_eq!((of(&[]).state, of(&[]).text.as_str()), (State::Fine, "no NN_ variable is set"));
        let models = of(&[("NN_MODELS", "/m"), ("NN_WORKER", "1")]);
        assert_eq!((models.state, models.text.as_str()), (State::Fine, "NN_MODELS=/m NN_WORKER=1"));
        let weak = of(&[("NN_OPTIMISE", "0"), ("NN_WORKER", "0")]);
        assert_eq!(weak.state, State::Warning);
        assert!(
            weak.text.contains("NN_OPTIMISE: this project's convolutions are off; NN_WORKER: "),
            "{}",
            weak.text
        );
        assert!(weak.cure.as_ref().is_some_and(|cure| cure.contains("NN_WORKER: remove it")), "{weak:?}");
    }
}
