//! What `render` asks: which arrays are the sounds of a generator.

use nn_model::generator::{SoundSpec, Sounds};

use crate::message::Atom;

/// The longest that a model without sounds at its input is asked to play.
const MOST_SECONDS: f64 = 3_000.0;

/// The arrays of each sound, one for all of its channels or one for each.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct RenderOrder {
    pub inputs: Vec<Vec<String>>,
    pub outputs: Vec<Vec<String>>,
    /// How long to play, where there is no input.
    pub seconds: Option<f64>,
}

/// Why nothing is rendered.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(crate) enum OrderError {
    #[error("{0}")]
    Usage(String),
    #[error("{0} seconds: it plays more than 0 and up to {MOST_SECONDS}")]
    Seconds(f64),
    #[error("'{0}' stands for two of its sounds: give each an array of its own")]
    Twice(String),
}

/// Understands what follows `render`, for a model of this title with these sounds.
pub(crate) fn understand(atoms: &[Atom], title: &str, sounds: &Sounds) -> Result<RenderOrder, OrderError> {
    let named = |atoms: &[Atom]| split(&atoms.iter().map(Atom::name).collect::<Option<Vec<_>>>()?, sounds);
    let mut order = named(atoms);
    // A number at the end is a time, also where an array may be called so.
    if let (true, [names @ .., last]) = (sounds.inputs.is_empty(), atoms)
        && let (Some(with_seconds), Some(seconds)) = (named(names), last.number())
    {
        if !(seconds > 0.0 && seconds <= MOST_SECONDS) {
            return Err(OrderError::Seconds(seconds));
        }
        order = Some(RenderOrder { seconds: Some(seconds), ..with_seconds });
    }
    let order = order.ok_or_else(|| OrderError::Usage(usage(title, sounds)))?;
    let mut names: Vec<_> = order.outputs.iter().flatten().collect();
    names.sort();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(OrderError::Twice(pair[0].clone())),
        None => Ok(order),
    }
}

/// The first way in which there are as many names as sounds, or as channels.
fn split(names: &[String], sounds: &Sounds) -> Option<RenderOrder> {
    let by = |sounds: &[SoundSpec], channels: bool| {
        sounds.iter().map(|sound| if channels { sound.channels.max(1) } else { 1 }).collect::<Vec<_>>()
    };
    [(false, false), (true, true), (false, true), (true, false)].into_iter().find_map(|(inputs, outputs)| {
        let (inputs, outputs) = (by(&sounds.inputs, inputs), by(&sounds.outputs, outputs));
        let taken = inputs.iter().sum::<usize>();
        if taken + outputs.iter().sum::<usize>() != names.len() {
            return None;
        }
        let (first, rest) = names.split_at(taken);
        Some(RenderOrder { inputs: grouped(first, &inputs), outputs: grouped(rest, &outputs), seconds: None })
    })
}

fn grouped(mut names: &[String], sizes: &[usize]) -> Vec<Vec<String>> {
    let mut group = |&size: &usize| {
        let (group, rest) = names.split_at(size);
        names = rest;
        group.to_vec()
    };
    sizes.iter().map(&mut group).collect()
}

