//! `nn models download`.

use std::{collections::HashMap, time::Duration};

use crossbeam_channel::unbounded;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use nn_core::{
    catalog::{Catalog, CatalogReport, CatalogRequest, Requester},
    formats::FORMATS,
    shown::plain,
};

use super::told::told;
use crate::{out, outcome::Outcome};

/// Downloads all of them and prints their paths.
pub fn run(models: &[String], name: Option<&str>, force: bool) -> Outcome {
    if name.is_some() && models.len() > 1 {
        out::error("--name is for one card");
        return Outcome::NotUnderstood;
    }
    let (sender, answers) = unbounded();
    let requester = Requester::new(sender);
    for model in models {
        let (model, name) = (model.clone(), name.map(str::to_owned));
        Catalog::shared(FORMATS).request(CatalogRequest::Download { model, name, force }, &requester);
    }
    let (mut bars, mut outcome, mut awaited) = (Bars::default(), Outcome::Done, models.len());
    while awaited > 0 {
        let Ok(answer) = answers.recv() else { return Outcome::Failed };
        awaited -= usize::from(answer.is_last());
        match answer {
            CatalogReport::Progress { model, bytes, total } => bars.show(&model, bytes, total),
            CatalogReport::Downloaded { model, path } => {
                bars.end(&model);
                bars.all.suspend(|| out::path(&path));
            }
            CatalogReport::Trouble(error) => bars.all.suspend(|| out::error(told(&error))),
            CatalogReport::Failed(error) => {
                outcome = (&error).into();
                bars.all.suspend(|| out::error(told(&error)));
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
    by_model: HashMap<String, ProgressBar>,
}

impl Bars {
    fn show(&mut self, model: &str, bytes: u64, total: Option<u64>) {
        let all = &self.all;
        let bar = self.by_model.entry(model.to_owned()).or_insert_with(|| {
            let bar = all.add(ProgressBar::new(0)).with_message(plain(model));
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

    fn end(&mut self, model: &str) {
        if let Some(bar) = self.by_model.remove(model) {
            bar.finish_and_clear();
        }
    }
}
