//! Input for trials of a method: sound, or what the labels of its inputs require.
//!
//! Thread: any but audio.

use nn_model::spec::MethodSpec;

/// Kinds of test input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Content {
    /// A soft signal that is nowhere zero.
    Sound,
    /// Silence; inputs with a range get the number nearest to zero.
    Silence,
    /// A slow wave, this many samples after it began: smooth wherever it is cut.
    Wave(usize),
}

/// What an input takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A signal.
    Sound,
    /// Whole numbers from one to another: classes, steps.
    Whole(i32, i32),
    /// Numbers from one to another.
    Range(f32, f32),
}

/// Words in labels of inputs that take whole numbers.
const WHOLE: &[&str] = &[
    "category",
    "categorical",
    "choice",
    "class",
    "code",
    "codebook",
    "id",
    "idx",
    "index",
    "instrument",
    "int",
    "integer",
    "key",
    "label",
    "midi",
    "mode",
    "note",
    "number",
    "octave",
    "pitch",
    "program",
    "speaker",
    "step",
    "symbol",
    "token",
];
/// Wider ranges are no plausible label.
const WIDEST: f32 = 1e6;
/// A wave's length in samples of its input, and its height.
const WAVE_FRAMES: f32 = 1000.0;
const WAVE_LEVEL: f32 = 0.5;

impl Kind {
    /// Parses the label of an input.
    pub fn of(label: &str) -> Self {
        let label = label.to_lowercase();
        let words: Vec<&str> =
            label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let plural = |word: &str| {
            let stem = word.strip_suffix("es").filter(|stem| WHOLE.contains(stem)).or(word.strip_suffix('s'));
            stem.is_some_and(|stem| WHOLE.contains(&stem)) || word == "categories" || word == "indices"
        };
        let many = words.iter().any(|word| plural(word));
        let whole = many || words.iter().any(|word| WHOLE.contains(word));
        let range = range(&label, whole);
        match range {
            Some((low, high)) if whole => Self::Whole(low.ceil() as i32, high.floor() as i32),
            Some((low, high)) => Self::Range(low, high),
            // "12 classes", "class < 12"
            None if many || (whole && label.contains('<')) => {
                let count = words.iter().find_map(|word| word.parse::<i32>().ok());
                let inclusive = i32::from(label.contains("<="));
                Self::Whole(0, count.map_or(1, |count| (count - 1 + inclusive).clamp(0, WIDEST as i32)))
            }
            None if whole => Self::Whole(0, 1),
            None => Self::Sound,
        }
    }

    /// The value of a channel's frame.
    fn value(self, content: Content, channel: usize, frame: usize) -> f32 {
        let at = channel * 131 + frame;
        match (self, content) {
            (Self::Sound, Content::Sound) => ((at * 7919) % 1000) as f32 * 2e-4 - 0.1,
            (Self::Sound, Content::Silence) => 0.0,
            (Self::Sound, Content::Wave(begin)) => {
                WAVE_LEVEL * ((begin + frame) as f32 / WAVE_FRAMES * std::f32::consts::TAU).cos()
            }
            (Self::Whole(low, high), Content::Sound) => {
                (low + (at / 64) as i32 % (high - low).saturating_add(1).max(1)) as f32
            }
            (Self::Range(low, high), Content::Sound) => {
                low + (high - low) * ((at * 7919) % 1000) as f32 * 1e-3
            }
            (Self::Whole(low, high), _) => 0.clamp(low, high.max(low)) as f32,
            (Self::Range(low, high), _) => 0.0f32.clamp(low, high),
        }
    }
}

/// Two numbers with a sign between them that makes them a range; in brackets, unless the label is one of whole numbers.
fn range(label: &str, anywhere: bool) -> Option<(f32, f32)> {
    let begin = if anywhere { 0 } else { label.find(['(', '[', '{'])? };
    let text: Vec<char> = label.get(begin..)?.chars().collect();
    let number = |at: usize, signed: bool| -> Option<(f32, usize)> {
        let sign = usize::from(signed && text.get(at) == Some(&'-'));
        let digits = text.get(at + sign..)?.iter().take_while(|c| c.is_ascii_digit() || **c == '.');
        let digits: String = digits.collect();
        // "0..9": the dots are the sign between the two.
        let digits = digits.split("..").next().unwrap_or_default().trim_end_matches('.');
        let value: f32 = digits.parse().ok()?;
        Some((if sign == 1 { -value } else { value }, at + sign + digits.len()))
    };
    let spaces = |at: usize| {
        at + text.get(at..).map_or(0, |rest| rest.iter().take_while(|c| c.is_whitespace()).count())
    };
    (0..text.len()).find_map(|at| {
        let joins_word = at > 0 && (text[at - 1].is_alphanumeric() || text[at - 1] == '.');
        let (low, end) = number(at, true).filter(|_| !joins_word)?;
        let after = spaces(end);
        let rest: String = text[after..].iter().collect();
        let between = ["...", "..", "-", "–", "—", "to ", ",", ":", ";"]
            .iter()
            .find(|sign| rest.starts_with(**sign))?;
        let (high, _) = number(spaces(after + between.chars().count()), true)?;
        (low < high && high - low <= WIDEST).then_some((low, high))
    })
}

