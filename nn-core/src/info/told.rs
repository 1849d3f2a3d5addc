//! What a file tells beyond methods and attributes: its makers, its terms, its parameters, how it wants to be played.
//!
//! Thread: any but audio.

use nn_model::{
    About, Sounds,
    effect::{Mix, ModelKind, Parameter, ParameterKind},
    generator::SoundSpec,
    shown::plain,
    spec::ModelSpec,
};

use super::Tree;

/// Keys and values of what a file tells people.
pub(super) fn about(about: &About) -> Vec<(&'static str, Tree)> {
    let text = |text: &Option<String>| text.as_deref().map(|text| Tree::text(plain(text)));
    let several = |texts: &[String]| (!texts.is_empty()).then(|| shown(texts));
    let links =
        about.links.iter().map(|(name, link)| (plain(name), Tree::text(plain(link)))).collect::<Vec<_>>();
    let told = [
        ("name", text(&about.name)),
        ("authors", several(&about.authors)),
        ("version", text(&about.version)),
        ("about", text(&about.short)),
        ("description", text(&about.long)),
        ("technical", text(&about.technical)),
        ("links", (!links.is_empty()).then_some(Tree::Map(links))),
        ("tags", several(&about.tags)),
        ("citation", text(&about.citation)),
        ("licence", text(&about.licence)),
        ("experimental", about.experimental.map(Tree::Flag)),
        ("sdk", text(&about.sdk)),
        ("pytorch", text(&about.pytorch)),
        ("delay", about.delay_frames.map(Tree::count)),
        ("sounds", about.sounds.filter(|sounds| sounds.pairs > 0).map(sounds)),
    ];
    told.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

fn sounds(sounds: Sounds) -> Tree {
    map([("pairs", Tree::count(sounds.pairs as u64)), ("bytes", Tree::count(sounds.bytes))])
}

/// Keys and values of how it wants to be played; none of models made for nn~.
pub(super) fn playing(spec: &ModelSpec) -> Vec<(&'static str, Tree)> {
    let kind = match spec.kind {
        ModelKind::Streaming => return Vec::new(),
        ModelKind::Effect => "fx",
        ModelKind::Generator => "gen",
    };
    let native = &spec.native;
    let parameters = spec.parameters.iter().map(|one| (one.attribute.clone(), map(parameter(one)))).collect();
    let mut told = vec![
        ("kind", Tree::text(kind)),
        ("parameters", Tree::Map(parameters)),
        ("native_rates", counts(native.rates_hz.iter().map(|&hz| hz.into()))),
        ("native_buffers", counts(native.buffers_frames.iter().map(|&frames| frames as u64))),
        ("look_behind", Tree::count(native.look_behind_frames as u64)),
    ];
    told.extend(spec.mix.iter().flat_map(mix));
    if spec.kind == ModelKind::Generator {
        told.extend([
            ("takes", whole_sounds("in", &spec.sounds.inputs)),
            ("makes", whole_sounds("out", &spec.sounds.outputs)),
        ]);
    }
    told
}

/// The sounds that a generator takes or makes, by their places: labels may be missing, or those of others.
fn whole_sounds(word: &str, sounds: &[SoundSpec]) -> Tree {
    let sound = |(at, sound): (usize, &SoundSpec)| {
        let label = (!sound.label.is_empty()).then(|| ("label", Tree::text(plain(&sound.label))));
        let entries = [("channels", Tree::count(sound.channels as u64))].into_iter().chain(label);
        (format!("{word}{}", at + 1), map(entries))
    };
    Tree::Map(sounds.iter().enumerate().map(sound).collect())
}

fn mix(mix: &Mix) -> [(&'static str, Tree); 3] {
    let gains = [("input", real(mix.input_gain_db)), ("output", real(mix.output_gain_db))];
    [("wet", real(mix.wet)), ("dry", real(mix.dry)), ("gains", map(gains))]
}

/// What is told of a parameter, by key: what `nn.info` sends of it, too.
pub(super) fn parameter(parameter: &Parameter) -> Vec<(&'static str, Tree)> {
    let mut told = vec![("key", Tree::text(plain(&parameter.key)))];
    let text = |key, text: &str| (!text.is_empty()).then(|| (key, Tree::text(plain(text))));
    told.extend(text("name", &parameter.name));
    told.extend(text("description", &parameter.description));
    told.push(("used", Tree::Flag(true)));
    let default = ("default", Tree::Real(parameter.default_value));
    match &parameter.kind {
        ParameterKind::Continuous { min, max } => {
            told.extend([default, ("min", Tree::Real(*min)), ("max", Tree::Real(*max))]);
        }
        ParameterKind::Choice { labels } => told.extend([default, ("labels", shown(labels))]),
        ParameterKind::Text { most_characters } => {
            told.push(("most_characters", Tree::count(*most_characters as u64)));
        }
        ParameterKind::Tokens { most_tokens } => {
            told.push(("most_tokens", Tree::count(*most_tokens as u64)));
        }
    }
    told
}

/// A number of single precision, without the digits that it does not have.
fn real(number: f32) -> Tree {
    Tree::Real((f64::from(number) * 1e6).round() / 1e6)
}

fn counts(counts: impl Iterator<Item = u64>) -> Tree {
    Tree::List(counts.map(Tree::count).collect())
}

fn map(entries: impl IntoIterator<Item = (&'static str, Tree)>) -> Tree {
    Tree::Map(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Texts that are only read; names are given as they are.
pub(super) fn shown(texts: &[String]) -> Tree {
    Tree::texts(texts.iter().map(|text| plain(text)))
}
