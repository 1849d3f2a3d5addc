//! What a box has of the catalog: its messages, and what they are answered with. The same for every kind of box.

use std::collections::VecDeque;

use crossbeam_channel::{Receiver, unbounded};

use crate::{
    formats::FORMATS,
    main_thread::OnMainThread,
    message::{Atom, CatalogEvent, CatalogMessage},
};
use nn_catalog::{
    Catalog, CatalogReport, CatalogRequest, Requester,
    listing::Listing,
    summary::{size, state},
};
use nn_model::shown;

/// How much is said at a time: a long listing must not hold up a host whose messages and audio share a thread.
const AT_ONCE: usize = 32;

/// A box's side of the catalog. Neither `Send` nor `Sync`: it stays on the main thread, like its box; nothing here waits.
#[derive(Debug, Default)]
pub struct CatalogClient {
    thread: OnMainThread,
    /// From the first request on.
    line: Option<Line>,
    /// How many last answers are still to come.
    awaited: usize,
    /// What has come and is not said yet.
    waiting: VecDeque<CatalogEvent>,
}

#[derive(Debug)]
struct Line {
    catalog: Catalog,
    requester: Requester,
    answers: Receiver<CatalogReport>,
}

impl Line {
    fn new(catalog: Catalog) -> Self {
        let (sender, answers) = unbounded();
        Self { catalog, requester: Requester::new(sender), answers }
    }
}

impl CatalogClient {
    /// Asks this catalog; [`CatalogClient::default`] asks that of the process.
    ///
    /// Thread: main.
    pub fn new(catalog: Catalog) -> Self {
        Self { line: Some(Line::new(catalog)), ..Self::default() }
    }

    /// Passes a request on.
    ///
    /// Thread: main.
    pub fn request(&mut self, request: CatalogMessage) {
        let ask = match request {
            CatalogMessage::List => CatalogRequest::List { source: None },
            CatalogMessage::Download { model, name, force } => {
                CatalogRequest::Download { model, name, force }
            }
            CatalogMessage::Cancel(model) => CatalogRequest::Cancel(model),
            CatalogMessage::Delete(name) => CatalogRequest::Delete(name),
        };
        // What is cancelled says so itself.
        if !matches!(ask, CatalogRequest::Cancel(_)) {
            self.awaited += 1;
        }
        let line = self.line.get_or_insert_with(|| Line::new(Catalog::shared(FORMATS).clone()));
        line.catalog.request(ask, &line.requester);
    }

    /// True while an answer is on its way or not said to its end.
    ///
    /// Thread: main.
    pub fn pending(&self) -> bool {
        self.awaited > 0 || !self.waiting.is_empty()
    }

    /// What has come, as the box says it, a piece at a time.
    ///
    /// Thread: main.
    pub fn poll(&mut self) -> Vec<CatalogEvent> {
        let mut said = Vec::new();
        let answers: Vec<_> = self.line.iter().flat_map(|line| line.answers.try_iter()).collect();
        for (index, answer) in answers.iter().enumerate() {
            if answer.is_last() {
                self.awaited = self.awaited.saturating_sub(1);
            }
            // Who polls seldom hears only the newest.
            let overtaken = matches!(answer, CatalogReport::Progress { model, .. } if answers[index + 1..].iter().any(
                |later| matches!(later, CatalogReport::Progress { model: other, .. } if other == model)
            ));
            if !overtaken {
                events(answer, &mut said);
            }
        }
        self.waiting.extend(said);
        self.waiting.drain(..AT_ONCE.min(self.waiting.len())).collect()
    }
}

fn events(answer: &CatalogReport, said: &mut Vec<CatalogEvent>) {
    match answer {
        CatalogReport::Listing(listing) => listing_events(listing, said),
        CatalogReport::Progress { model, bytes, total } => {
            // -1 where nobody knows.
            let percent = total.filter(|&total| total > 0).map_or(-1, |total| (bytes * 100 / total) as i64);
            let atoms = vec![Atom::symbol(model), Atom::Int(percent), Atom::Int(*bytes as i64)];
            said.push(CatalogEvent::Info("progress", atoms));
        }
        CatalogReport::Downloaded { model, path } => {
            let path = shown::path(path);
            said.push(CatalogEvent::Note(format!("downloaded {model} {path}")));
            said.push(CatalogEvent::Info("downloaded", vec![Atom::symbol(model), Atom::symbol(path)]));
        }
        CatalogReport::Cancelled { model } => {
            said.push(CatalogEvent::Note(format!("cancelled {model}")));
            said.push(CatalogEvent::Info("cancelled", vec![Atom::symbol(model)]));
        }
        CatalogReport::Deleted { name } => {
            said.push(CatalogEvent::Note(format!("deleted {name}")));
            said.push(CatalogEvent::Info("deleted", vec![Atom::symbol(name)]));
        }
        CatalogReport::Trouble(error) | CatalogReport::Failed(error) => {
            said.push(CatalogEvent::Error(error.to_string()))
        }
    }
}

/// A line and a message for each model, and in the end how many there are.
fn listing_events(listing: &Listing, said: &mut Vec<CatalogEvent>) {
    for answered in &listing.sources {
        said.extend(state(answered).map(CatalogEvent::Error));
    }
    for entry in &listing.entries {
        let size = entry.bytes.map(size).into_iter();
        // What the source tells of it, before anything is downloaded.
        let words: Vec<String> =
            [entry.id.clone()].into_iter().chain(size).chain(entry.told.line()).collect();
        said.push(CatalogEvent::Note(words.join(" ")));
        let bytes = entry.bytes.map_or(-1, |bytes| bytes as i64);
        said.push(CatalogEvent::Info("available", vec![Atom::symbol(&entry.id), Atom::Int(bytes)]));
    }
    let count = Atom::Int(listing.entries.len() as i64);
    said.push(CatalogEvent::Note(format!("available_models {count}")));
    said.push(CatalogEvent::Info("available_models", vec![count]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_listing_is_said_in_pieces() {
        let mut client = CatalogClient::new(Catalog::new(nn_catalog::CatalogContext::default()));
        for number in 0..1000 {
            let answer = CatalogReport::Cancelled { model: format!("{number}") };
            client.line.as_ref().expect("new").requester.answers.send(answer).expect("open");
        }
        let mut said = Vec::new();
        loop {
            let piece = client.poll();
            assert!(piece.len() <= AT_ONCE);
            said.extend(piece);
            if !client.pending() {
                break;
            }
        }
        // A note and a message for each, in order.
        assert_eq!(said.len(), 2000);
        assert_eq!(said[1998], CatalogEvent::Note("cancelled 999".into()));
    }

    #[test]
    fn of_several_steps_only_the_newest_is_said() {
        let mut client = CatalogClient::new(Catalog::new(nn_catalog::CatalogContext::default()));
        for (model, bytes) in [("a", 1), ("b", 1), ("a", 2), ("b", 3)] {
            let answer = CatalogReport::Progress { model: model.into(), bytes, total: Some(4) };
            client.line.as_ref().expect("new").requester.answers.send(answer).expect("open");
        }
        let info = |model: &str, percent, bytes| {
            CatalogEvent::Info("progress", vec![Atom::symbol(model), Atom::Int(percent), Atom::Int(bytes)])
        };
        assert_eq!(client.poll(), [info("a", 50, 2), info("b", 75, 3)]);
    }
}
