//! `nn models download`.

use std::{collections::HashMap, time::Duration};

use crossbeam_channel::unbounded;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use nn_core::{
    catalog::{Answer, Ask, Asker, Catalogue},
    formats::FORMATS,
    shown::plain,
};

use crate::{out, outcome::Outcome};

/// Brings all of them and prints their paths.
pub fn run(cards: &[String], name: Option<&str>, force: bool) -> Outcome {
    if name.is_some() && cards.len() > 1 {
        out::error("--name is for one card");
        return Outcome::Failed;
    }
    let (sender, answers) = unbounded();
    let asker = Asker::new(sender);
    for card in cards {
        let (card, name) = (card.clone(), name.map(str::to_owned));
        Catalogue::shared(FORMATS).request(Ask::Download { card, name, force }, &asker);
    }
    let (mut bars, mut outcome, mut awaited) = (Bars::default(), Outcome::Done, cards.len());
    while awaited > 0 {
        let Ok(answer) = answers.recv() else { return Outcome::Failed };
        awaited -= usize::from(answer.is_last());
        match answer {
            Answer::Progress { card, bytes, total } => bars.show(&card, bytes, total),
            Answer::Downloaded { card, path } => {
                bars.end(&card);
                bars.all.suspend(|| out::path(&path));
            }
            Answer::Trouble(error) => bars.all.suspend(|| out::error(&error)),
            Answer::Failed(error) => {
                outcome = (&error).into();
                bars.all.suspend(|| out::error(&error));
            }
            _ => {}
        }
    }
    outcome
}

/// A bar for each download; nothing where there is no terminal.
#[derive(Debug, Default)]
struct Bars {
    all: MultiProgress,
    by_card: HashMap<String, ProgressBar>,
}

impl Bars {
    fn show(&mut self, card: &str, bytes: u64, total: Option<u64>) {
        let all = &self.all;
        let bar = self.by_card.entry(card.to_owned()).or_insert_with(|| {
            let bar = all.add(ProgressBar::new(0)).with_message(plain(card));
            bar.enable_steady_tick(Duration::from_millis(250));
            bar
        });
        let template = match total {
            Some(total) => {
                bar.set_length(total);
                "{msg}  {bar:30}  {decimal_bytes} of {decimal_total_bytes}  {decimal_bytes_per_sec}  {eta}"
            }
            None => "{msg}  {spinner}  {decimal_bytes}  {decimal_bytes_per_sec}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_position(bytes);
    }

    fn end(&mut self, card: &str) {
        if let Some(bar) = self.by_card.remove(card) {
            bar.finish_and_clear();
        }
    }
}
