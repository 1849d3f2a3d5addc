//! No other crate of the project draws charts: none depends on what can.

use std::fs;
use std::path::{Path, PathBuf};

/// Crates that draw, rasterise or lay out text.
const DRAWERS: [&str; 8] =
    ["ab_glyph", "cosmic-text", "dejavu", "font-kit", "image", "plotters", "resvg", "tiny-skia"];

/// Manifests of crates in a folder and below it.
fn manifests(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if entry.is_dir() && !name.starts_with('.') && name != "target" {
            manifests(&entry, found);
        } else if name == "Cargo.toml" {
            found.push(entry);
        }
    }
}

#[test]
fn only_this_crate_depends_on_crates_that_draw() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = Vec::new();
    manifests(own.parent().unwrap(), &mut all);
    let mut drawing = Vec::new();
    for manifest in &all {
        let text = fs::read_to_string(manifest).unwrap();
        // The workspace's manifest names all crates, in its table of versions.
        let crate_part = text.rsplit_once("\n[package]").map_or(text.as_str(), |(_, part)| part);
        let draws = |line: &str| {
            DRAWERS
                .iter()
                .any(|name| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', ' ', '='])))
        };
        if crate_part.lines().any(draws) {
            drawing.push(manifest.clone());
        }
    }
    assert!(all.len() > 10, "{} manifests", all.len());
    assert_eq!(drawing, [own.join("Cargo.toml")]);
}
