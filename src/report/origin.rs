//! Where a model was downloaded.

use std::path::Path;

use nn_core::{
    catalog::{Sources, card_of},
    shown::plain,
};

use super::facts::Origin;

/// Of a file that the catalog has brought and that is unchanged since.
pub fn origin(file: &Path) -> Option<Origin> {
    Some(of_card(&card_of(file)?, &Sources::read(Sources::file().as_deref()).0))
}

/// What the sources tell of one card, which begins with the name of its source.
fn of_card(card: &str, sources: &Sources) -> Origin {
    let name = card.split('/').next().unwrap_or_default();
    let source = sources.get(name).ok();
    Origin {
        card: plain(card),
        source: plain(name),
        address: source.and_then(|source| source.page()).map(|page| plain(&page)),
        account: source.and_then(|source| source.account()).map(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_tells_its_source_the_address_and_the_account() {
        let (sources, _) = Sources::read(None);
        let origin = of_card("iil/voice", &sources);
        assert_eq!((origin.card.as_str(), origin.source.as_str()), ("iil/voice", "iil"));
        assert!(
            origin.address.is_some_and(|page| page.ends_with("/Intelligent-Instruments-Lab/rave-models"))
        );
        assert_eq!(origin.account.as_deref(), Some("Intelligent-Instruments-Lab"));
        let gone = of_card("gone/voice", &sources);
        assert_eq!((gone.source.as_str(), gone.address, gone.account), ("gone", None, None));
    }
}
