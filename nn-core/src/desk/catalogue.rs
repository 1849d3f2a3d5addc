//! What a box has of the catalogue: its messages, and what they are answered with. The same for every kind of box.

use std::collections::VecDeque;

use crossbeam_channel::{Receiver, unbounded};

use crate::{
    formats::FORMATS,
    main_thread::OnMainThread,
    message::{Atom, CatalogueRequest, Said},
};
use nn_catalog::{
    Answer, Ask, Asker, Catalogue,
    listing::Listing,
    summary::{size, state},
};

/// How much is said at a time: a long listing must not hold up a host whose messages and audio share a thread.
const AT_ONCE: usize = 32;

/// A box's side of the catalogue. Neither `Send` nor `Sync`: it stays on the main thread, like its box; nothing here waits.
#[derive(Debug, Default)]
pub struct Desk {
    thread: OnMainThread,
    /// From the first request on.
    line: Option<Line>,
    /// How many last answers are still to come.
    awaited: usize,
    /// What has come and is not said yet.
    waiting: VecDeque<Said>,
}

#[derive(Debug)]
struct Line {
    catalogue: Catalogue,
    asker: Asker,
    answers: Receiver<Answer>,
}

impl Line {
    fn new(catalogue: Catalogue) -> Self {
        let (sender, answers) = unbounded();
        Self { catalogue, asker: Asker::new(sender), answers }
    }
}

impl Desk {
    /// Asks this catalogue; [`Desk::default`] asks that of the process.
    ///
    /// Thread: main.
    pub fn new(catalogue: Catalogue) -> Self {
        Self { line: Some(Line::new(catalogue)), ..Self::default() }
    }

    /// Passes a request on.
    ///
    /// Thread: main.
    pub fn request(&mut self, request: CatalogueRequest) {
        let ask = match request {
            CatalogueRequest::List => Ask::List { source: None },
            CatalogueRequest::Download { card, name, force } => Ask::Download { card, name, force },
            CatalogueRequest::Cancel(card) => Ask::Cancel(card),
            CatalogueRequest::Delete(name) => Ask::Delete(name),
        };
        // What is cancelled says so itself.
        if !matches!(ask, Ask::Cancel(_)) {
            self.awaited += 1;
        }
        let line = self.line.get_or_insert_with(|| Line::new(Catalogue::shared(FORMATS).clone()));
        line.catalogue.request(ask, &line.asker);
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
    pub fn poll(&mut self) -> Vec<Said> {
        let mut said = Vec::new();
        let answers: Vec<_> = self.line.iter().flat_map(|line| line.answers.try_iter()).collect();
        for (index, answer) in answers.iter().enumerate() {
            if answer.is_last() {
                self.awaited = self.awaited.saturating_sub(1);
            }
            // Who polls seldom hears only the newest.
            let overtaken = matches!(answer, Answer::Progress { card, .. } if answers[index + 1..].iter().any(
                |later| matches!(later, Answer::Progress { card: other, .. } if other == card)
            ));
            if !overtaken {
                tell(answer, &mut said);
            }
        }
        self.waiting.extend(said);
        self.waiting.drain(..AT_ONCE.min(self.waiting.len())).collect()
    }
}

fn tell(answer: &Answer, said: &mut Vec<Said>) {
    match answer {
        Answer::Listing(listing) => tell_listing(listing, said),
        Answer::Progress { card, bytes, total } => {
            // -1 where nobody knows.
            let percent = total.filter(|&total| total > 0).map_or(-1, |total| (bytes * 100 / total) as i64);
            let atoms = vec![Atom::symbol(card), Atom::Int(percent), Atom::Int(*bytes as i64)];
            said.push(Said::Info("progress", atoms));
        }
        Answer::Downloaded { card, path } => {
            let path = path.display().to_string();
            said.push(Said::Note(format!("downloaded {card} {path}")));
            said.push(Said::Info("downloaded", vec![Atom::symbol(card), Atom::symbol(path)]));
        }
        Answer::Cancelled { card } => {
            said.push(Said::Note(format!("cancelled {card}")));
            said.push(Said::Info("cancelled", vec![Atom::symbol(card)]));
        }
        Answer::Deleted { name } => {
            said.push(Said::Note(format!("deleted {name}")));
            said.push(Said::Info("deleted", vec![Atom::symbol(name)]));
        }
        Answer::Trouble(error) | Answer::Failed(error) => said.push(Said::Error(error.to_string())),
    }
}

/// A line and a message for each model, and in the end how many there are.
fn tell_listing(listing: &Listing, said: &mut Vec<Said>) {
    for answered in &listing.sources {
        said.extend(state(answered).map(Said::Error));
    }
    for card in &listing.cards {
        said.push(Said::Note(match card.bytes {
            Some(bytes) => format!("{} {}", card.id, size(bytes)),
            None => card.id.clone(),
        }));
        let bytes = card.bytes.map_or(-1, |bytes| bytes as i64);
        said.push(Said::Info("available", vec![Atom::symbol(&card.id), Atom::Int(bytes)]));
    }
    let count = Atom::Int(listing.cards.len() as i64);
    said.push(Said::Note(format!("available_models {count}")));
    said.push(Said::Info("available_models", vec![count]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_listing_is_said_in_pieces() {
        let mut desk = Desk::new(Catalogue::new(nn_catalog::Surroundings::default()));
        for number in 0..1000 {
            let answer = Answer::Cancelled { card: format!("{number}") };
            desk.line.as_ref().expect("new").asker.answers.send(answer).expect("open");
        }
        let mut said = Vec::new();
        loop {
            let piece = desk.poll();
            assert!(piece.len() <= AT_ONCE);
            said.extend(piece);
            if !desk.pending() {
                break;
            }
        }
        // A note and a message for each, in order.
        assert_eq!(said.len(), 2000);
        assert_eq!(said[1998], Said::Note("cancelled 999".into()));
    }

    #[test]
    fn of_several_steps_only_the_newest_is_said() {
        let mut desk = Desk::new(Catalogue::new(nn_catalog::Surroundings::default()));
        for (card, bytes) in [("a", 1), ("b", 1), ("a", 2), ("b", 3)] {
            let answer = Answer::Progress { card: card.into(), bytes, total: Some(4) };
            desk.line.as_ref().expect("new").asker.answers.send(answer).expect("open");
        }
        let info = |card: &str, percent, bytes| {
            Said::Info("progress", vec![Atom::symbol(card), Atom::Int(percent), Atom::Int(bytes)])
        };
        assert_eq!(desk.poll(), [info("a", 50, 2), info("b", 75, 3)]);
    }
}
