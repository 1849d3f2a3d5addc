//! No other crate of the project draws charts: none depends on what can.

use std::fs;
use std::path::{Path, PathBuf};

/// Crates that draw, rasterise or lay out text.
const DRAWERS: [&str; 9] =
    ["ab_glyph", "cosmic-text", "dejavu", "font-kit", "image", "inferno", "plotters", "resvg", "tiny-skia"];

/// Who may depend on one all the same: the tool's flame graph is no chart with axes.
const EXCEPTIONS: [(&str, &str); 1] = [("Cargo.toml", "inferno")];

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
        let is_allowed = |name: &str| {
            EXCEPTIONS
                .iter()
                .any(|&(of, allowed)| name == allowed && *manifest == own.parent().unwrap().join(of))
        };
        let draws = |line: &str| {
            DRAWERS
                .iter()
                .filter(|name| !is_allowed(name))
                .any(|name| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', ' ', '='])))
        };
        if crate_part.lines().any(draws) {
            drawing.push(manifest.clone());
        }
    }
    assert!(all.len() > 10, "{} manifests", all.len());
    assert_eq!(drawing, [own.join("Cargo.toml")]);
}
