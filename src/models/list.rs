//! `nn models list`.

use nn_core::{
    catalog::{CatalogReport, CatalogRequest, Listing, size, state},
    shown::escaped_json,
};
use serde_json::json;

use super::{ask::ask, told::told};
use crate::{out, outcome::Outcome};

/// Shows what there is.
pub fn run(source: Option<String>, json: bool) -> Outcome {
    for answer in ask(CatalogRequest::List { source }) {
        match answer {
            CatalogReport::Trouble(error) => out::error(told(&error)),
            CatalogReport::Failed(error) => {
                out::error(told(&error));
                return (&error).into();
            }
            CatalogReport::Listing(listing) => {
                if json {
                    out::exact(escaped_json(&format!("{:#}", as_json(&listing))));
                } else if !listing.entries.is_empty() {
                    out::line(as_table(&listing));
                }
                return outcome(&listing);
            }
            _ => {}
        }
    }
    Outcome::Failed
}

/// Sources that are down matter when nothing is left to show.
fn outcome(listing: &Listing) -> Outcome {
    let mut worst = Outcome::Done;
    for answered in &listing.sources {
        if let Some(line) = state(answered) {
            out::error(line);
        }
        if let Some(fault) = &answered.fault
            && listing.entries.is_empty()
        {
            worst = fault.into();
        }
    }
    worst
}

fn as_table(listing: &Listing) -> String {
    let widest = listing.entries.iter().map(|entry| entry.id.chars().count()).max().unwrap_or(0);
    listing
        .entries
        .iter()
        .map(|entry| {
            let size = entry.bytes.map_or_else(|| "?".to_owned(), size);
            let told = entry.told.line().map(|line| format!("  {line}")).unwrap_or_default();
            format!("{:widest$}  {size:>9}{told}", entry.id)
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn as_json(listing: &Listing) -> serde_json::Value {
    let models: Vec<_> = listing
        .entries
        .iter()
        .map(|entry| {
            json!({
                "card": entry.id, "source": entry.source, "bytes": entry.bytes, "sha256": entry.sha256, "told": entry.told,
            })
        })
        .collect();
    let sources: Vec<_> = listing
        .sources
        .iter()
        .map(|answered| {
            json!({
                "source": answered.source,
                "models": answered.models,
                "age_s": answered.age.map(|age| age.as_secs()),
                "error": answered.fault.as_ref().map(ToString::to_string),
            })
        })
        .collect();
    json!({ "models": models, "sources": sources })
}
