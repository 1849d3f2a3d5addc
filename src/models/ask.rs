//! A question to the catalog.

use crossbeam_channel::{Receiver, unbounded};
use nn_core::{
    catalog::{Catalog, CatalogReport, CatalogRequest, Requester},
    formats::FORMATS,
};

/// Asks the catalog of this machine.
pub fn ask(ask: CatalogRequest) -> Receiver<CatalogReport> {
    let (sender, answers) = unbounded();
    Catalog::shared(FORMATS).request(ask, &Requester::new(sender));
    answers
}
