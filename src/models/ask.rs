//! A question to the catalogue.

use crossbeam_channel::{Receiver, unbounded};
use nn_core::{
    catalog::{Answer, Ask, Asker, Catalogue},
    formats::FORMATS,
};

/// Asks the catalogue of this machine.
pub fn ask(ask: Ask) -> Receiver<Answer> {
    let (sender, answers) = unbounded();
    Catalogue::shared(FORMATS).request(ask, &Asker::new(sender));
    answers
}
