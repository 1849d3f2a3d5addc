//! A web page of links, as web servers make them of a folder.

use std::time::Instant;

use reqwest::Url;

use super::source::{self, Origin, Source};
use crate::{cancel::Cancel, entry::CatalogEntry, error::CatalogError, http::Http};
use nn_model::Formats;

pub(super) fn entries(
    source: &Source,
    url: &Url,
    http: &Http,
    cancel: &Cancel,
    formats: Formats,
) -> Result<Vec<CatalogEntry>, CatalogError> {
    let page = http.page(url, Instant::now(), cancel)?;
    let text = String::from_utf8_lossy(&page.body);
    if !text.trim_start().starts_with('<') {
        return Err(source.nonsense("not a web page"));
    }
    // Links are meant from where the page really is; what leads elsewhere is not part of the source.
    let below = |link: &str| {
        let target = page.url.join(link).ok()?;
        let path = target.path().strip_prefix(page.url.path())?;
        // A name that is no text could not be asked for again.
        let same_depth = |name: &String| name.split('/').count() == path.split('/').count();
        decoded(path).filter(same_depth).filter(|_| target.origin() == page.url.origin())
    };
    let names = links(&text).filter_map(|link| below(&link));
    let models = names.filter(|name| formats.by_name(name).is_some());
    Ok(models.map(|name| CatalogEntry::new(&source.name, &name, formats)).collect())
}

pub(super) fn origin(source: &Source, url: &Url, entry: &CatalogEntry) -> Result<Origin, CatalogError> {
    let address = source::below(url, entry.remote.split('/'));
    if address.path().starts_with(url.path()) {
        Ok(Origin::Url(address))
    } else {
        Err(source.nonsense(format!("{} leads out of it", entry.remote)))
    }
}

fn decoded(path: &str) -> Option<String> {
    percent_encoding::percent_decode_str(path).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// The targets of the links in a page.
fn links(page: &str) -> impl Iterator<Item = String> + '_ {
    page.split('<').filter_map(|tag| {
        let tag = tag.split('>').next()?;
        let attributes = tag.strip_prefix(['a', 'A']).filter(|rest| rest.starts_with(char::is_whitespace))?;
        let at = attributes.to_ascii_lowercase().find("href")?;
        let value = attributes.get(at + 4..)?.trim_start().strip_prefix('=')?.trim_start();
        let value = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next()?,
            _ => value.split_whitespace().next()?,
        };
        Some(value.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\""))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_however_they_are_written() {
        let page = "<html><a href=\"one.ts\">1</a> <A class=x HREF='two &amp; a half.ts'>2</A>\
                    <a name=x>3</a><abbr href=no.ts><a href=four.ts title=y>4</a><a href";
        assert_eq!(links(page).collect::<Vec<_>>(), ["one.ts", "two & a half.ts", "four.ts"]);
    }
}
