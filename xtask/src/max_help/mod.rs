//! The help files for Max. They are written from the descriptions in here and never by hand: `cargo xtask max-help`.

mod audio;
mod effects;
mod generators;
mod info;
mod nn;
mod sheet;

use std::fs;

use serde_json::{Value, json};

use crate::run::{Failure, workspace};
use sheet::Sheet;

/// Size of the window.
const WIDTH: usize = 1060;
const HEIGHT: usize = 680;

/// The help files: box and tabs.
fn all() -> Vec<(&'static str, Vec<Sheet>)> {
    vec![
        ("nn~", nn::sheets()),
        ("mc.nn~", audio::mc()),
        ("mcs.nn~", audio::mcs()),
        ("nn.info", info::sheets()),
    ]
}

/// Writes all of them into the folder `help`.
///
/// # Errors
/// When one cannot be written.
pub fn run() -> Result<(), Failure> {
    for (name, sheets) in all() {
        let path = workspace().join(format!("help/{name}.maxhelp"));
        let text = serde_json::to_string_pretty(&file(&sheets)).unwrap_or_default() + "\n";
        fs::write(&path, text).map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
        println!("help/{name}.maxhelp");
    }
    Ok(())
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

fn patcher(boxes: Vec<Value>, lines: Vec<Value>) -> Value {
    json!({
        "fileversion": 1,
        "appversion": { "major": 8, "minor": 6, "revision": 5, "architecture": "x64", "modernui": 1 },
        "classnamespace": "box",
        "rect": [80.0, 80.0, WIDTH as f64, HEIGHT as f64],
        "gridsize": [15.0, 15.0],
        "boxes": boxes,
        "lines": lines,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_in_the_tree_are_what_the_descriptions_make() {
        for (name, sheets) in all() {
            let path = workspace().join(format!("help/{name}.maxhelp"));
            let text =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let read: Value = serde_json::from_str(&text).expect("JSON");
            assert!(read == file(&sheets), "help/{name}.maxhelp is old: run `cargo xtask max-help`");
        }
    }

    #[test]
    fn every_box_has_a_place_of_its_own_and_every_cord_two_ends() {
        let sheets = all().into_iter().flat_map(|(_, sheets)| sheets);
        let wrong = sheets.flat_map(|sheet| [sheet.crowded(WIDTH, HEIGHT), sheet.loose_cords()].concat());
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
    }
}
