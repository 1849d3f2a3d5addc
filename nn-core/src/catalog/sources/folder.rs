//! A folder on this machine, or one that is mounted there.

use std::path::{Component, Path};

use super::{MOST_CARDS, Origin, Source};
use crate::catalog::{card::Card, error::CatalogError, names::has_extension};

/// How deep folders are looked into.
const DEEPEST: usize = 3;

pub(super) fn cards(source: &Source, path: &Path) -> Result<Vec<Card>, CatalogError> {
    let mut cards = Vec::new();
    look_into(source, path, "", 0, &mut cards).map_err(|error| CatalogError::disk(path, &error))?;
    Ok(cards)
}

fn look_into(
    source: &Source,
    folder: &Path,
    prefix: &str,
    depth: usize,
    cards: &mut Vec<Card>,
) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)?.flatten() {
        // Names that are no text cannot be typed either.
        let Ok(name) = entry.file_name().into_string() else { continue };
        let remote = format!("{prefix}{name}");
        let Ok(metadata) = entry.path().metadata() else { continue };
        if name.starts_with('.') || cards.len() >= MOST_CARDS {
            continue;
        }
        if metadata.is_dir() && depth < DEEPEST {
            // A folder that may not be read hides only itself.
            let _closed = look_into(source, &entry.path(), &format!("{remote}/"), depth + 1, cards);
        } else if metadata.is_file() && has_extension(&name) {
            cards.push(Card { bytes: Some(metadata.len()), ..Card::new(&source.name, &remote) });
        }
    }
    Ok(())
}

pub(super) fn origin(source: &Source, path: &Path, card: &Card) -> Result<Origin, CatalogError> {
    let remote = Path::new(&card.remote);
    if remote.components().all(|part| matches!(part, Component::Normal(_))) {
        Ok(Origin::File(path.join(remote)))
    } else {
        Err(source.nonsense(format!("{} leads out of it", card.remote)))
    }
}
