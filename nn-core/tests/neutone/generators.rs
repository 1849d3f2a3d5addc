//! Generators exported by the SDK against its own answers (`tests/neutone`): to the last bit, for they are one call.

use std::path::{Path, PathBuf};

use nn_core::{
    generator::Settings,
    model::{ModelLocation, ModelSource},
    value::{SoundBuffer, Value},
};
use serde_json::Value as Json;

use crate::{sdk::of_versions, torch_stand};

const RATE_HZ: u32 = 44_100;

/// What one file was asked.
struct Order {
    folder: PathBuf,
    said: Json,
}

impl Order {
    fn name(&self) -> &str {
        self.said["name"].as_str().expect("a name")
    }

    fn list(&self, key: &str) -> &[Json] {
        self.said[key].as_array().unwrap_or_else(|| panic!("{key} in {}", self.said))
    }

    /// Its sounds, `in` or `out`, with these numbers of channels.
    fn sounds(&self, kind: &str, channels: &str) -> Vec<SoundBuffer> {
        let read = |(at, channels): (usize, &Json)| {
            let path = self.folder.join(format!("{}.{kind}{at}.f32", self.name()));
            let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let samples = bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
            let channels = channels.as_u64().expect("a number") as usize;
            SoundBuffer { channels, samples, sample_rate_hz: RATE_HZ }
        };
        self.list(channels).iter().enumerate().map(read).collect()
    }
}

fn orders_in(folder: &Path) -> Option<Vec<Order>> {
    let text = std::fs::read_to_string(folder.join("generators.json")).ok()?;
    let listed: Json = serde_json::from_str(&text).expect("a list of orders");
    let order = |said: &Json| Order { folder: folder.join("generators"), said: said.clone() };
    Some(listed.as_array().expect("a list").iter().map(order).collect())
}

/// What each parameter is set to, as it would be typed.
fn set(settings: &mut Settings, order: &Order) {
    let [numbers, texts, tokens] = ["rows", "texts", "tokens"].map(|key| order.list(key));
    match order.said["file"].as_str() {
        Some("verse.nm") => {
            let number = |at: usize| numbers[at].as_f64().expect("a number");
            settings.set("level", &[Value::Float(number(0))]).expect("level");
            // Of three.
            settings.set("octave", &[Value::Int((number(1) * 2.0) as i64)]).expect("octave");
            let verse = Value::String(texts[0].as_str().expect("words").into());
            settings.set("verse", &[verse]).expect("verse");
            let keys = tokens[0].as_array().expect("a list").iter();
            let keys: Vec<_> = keys.map(|key| Value::Int(key.as_i64().expect("whole"))).collect();
            settings.set("keys", &keys).expect("keys");
        }
        _ => settings.set("gain", &[Value::Float(numbers[0].as_f64().expect("a number"))]).expect("gain"),
    }
}

#[test]
fn generators_of_the_sdk_make_what_they_make_there() {
    for order in of_versions(&["1.5"], orders_in) {
        let file = order.folder.join(order.said["file"].as_str().expect("a file"));
        let model = torch_stand::source().load(&ModelLocation::from(&file)).expect("it loads");
        let mut generator = model.generator().expect("a generator").expect("a copy");
        let mut settings = Settings::new(generator.spec());
        set(&mut settings, &order);
        let frames = order.said["frames"].as_u64().expect("frames") as usize;
        let progress = generator.progress().expect("a watch");
        let asked = settings.order(RATE_HZ, order.sounds("in", "ins"), frames);
        let made = generator.generate(&asked).unwrap_or_else(|error| panic!("{}: {error}", order.said));
        assert_eq!(made, order.sounds("out", "outs"), "{}", order.said);
        assert!(progress.percent().is_some(), "{}: it tells how far it is", order.said);
    }
}
