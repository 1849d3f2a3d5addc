//! `nn models`: the catalog.

mod ask;
mod download;
mod list;
mod told;

use nn_core::catalog::{CatalogReport, CatalogRequest};

use crate::{cli::Models, out, outcome::Outcome};
use ask::ask;
use told::told;

/// Does it.
pub fn run(command: Models) -> Outcome {
    match command {
        Models::List { source, json } => list::run(source, json),
        Models::Download { cards, name, force } => download::run(&cards, name.as_deref(), force),
        Models::Delete { names } => delete(&names),
    }
}

fn delete(names: &[String]) -> Outcome {
    let mut outcome = Outcome::Done;
    for name in names {
        match ask(CatalogRequest::Delete(name.clone())).iter().find(CatalogReport::is_last) {
            Some(CatalogReport::Deleted { name }) => out::line(name),
            Some(CatalogReport::Failed(error)) => {
                out::error(told(&error));
                outcome = Outcome::from(&error);
            }
            _ => outcome = Outcome::Failed,
        }
    }
    outcome
}
