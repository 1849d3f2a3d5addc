//! The verdict, in the words of `nn check`.

use super::results::{Results, Row, Trouble};
use crate::fitness::{self, Fitness, Times};

/// Below this part of a processor others are no matter.
const QUIET: f64 = 0.05;

impl Row {
    /// In ms, as tables show them.
    pub fn ms(ns: &[u64]) -> Vec<f64> {
        ns.iter().map(|&ns| ns as f64 * 1e-6).collect()
    }

    /// How long a run may take on average.
    pub fn budget_ms(&self) -> f64 {
        self.budget_ns as f64 * 1e-6
    }

    /// Whether it keeps its time; `None` where that was not measured.
    pub fn fitness(&self) -> Option<Fitness> {
        if self.trouble.is_some() || self.live.wall_ns.is_empty() {
            return None;
        }
        let times = |ns: &[u64]| Times::new(&Self::ms(ns), self.budget_ms());
        let fitness = Fitness::of(&times(&self.live.wall_ns), &times(&self.live.used_ns));
        // It takes less than its time, and buffers were late all the same.
        Some(if self.held.is_none() { fitness.max(Fitness::Busy) } else { fitness })
    }

    /// From input to output with the least deadline, and the model's own delay; in samples of the host.
    pub fn latency_frames(&self) -> Option<usize> {
        Some(self.held?.latency_frames + self.model_delay_frames.unwrap_or(0))
    }

    /// The most boxes that played.
    pub fn boxes(&self) -> Option<usize> {
        let held = self.tries.iter().filter(|tried| tried.held()).map(|tried| tried.boxes).max();
        (!self.tries.is_empty()).then(|| held.unwrap_or(0))
    }

    /// Buffers of a thousand that were late in the first stretches: with a whole buffer, or the only deadline.
    pub fn late_per_1000(&self) -> Option<f64> {
        let first = self.stretches.first()?.deadline_frames;
        let of_first = self.stretches.iter().filter(|stretch| stretch.deadline_frames == first);
        let (late, all) = of_first.fold((0, 0), |(late, all), s| (late + s.late, all + s.buffers));
        (all > 0).then(|| late as f64 * 1e3 / all as f64)
    }
}

/// The sentence for what went wrong.
fn sentence(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::NotFinite(..) => fitness::NOT_FINITE,
        Trouble::Faulty(_) => fitness::FAULTY,
        Trouble::Untried(_) => fitness::UNTRIED,
        Trouble::Hangs => fitness::HANGS,
        Trouble::Deadly(_) => fitness::DEADLY,
    }
}

/// In a line of the table.
pub fn word(trouble: &Trouble) -> String {
    match trouble {
        Trouble::NotFinite(bad, of) => format!("NOT FINITE in {bad} of {of} runs"),
        Trouble::Faulty(what) => format!("FAULTY     {what}"),
        Trouble::Untried(what) => format!("NOT TRIED  {what}"),
        Trouble::Hangs => "HANGS".into(),
        Trouble::Deadly(what) => format!("DEADLY     {what}"),
    }
}

/// The last line, and whether it is a good one.
pub fn of_all(results: &Results) -> (String, bool) {
    if let Some(trouble) = results.rows.iter().find_map(|row| row.trouble.as_ref()) {
        return (sentence(trouble).into(), false);
    }
    let others = others(results.machine.others_cores);
    let fit = results.rows.iter().filter(|row| row.fitness().is_some_and(Fitness::is_fit));
    let played = fit.filter_map(|row| Some((row.latency_frames()? as f64 / f64::from(row.rate_hz), row)));
    let quickest = played.min_by(|a, b| a.0.total_cmp(&b.0));
    let is_asked = results.settings.deadline_frames.is_some();
    let Some((latency_s, row)) =
        quickest.filter(|_| !is_asked || results.rows.iter().all(|row| row.held.is_some()))
    else {
        let best = results.rows.iter().filter_map(Row::fitness).min();
        return match best {
            None => (fitness::UNTRIED.into(), false),
            Some(best) if is_asked => {
                (format!("the deadline does not hold ({}); {others}", best.word()), false)
            }
            Some(best) => (format!("{}; {others}", best.sentence()), best.is_fit()),
        };
    };
    let (fitness, held) = (row.fitness().unwrap_or(Fitness::Fit), row.held);
    let stem = results.model.name.rsplit_once('.').map_or(results.model.name.as_str(), |(stem, _)| stem);
    let boxes = match (row.boxes(), row.tries.iter().map(|tried| tried.boxes).max()) {
        (Some(boxes), Some(most)) if boxes == most => format!(", {boxes} boxes at least"),
        (Some(boxes), _) => format!(", {boxes} boxes at most"),
        _ => String::new(),
    };
    let with =
        row.tries.first().map_or(String::new(), |tried| format!(" with deadline {}", tried.deadline_frames));
    let text = format!(
        "{}; [nn~ {stem} {} {}] with deadline {} plays at {:.1} ms{boxes}{with}; {others}",
        fitness.sentence(),
        results.model.method,
        row.buffer_frames,
        held.map_or(0, |held| held.deadline_frames),
        latency_s * 1e3,
    );
    (text, true)
}

/// What others took of the machine.
pub fn others(cores: Option<f64>) -> String {
    match cores {
        None => "what else ran is not known".into(),
        Some(cores) if cores < QUIET => "nothing else ran".into(),
        Some(cores) => format!("other programs took {:.0} % of a core meanwhile", cores * 100.0),
    }
}
