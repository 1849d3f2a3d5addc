//! The Max for Live device: an effect whose model is chosen in a menu. A file of Max for Live is a patcher in chunks: what kind
//! of device it is, something about it, the patcher; each with a name of four letters and its length, least byte first.

use serde_json::{Value, json};

use super::sheet::{Placed, Sheet, patcher};

/// An audio effect; also as the number that a patcher's project has for it.
const AUDIO_EFFECT: &[u8; 4] = b"aaaa";
/// The box, for each side.
const BOX: &str = "nn~ drive.nm forward 1024";
/// What the menu offers: models of the package with one signal in and out. Dials that are not of a model do nothing to it.
const MODELS: [&str; 4] = ["drive.nm", "codec", "delay", "gain"];
/// The latency of the box at Live's vectors of 64 samples, which Live makes up for: buffer, less a vector, and as much again for
/// the model.
const LATENCY_FRAMES: usize = 1_984;
const HEIGHT: usize = 169;
const WIDTH: usize = 320;

/// A dial of the device: name, the message that it sends, where it begins.
const DIALS: [(&str, &str, f64); 4] = [
    ("Drive", "prepend set drive", 0.5),
    ("Tone", "prepend set tone", 0.6),
    ("Wet", "prepend wet", 1.0),
    ("Dry", "prepend dry", 0.0),
];

/// `nn~ effect.amxd`.
pub fn file() -> Vec<u8> {
    let patcher = serde_json::to_string_pretty(&json!({ "patcher": device() })).unwrap_or_default();
    let patcher = format!("{patcher}\n\0").into_bytes();
    let mut file = Vec::new();
    for (name, content) in
        [(b"ampf", &AUDIO_EFFECT[..]), (b"meta", &0_u32.to_le_bytes()[..]), (b"ptch", &patcher)]
    {
        file.extend_from_slice(name);
        file.extend_from_slice(&u32::try_from(content.len()).unwrap_or(0).to_le_bytes());
        file.extend_from_slice(content);
    }
    file
}

/// The patcher of a device.
fn device() -> Value {
    let (sheet, parameters) = sheet();
    let (boxes, lines) = sheet.boxes_and_lines();
    let mut device = patcher(boxes, lines);
    let keys = [
        ("openrect", json!([0.0, 0.0, WIDTH as f64, HEIGHT as f64])),
        ("openinpresentation", json!(1)),
        ("devicewidth", json!(WIDTH as f64)),
        ("parameters", parameters),
        ("dependency_cache", json!([])),
        ("latency", json!(LATENCY_FRAMES)),
        ("project", project()),
        ("autosave", json!(0)),
    ];
    for (key, value) in keys {
        device[key] = value;
    }
    device
}

fn project() -> Value {
    json!({
        "version": 1,
        "creationdate": 3_590_052_493_u64,
        "modificationdate": 3_590_052_493_u64,
        "viewrect": [0.0, 0.0, 300.0, 500.0],
        "autoorganize": 1,
        "hideprojectwindow": 1,
        "showdependencies": 1,
        "autolocalize": 0,
        "contents": { "patchers": {} },
        "layout": {},
        "searchpath": {},
        "detailsvisible": 0,
        "amxdtype": u32::from_be_bytes(*AUDIO_EFFECT),
        "readonly": 0,
        "devpathtype": 0,
        "devpath": ".",
        "sortmode": 0,
        "viewmode": 0,
        "includepackages": 0,
    })
}

