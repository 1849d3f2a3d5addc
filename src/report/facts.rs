//! Everything that a report tells, as data: a page is made of it, and `--json` prints it.

use nn_core::spec::MethodSpec;
use serde::Serialize;
use serde_json::Value;

use crate::boxes::{AttributeValue, Latency, ModelDelay};

/// A report.
#[derive(Debug, Serialize)]
pub struct Facts {
    /// When, where and with what it was made.
    pub made: Made,
    /// The file.
    pub file: FileFacts,
    /// What is in it, as `nn info --json` has it.
    pub model: Value,
    /// What `nn check` says.
    pub check: CheckFacts,
    /// What `nn bench` says, where that was asked for and the model runs.
    pub speed: Option<SpeedFacts>,
    /// Each method, in the order of the file.
    pub methods: Vec<MethodFacts>,
    /// Each attribute, in the order of the file.
    pub attributes: Vec<AttributeFacts>,
    /// What the methods were given.
    pub sounds: Vec<SoundFacts>,
    /// Of a generator, which has neither methods nor attributes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generator: Option<GeneratorFacts>,
}

impl Facts {
    /// Whether it may be played, or, of a generator, made its sounds.
    pub fn is_good(&self) -> bool {
        self.check.is_fit && self.fault().is_none()
    }

    /// Why a generator that loads made nothing.
    pub fn fault(&self) -> Option<&str> {
        self.generator.as_ref().filter(|_| self.check.is_fit)?.fault.as_deref()
    }

    /// How a verdict looks: that of a generator praises nothing, for it was not played.
    pub fn class(&self, is_good: bool) -> &'static str {
        match (is_good, &self.generator) {
            (true, Some(_)) => "verdict neutral",
            (true, None) => "verdict good",
            (false, _) => "verdict bad",
        }
    }

    /// How the page begins: a class and a line.
    pub fn verdict(&self) -> (&'static str, String) {
        let line = match self.fault() {
            Some(fault) => format!("not fit: a generator that made no sound: {fault}"),
            None => self.check.conclusion.clone(),
        };
        (self.class(self.is_good()), line)
    }
}

/// When, where and with what a report was made.
#[derive(Debug, Serialize)]
pub struct Made {
    /// The day, in UTC.
    pub date: String,
    /// Of this tool.
    pub version: String,
    /// Of the library that computed.
    pub libtorch: Option<String>,
    /// The processor and its cores.
    pub machine: String,
    /// Its system.
    pub system: String,
    /// The boxes' buffer, in samples.
    pub buffer_frames: usize,
}

/// A file on the disk.
#[derive(Debug, Serialize)]
pub struct FileFacts {
    /// Without its folder.
    pub name: String,
    /// What users call its format.
    pub format: Option<String>,
    /// Its length.
    pub bytes: u64,
    /// Of its bytes.
    pub sha256: String,
    /// Where it was downloaded; `None` of a file that the catalog has not brought, or that was changed since.
    pub origin: Option<Origin>,
    /// Why it cannot be used here; none for a model that is expected to run.
    pub problems: Vec<String>,
}

/// Where a model was downloaded. What the file states of author and licence is among what is told of the model.
#[derive(Debug, Serialize)]
pub struct Origin {
    /// The name in the catalog.
    pub card: String,
    /// The name of its source.
    pub source: String,
    /// The source's address; `None` of a folder, and where the source is no longer known.
    pub address: Option<String>,
    /// Whose models the source has, where it says so.
    pub account: Option<String>,
}

/// What `nn check` says.
#[derive(Debug, Default, Serialize)]
pub struct CheckFacts {
    /// Whether it may be played, or, of a generator, rendered.
    pub is_fit: bool,
    /// The last line.
    pub conclusion: String,
    /// Each method at each rate.
    pub rows: Vec<CheckRow>,
    /// Other lines.
    pub notes: Vec<String>,
}

/// One method at one rate.
#[derive(Debug, Serialize)]
pub struct CheckRow {
    /// The method.
    pub method: String,
    /// The host's rate.
    pub rate_hz: u32,
    /// Whether it may be played.
    pub is_fit: bool,
    /// In the words of `nn check`.
    pub verdict: String,
}

