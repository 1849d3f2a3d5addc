//! The API of the IRCAM Forum: `available_models` answers source, family and name, one inside the other;
//! `download_model?model=SOURCE/FAMILY/NAME` answers the file.

use std::time::Instant;

use reqwest::Url;
use serde_json::Value;

use super::source::{Origin, Source};
use crate::{cancel::Cancel, entry::CatalogEntry, error::CatalogError, http::Http};
use nn_model::Formats;

pub(super) fn entries(
    source: &Source,
    url: &Url,
    http: &Http,
    cancel: &Cancel,
    formats: Formats,
) -> Result<Vec<CatalogEntry>, CatalogError> {
    let address = url.join("available_models").map_err(|error| source.nonsense(error))?;
    let page = http.page(&address, Instant::now(), cancel)?;
    let listing: Value = serde_json::from_slice(&page.body).map_err(|error| source.nonsense(error))?;
    let Value::Object(groups) = listing else { return Err(source.nonsense("not an object of sources")) };
    let (mut entries, mut odd) = (Vec::new(), None);
    for (group, families) in &groups {
        let Value::Object(families) = families else {
            odd = odd.or_else(|| Some(format!("{group} is not an object of families")));
            continue;
        };
        for (family, models) in families {
            let names: Vec<&str> = match models {
                Value::Object(models) => models.keys().map(String::as_str).collect(),
                Value::Array(models) => models.iter().filter_map(Value::as_str).collect(),
                _ => {
                    odd = odd.or_else(|| Some(format!("{group}/{family} is no list of models")));
                    continue;
                }
            };
            let entry = |name| CatalogEntry::new(&source.name, &format!("{group}/{family}/{name}"), formats);
            entries.extend(names.into_iter().map(entry));
        }
    }
    // What makes no sense spoils only itself; where nothing makes any, it is another service.
    match odd {
        Some(what) if entries.is_empty() => Err(source.nonsense(what)),
        _ => Ok(entries),
    }
}

pub(super) fn origin(url: &Url, entry: &CatalogEntry) -> Result<Origin, CatalogError> {
    let mut address =
        url.join("download_model").map_err(|error| CatalogError::Internal { what: error.to_string() })?;
    // Slashes stay: that is how the service knows the three parts.
    let model = percent_encoding::utf8_percent_encode(&entry.remote, MODEL).to_string();
    address.set_query(Some(&format!("model={model}")));
    Ok(Origin::Url(address))
}

/// What cannot stand in a query as it is.
const MODEL: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');