/// Boxes and cords, and the device's parameters by the numbers of their boxes.
pub fn sheet() -> (Sheet, Value) {
    let mut s = Sheet::new("effect", "nn~ as an effect in Live: choose a model, turn its dials");
    s.column(0, "sound");
    let input = s.object(0, "plugin~", 2, &["signal", "signal"]);
    s.skip(6);
    let sides = [0, 1].map(|side| {
        let this = s.object(260 * side, BOX, 3, &["signal", ""]);
        s.cord(input, side, this, 0);
        this
    });
    s.skip(3);
    let print = s.object(190, "print nn~", 1, &[]);
    s.cord(sides[0], 1, print, 0);
    s.skip(3);
    let output = s.object(0, "plugout~", 2, &["signal", "signal"]);
    for (side, this) in sides.into_iter().enumerate() {
        s.cord(this, 0, output, side);
    }
    let mut parameters = serde_json::Map::new();
    s.column(560, "what is shown in Live");
    let shown = |s: &mut Sheet, to: Placed| sides.iter().for_each(|this| s.cord(to, 0, *this, 0));
    let menu = parameter(
        "Model",
        json!({ "parameter_enum": MODELS, "parameter_mmax": MODELS.len() - 1, "parameter_type": 2 }),
        0.0,
    );
    let place = json!([14.0, 20.0, 110.0, 16.0]);
    let menu = s.control(0, "live.menu", [110, 16], 1, &["", "", "float"], &keys("Model", menu, &place));
    let load = s.object(200, "prepend load", 1, &[""]);
    s.cord(menu, 1, load, 0);
    shown(&mut s, load);
    parameters.insert(menu.id(), json!(["Model", "Model", 0]));
    for (at, (name, sends, begins)) in DIALS.into_iter().enumerate() {
        s.skip(2);
        let value = parameter(
            name,
            json!({ "parameter_type": 0, "parameter_mmax": 1.0, "parameter_unitstyle": 1 }),
            begins,
        );
        let place = json!([14.0 + 72.0 * at as f64, 60.0, 44.0, 48.0]);
        let dial = s.control(0, "live.dial", [44, 48], 1, &["", "float"], &keys(name, value, &place));
        let message = s.object(200, sends, 1, &[""]);
        s.cord(dial, 0, message, 0);
        shown(&mut s, message);
        parameters.insert(dial.id(), json!([name, name, 0]));
    }
    let banks = DIALS.map(|(name, ..)| name).into_iter().chain(["Model", "-", "-", "-"]).collect::<Vec<_>>();
    parameters
        .insert("parameterbanks".into(), json!({ "0": { "index": 0, "name": "nn~", "parameters": banks } }));
    parameters.insert("inherited_shortname".into(), json!(1));
    (s, Value::Object(parameters))
}

/// What Live knows of a parameter.
fn parameter(name: &str, more: Value, begins: f64) -> Value {
    let mut value = json!({
        "parameter_longname": name,
        "parameter_shortname": name,
        "parameter_modmode": 0,
        "parameter_initial_enable": 1,
        "parameter_initial": [begins],
    });
    if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
        value.extend(more);
    }
    value
}

fn keys(name: &str, value: Value, place: &Value) -> [(&'static str, Value); 5] {
    [
        ("parameter_enable", json!(1)),
        ("presentation", json!(1)),
        ("presentation_rect", place.clone()),
        ("saved_attribute_attributes", json!({ "valueof": value })),
        ("varname", json!(name)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_three_chunks_of_the_lengths_that_they_state() {
        let file = file();
        let mut rest = &file[..];
        let mut chunks = Vec::new();
        while let [a, b, c, d, e, f, g, h, more @ ..] = rest {
            let length = u32::from_le_bytes([*e, *f, *g, *h]) as usize;
            chunks.push(([*a, *b, *c, *d], &more[..length]));
            rest = &more[length..];
        }
        let names: Vec<_> = chunks.iter().map(|(name, _)| name).collect();
        assert_eq!((names, rest.len()), (vec![b"ampf", b"meta", b"ptch"], 0));
        assert_eq!((chunks[0].1, chunks[1].1), (&b"aaaa"[..], &[0; 4][..]));
        let [json @ .., b'\n', 0] = chunks[2].1 else { panic!("it does not end with a zero") };
        let read: Value = serde_json::from_slice(json).expect("JSON");
        assert_eq!(read["patcher"]["project"]["amxdtype"], 1_633_771_873);
        assert_eq!(read["patcher"]["openinpresentation"], 1);
    }

    #[test]
    fn every_parameter_is_a_box_that_is_shown() {
        let (sheet, parameters) = sheet();
        let (boxes, _) = sheet.boxes_and_lines();
        let shown: Vec<_> = boxes.iter().filter(|entry| entry["box"]["presentation"] == 1).collect();
        assert_eq!(shown.len(), DIALS.len() + 1);
        for entry in shown {
            let this = &entry["box"];
            let named = &parameters[this["id"].as_str().expect("an id")];
            assert_eq!(named[0], this["saved_attribute_attributes"]["valueof"]["parameter_longname"]);
            let place = this["presentation_rect"].as_array().expect("a place");
            let end = |at: usize| place[at].as_f64().unwrap_or(0.0) + place[at + 2].as_f64().unwrap_or(0.0);
            assert!(end(0) <= WIDTH as f64 && end(1) <= HEIGHT as f64);
        }
    }
}