/// What `nn bench` says.
#[derive(Debug, Default, Serialize)]
pub struct SpeedFacts {
    /// The command that measures it again.
    pub command: String,
    /// The last line, or why there are no figures.
    pub verdict: String,
    /// Whether the model keeps its time.
    pub is_good: bool,
    /// Lines beside the table.
    pub lines: Vec<String>,
    /// The heads of the table.
    pub heads: Vec<&'static str>,
    /// A row for each buffer.
    pub rows: Vec<Vec<String>>,
    /// SVGs.
    #[serde(skip)]
    pub pictures: Vec<String>,
}

/// One method.
#[derive(Debug, Serialize)]
pub struct MethodFacts {
    /// Its name.
    pub name: String,
    /// Channels and ratios: among what is told of the model.
    #[serde(skip)]
    pub spec: MethodSpec,
    /// Of boxes, by rate of the host and buffer.
    pub latencies: Vec<Latency>,
    /// The model's own delay in samples, where it can be told.
    pub model_delay_frames: Option<usize>,
    /// How that is known: as it was measured, as the file states it.
    pub model_delay: ModelDelay,
    /// What it made of each sound.
    pub heard: Vec<Heard>,
    /// Why there is no more of it.
    pub fault: Option<String>,
}

/// One attribute.
#[derive(Debug, Serialize)]
pub struct AttributeFacts {
    /// Its name.
    pub name: String,
    /// One for each value.
    pub types: Vec<String>,
    /// What a message may set it to, in words; as far as that can be told.
    pub takes: String,
    /// What it holds, and the words that its setter knows, as far as a box could tell.
    pub held: Option<AttributeValue>,
}

/// A generator: it makes whole sounds.
#[derive(Debug, Serialize)]
pub struct GeneratorFacts {
    /// The sounds that it takes.
    pub takes: Vec<WholeSound>,
    /// The sounds that it makes.
    pub makes: Vec<WholeSound>,
    /// In the order of the file.
    pub parameters: Vec<ParameterFacts>,
    /// What it made before anything was set.
    pub made: Vec<MadeSound>,
    /// What it said meanwhile.
    pub notes: Vec<String>,
    /// The command that makes it again.
    pub command: Option<String>,
    /// Why it made nothing.
    pub fault: Option<String>,
}

/// A sound that a generator takes or makes.
#[derive(Debug, Serialize)]
pub struct WholeSound {
    /// Its label, or its place.
    pub name: String,
    /// 1 or 2.
    pub channels: usize,
}

/// One parameter of a generator.
#[derive(Debug, Serialize)]
pub struct ParameterFacts {
    /// As `set` takes it.
    pub name: String,
    /// What kind of value it is, in a word.
    pub kind: &'static str,
    /// What it may be set to, in words.
    pub takes: String,
    /// What it is before anything was set.
    pub default: String,
}

/// What a generator made.
#[derive(Debug, Serialize)]
pub struct MadeSound {
    /// Its name among those that it makes.
    pub sound: String,
    /// As `nn render --json` tells them.
    pub figures: Value,
    /// What was made.
    #[serde(skip)]
    pub media: Media,
}

/// A sound that methods are given.
#[derive(Debug, Serialize)]
pub struct SoundFacts {
    /// The name of its file, without an ending.
    pub name: String,
    /// For people.
    pub title: String,
    /// What it is and what it is good for.
    pub what: String,
    /// Its sound.
    #[serde(skip)]
    pub media: Media,
}

/// What a method made of a sound.
#[derive(Debug, Serialize)]
pub struct Heard {
    /// Which sound; `None` of a method without input.
    pub sound: Option<String>,
    /// What was between the sound and the method: a method that makes latents of sound, or noise.
    pub through: Option<String>,
    /// The command that makes it again.
    pub command: String,
    /// As `nn render --json` tells it.
    pub rendered: Value,
    /// What is wrong with it, in lines.
    pub faults: Vec<String>,
    /// What was made.
    #[serde(skip)]
    pub media: Media,
}

/// What a page shows and plays.
#[derive(Debug, Default)]
pub enum Media {
    /// Nothing.
    #[default]
    None,
    /// Sound.
    Sound {
        /// A FLAC file for each player, and what it is called.
        players: Vec<(String, Vec<u8>)>,
        /// Wave and spectrogram, an SVG.
        picture: String,
        /// What is seen on it.
        alt: String,
    },
    /// Values over time.
    Latents {
        /// An image of channels over time, an SVG.
        picture: String,
        /// What is seen on it.
        alt: String,
    },
}