/// How it is typed for this model.
fn usage(title: &str, sounds: &Sounds) -> String {
    let number = |count: usize| match count {
        1 => "1 sound".to_owned(),
        count => format!("{count} sounds"),
    };
    let places = |word: &str, sounds: &[SoundSpec]| match sounds.len() {
        1 => format!(" {word}"),
        count => (1..=count).map(|at| format!(" {word}{at}")).collect(),
    };
    let (ins, outs) = (&sounds.inputs, &sounds.outputs);
    let typed = format!("render{}{}", places("IN", ins), places("OUT", outs));
    let seconds = if ins.is_empty() { format!(" or {typed} SECONDS") } else { String::new() };
    let takes = if ins.is_empty() { String::new() } else { format!("takes {} and ", number(ins.len())) };
    let is_stereo = ins.iter().chain(outs).any(|sound| sound.channels > 1);
    let stereo = if is_stereo { "; a stereo sound may be two arrays, left and right" } else { "" };
    format!(
        "{title} {takes}makes {}: type {typed}{seconds}, with names of arrays{stereo}",
        number(outs.len())
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::typed;

    fn sounds(inputs: &[usize], outputs: &[usize]) -> Sounds {
        let all = |channels: &[usize]| {
            channels.iter().map(|&channels| SoundSpec { label: String::new(), channels }).collect()
        };
        Sounds { inputs: all(inputs), outputs: all(outputs), ..Sounds::default() }
    }

    /// The groups of inputs, then of outputs, as text.
    fn shown(atoms: &str, sounds: &Sounds) -> Result<(String, String, Option<f64>), String> {
        let text =
            |groups: &[Vec<String>]| groups.iter().map(|group| group.join("+")).collect::<Vec<_>>().join(" ");
        let order = understand(&typed(atoms), "it.nm", sounds).map_err(|error| error.to_string())?;
        Ok((text(&order.inputs), text(&order.outputs), order.seconds))
    }

    #[test]
    fn names_are_for_sounds_or_for_their_channels() {
        for (atoms, inputs, outputs, (ins, outs)) in [
            ("a", &[][..], &[2][..], ("", "a")),
            ("a b", &[], &[2], ("", "a+b")),
            ("a b c", &[1], &[1, 2], ("a", "b c")),
            ("a b c d", &[1], &[1, 2], ("a", "b c+d")),
            ("a b c", &[2], &[1], ("a+b", "c")),
            ("a b c", &[1], &[2], ("a", "b+c")),
            ("a b c d", &[2], &[2], ("a+b", "c+d")),
            // By sounds goes before by channels, inputs by sounds before outputs by sounds.
            ("a b c", &[2], &[2], ("a", "b+c")),
            ("808", &[], &[1], ("", "808")),
        ] {
            let wanted = (ins.to_owned(), outs.to_owned(), None);
            assert_eq!(shown(atoms, &sounds(inputs, outputs)), Ok(wanted), "{atoms} {inputs:?} {outputs:?}");
        }
    }

    #[test]
    fn a_model_without_input_is_told_how_long_to_play() {
        assert_eq!(shown("a 2.5", &sounds(&[], &[1])), Ok((String::new(), "a".into(), Some(2.5))));
        assert_eq!(shown("a 2", &sounds(&[], &[2])), Ok((String::new(), "a".into(), Some(2.0))));
        assert_eq!(shown("a b 2", &sounds(&[], &[1, 2])), Ok((String::new(), "a b".into(), Some(2.0))));
        assert_eq!(shown("a b 3", &sounds(&[], &[2])), Ok((String::new(), "a+b".into(), Some(3.0))));
        for (atoms, seconds) in [("a 0", "0"), ("a -1", "-1"), ("a 3001", "3001")] {
            let line = format!("{seconds} seconds: it plays more than 0 and up to 3000");
            assert_eq!(shown(atoms, &sounds(&[], &[1])), Err(line));
        }
    }

    #[test]
    fn what_does_not_fit_says_how_it_is_typed_for_this_model() {
        for (atoms, inputs, outputs, line) in [
            (
                "a b c",
                &[][..],
                &[1][..],
                "it.nm makes 1 sound: type render OUT or render OUT SECONDS, with names of arrays",
            ),
            (
                "a",
                &[1],
                &[1, 2],
                "it.nm takes 1 sound and makes 2 sounds: type render IN OUT1 OUT2, with names of arrays; a stereo sound may \
                 be two arrays, left and right",
            ),
            (
                "a 2.5",
                &[1],
                &[1],
                "it.nm takes 1 sound and makes 1 sound: type render IN OUT, with names of arrays",
            ),
            ("a a", &[], &[2], "'a' stands for two of its sounds: give each an array of its own"),
        ] {
            assert_eq!(shown(atoms, &sounds(inputs, outputs)), Err(line.to_owned()), "{atoms}");
        }
    }
}
