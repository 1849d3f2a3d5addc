//! The help files for Max, the overview in its menu Extras, the device for Live, and the patches of the self-test, for Pd too.
//! They are written from the descriptions in here and never by hand: `cargo xtask max-help`.

mod audio;
mod device;
mod effects;
mod generators;
mod info;
mod nn;
mod overview;
mod self_test;
mod sheet;

use std::{fs, io};

use serde_json::{Value, json};

use crate::run::{Failure, workspace};
use sheet::{Sheet, patcher};

/// The help files: box and tabs.
fn all() -> Vec<(&'static str, Vec<Sheet>)> {
    vec![
        ("nn~", nn::sheets()),
        ("mc.nn~", audio::mc()),
        ("mcs.nn~", audio::mcs()),
        ("nn.info", info::sheets()),
    ]
}

/// All files, by their place in the tree.
fn files() -> Vec<(String, Vec<u8>)> {
    let text = |value: &Value| (serde_json::to_string_pretty(value).unwrap_or_default() + "\n").into_bytes();
    let help = all().into_iter().map(|(name, sheets)| (format!("help/{name}.maxhelp"), text(&file(&sheets))));
    let max = |name: &str, content: Vec<u8>| (format!("install/max/{name}"), content);
    let patches = [
        max("extras/nn~ Overview.maxpat", text(&patch(&overview::sheet()))),
        max("patchers/nn-selftest.maxpat", text(&patch(&self_test::max_sheet()))),
        max("patchers/nn-selftest-auto.maxpat", text(&patch(&self_test::max_auto()))),
        max("devices/nn~ effect.amxd", device::file()),
        ("help/nn-selftest.pd".into(), self_test::pd_patch().into_bytes()),
        ("help/nn-selftest-auto.pd".into(), self_test::pd_auto().into_bytes()),
    ];
    help.chain(patches).collect()
}

/// Writes all of them.
///
/// # Errors
/// When one cannot be written.
pub fn run() -> Result<(), Failure> {
    for (name, content) in files() {
        let path = workspace().join(&name);
        let failed = |error: io::Error| Failure::new(format!("{}: {error}", path.display()));
        fs::create_dir_all(path.parent().unwrap_or(&path)).map_err(failed)?;
        fs::write(&path, content).map_err(failed)?;
        println!("{name}");
    }
    Ok(())
}

/// A patch without tabs.
fn patch(sheet: &Sheet) -> Value {
    let (boxes, lines) = sheet.boxes_and_lines();
    json!({ "patcher": patcher(boxes, lines) })
}

/// A help file in Max's form: a patcher whose subpatchers are tabs.
fn file(sheets: &[Sheet]) -> Value {
    let tab = |(index, sheet): (usize, &Sheet)| {
        let (boxes, lines) = sheet.boxes_and_lines();
        let mut inside = patcher(boxes, lines);
        inside["showontab"] = json!(1);
        json!({ "box": {
            "id": format!("obj-{}", index + 1),
            "maxclass": "newobj",
            "text": format!("p {}", sheet.name()),
            "numinlets": 0,
            "numoutlets": 0,
            "patching_rect": [20.0 + 120.0 * index as f64, 20.0, 110.0, 22.0],
            "saved_object_attributes": {},
            "patcher": inside,
        } })
    };
    let mut root = patcher(sheets.iter().enumerate().map(tab).collect(), Vec::new());
    root["showrootpatcherontab"] = json!(0);
    root["showontab"] = json!(0);
    json!({ "patcher": root })
}

#[cfg(test)]
mod tests {
    use super::{
        sheet::{HEIGHT, WIDTH},
        *,
    };

    #[test]
    fn the_files_in_the_tree_are_what_the_descriptions_make() {
        for (name, content) in files() {
            let path = workspace().join(&name);
            let there = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let same = match serde_json::from_slice::<Value>(&content) {
                Ok(should) => serde_json::from_slice::<Value>(&there).is_ok_and(|is| is == should),
                Err(_) => there == content,
            };
            assert!(same, "{name} is old: run `cargo xtask max-help`");
        }
    }

    #[test]
    fn every_box_has_a_place_of_its_own_and_every_cord_two_ends() {
        let sheets = all().into_iter().flat_map(|(_, sheets)| sheets);
        let patches = [overview::sheet(), self_test::max_sheet(), self_test::max_auto(), device::sheet().0];
        let sheets = sheets.chain(patches).chain(self_test::max_insides());
        let wrong = sheets.flat_map(|sheet| [sheet.crowded(WIDTH, HEIGHT), sheet.loose_cords()].concat());
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
    }
}