/// Input for a run of a method: `[batch, in_channels, frames]`.
pub fn input(method: &MethodSpec, batch: usize, frames: usize, content: Content) -> Vec<f32> {
    let kinds = kinds(method);
    let mut samples = Vec::with_capacity(batch * method.in_channels * frames);
    for lane in 0..batch * method.in_channels {
        let channel = lane % method.in_channels;
        samples.extend((0..frames).map(|frame| kinds[channel].value(content, channel, frame)));
    }
    samples
}

/// What each input takes.
pub fn kinds(method: &MethodSpec) -> Vec<Kind> {
    let sounds = method.in_channels - method.parameters;
    let kind = |channel: usize| match method.input_labels.get(channel) {
        _ if channel >= sounds => Kind::Range(0.0, 1.0),
        Some(label) => Kind::of(label),
        None => Kind::Sound,
    };
    (0..method.in_channels).map(kind).collect()
}

/// Of each input: whether it takes a signal, and not classes, numbers of a range or a parameter.
pub fn takes_signals(method: &MethodSpec) -> Vec<bool> {
    let parameters_from = method.in_channels.saturating_sub(method.parameters);
    let is_signal = |(channel, kind): (usize, &Kind)| channel < parameters_from && *kind == Kind::Sound;
    kinds(method).iter().enumerate().map(is_signal).collect()
}

/// How many inputs of a method can be heard beside its sound: those that take a signal, where inputs and outputs are of the
/// same kind.
pub fn dry_channels(method: &MethodSpec) -> usize {
    if method.in_ratio != method.out_ratio {
        return 0;
    }
    takes_signals(method).into_iter().filter(|&is_signal| is_signal).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_what_an_input_takes() {
        for (label, kind) in [
            ("(signal) model input 0", Kind::Sound),
            ("audio", Kind::Sound),
            ("latent 3", Kind::Sound),
            ("class (0-9)", Kind::Whole(0, 9)),
            ("pitch [0, 11]", Kind::Whole(0, 11)),
            ("octave 1..8", Kind::Whole(1, 8)),
            ("step from 0 to 127", Kind::Whole(0, 127)),
            ("12 classes", Kind::Whole(0, 11)),
            ("class < 12", Kind::Whole(0, 11)),
            ("Speaker id", Kind::Whole(0, 1)),
            ("class 3", Kind::Whole(0, 1)),
            ("steps: 16", Kind::Whole(0, 15)),
            ("gain (0-1)", Kind::Range(0.0, 1.0)),
            ("bend [-1.5, 1.5]", Kind::Range(-1.5, 1.5)),
            ("band 20-200", Kind::Sound),
            ("(2-1)", Kind::Sound),
            ("größe", Kind::Sound),
            ("class (0–9)", Kind::Whole(0, 9)),
        ] {
            assert_eq!(Kind::of(label), kind, "{label}");
        }
    }

    #[test]
    fn values_are_in_their_range_and_whole_ones_reach_both_ends() {
        let mut method = MethodSpec::from_params("forward", &[3, 1, 1, 1]).expect("legal");
        method.input_labels = ["audio", "class (2-4)", "mix (0.5-1)"].map(str::to_owned).into();
        for content in [Content::Sound, Content::Silence, Content::Wave(7)] {
            let samples = input(&method, 2, 512, content);
            assert_eq!(samples.len(), 2 * 3 * 512);
            for lanes in samples.chunks_exact(3 * 512) {
                let (classes, mixes) = (&lanes[512..1024], &lanes[1024..]);
                assert!(classes.iter().all(|v| [2.0, 3.0, 4.0].contains(v)), "{content:?}");
                assert!(mixes.iter().all(|v| (0.5..=1.0).contains(v)), "{content:?}");
                assert!(content != Content::Sound || (classes.contains(&2.0) && classes.contains(&4.0)));
                assert!(content != Content::Silence || lanes[..512].iter().all(|&v| v == 0.0));
            }
        }
    }
}
