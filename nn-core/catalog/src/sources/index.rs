//! A web page of links, as web servers make them of a folder.

use std::time::Instant;

use reqwest::Url;

use super::source::{self, Origin, Source};
use crate::{
    cancel::Cancel,
    entry::CatalogEntry,
    error::CatalogError,
    http::Http,
    told::{Told, members_of, text_of},
};
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
    let entry = |link: Link| {
        let name = below(&link.target).filter(|name| formats.of_download(name).is_some())?;
        Some(CatalogEntry { told: link.told, ..CatalogEntry::new(&source.name, &name, formats) })
    };
    Ok(links(&text).filter_map(entry).collect())
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

/// A link, and what its attributes tell of the model.
struct Link {
    target: String,
    told: Told,
}

/// The links in a page.
fn links(page: &str) -> impl Iterator<Item = Link> + '_ {
    page.split('<').filter_map(|tag| {
        let rest = tag.strip_prefix(['a', 'A']).filter(|rest| rest.starts_with(char::is_whitespace))?;
        let (mut target, mut told) = (None, Told::default());
        for (name, value) in attributes(rest) {
            match name.as_str() {
                "href" if target.is_none() => target = Some(value),
                "title" => told.about = text_of(&value),
                "data-name" => told.name = text_of(&value),
                "data-authors" => told.authors = members_of(&value),
                "data-licence" | "data-license" => told.licence = text_of(&value),
                "data-tags" => told.tags = members_of(&value),
                _ => {}
            }
        }
        Some(Link { target: target?, told })
    })
}

/// The attributes of a tag after its name, up to its end: names in small letters, and values.
fn attributes(mut rest: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '>').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let after = after.trim_start();
        let Some(value) = after.strip_prefix('=') else {
            if name.is_empty() {
                return attributes;
            }
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => match value[1..].split_once(quote) {
                Some(parts) => parts,
                None => return attributes,
            },
            _ => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len())),
        };
        attributes.push((name.to_ascii_lowercase(), plain_text(value)));
        rest = after;
    }
}

/// A value without its references to characters, as far as servers write them.
fn plain_text(value: &str) -> String {
    [("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
        .iter()
        .fold(value.to_owned(), |text, (reference, character)| text.replace(reference, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_however_they_are_written() {
        let page = "<html><a href=\"one.ts\">1</a> <A class=x HREF='two &amp; a half.ts'>2</A>\
                    <a name=x>3</a><abbr href=no.ts><a href=four.ts title=y>4</a><a download data-href=no.ts href = five.nm>\
                    <a =x href=six.ts><a href='seven.ts";
        let targets: Vec<_> = links(page).map(|link| link.target).collect();
        assert_eq!(targets, ["one.ts", "two & a half.ts", "four.ts", "five.nm", "six.ts"]);
    }

    #[test]
    fn links_tell_what_their_attributes_say_of_the_model() {
        let page = "<a href=x.nm title='warm &amp; loud\u{202e}' data-authors=\"Ada, Bob\" data-licence=MIT data-tags='a,b'>x</a>\
                    <a href=y.ts>y</a>";
        let told: Vec<_> = links(page).map(|link| link.told).collect();
        assert_eq!(told[0].line().as_deref(), Some("warm & loud[U+202E]; by Ada, Bob; MIT"));
        assert_eq!(told[0].tags, ["a", "b"]);
        assert!(told[1].is_empty());
    }

    #[test]
    fn no_tag_keeps_the_page_from_its_end() {
        for tag in ["", "=", "= =", "a=", "a='", "a=\"b", ">", "href", "\u{e9}='\u{e9}'\u{e9}"] {
            attributes(tag);
        }
    }
}
