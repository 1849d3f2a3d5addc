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

    /// Whether it keeps its time, whatever was late; `None` where that was not measured. What it takes of a processor counts
    /// only where the machine was busy: on one that is not, nothing else can have held it up.
    pub fn fitness(&self, is_busy: bool) -> Option<Fitness> {
        if self.trouble.is_some() || self.live.wall_ns.is_empty() {
            return None;
        }
        let times = |ns: &[u64]| Times::new(&Self::ms(ns), self.budget_ms());
        let used_ns = Some(&self.live.used_ns).filter(|used_ns| is_busy && !used_ns.is_empty());
        Some(Fitness::of(&times(&self.live.wall_ns), &times(used_ns.unwrap_or(&self.live.wall_ns))))
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
    let (is_busy, others) = (is_busy(results), surroundings(results));
    let fit = results.rows.iter().filter(|row| row.fitness(is_busy).is_some_and(Fitness::is_fit));
    let played = fit.filter_map(|row| Some((row.latency_frames()? as f64 / f64::from(row.rate_hz), row)));
    let quickest = played.min_by(|a, b| a.0.total_cmp(&b.0));
    let all_held = results.rows.iter().all(|row| row.held.is_some());
    let is_asked = results.settings.deadline_frames.is_some();
    let Some((latency_s, row)) = quickest.filter(|_| !is_asked || all_held) else {
        let best = results.rows.iter().filter_map(|row| row.fitness(is_busy)).min();
        let text = match best {
            None => fitness::UNTRIED.into(),
            Some(Fitness::TooSlow) if all_held || !is_asked => Fitness::TooSlow.sentence().into(),
            Some(_) => none_holds(results),
        };
        return (if best.is_some() { format!("{text}; {others}") } else { text }, false);
    };
    let (fitness, held) = (row.fitness(is_busy).unwrap_or(Fitness::Fit), row.held);
    let stem = results.model.name.rsplit_once('.').map_or(results.model.name.as_str(), |(stem, _)| stem);
    let boxes = match (row.boxes(), row.tries.iter().map(|tried| tried.boxes).max()) {
        (Some(boxes), Some(most)) if boxes == most => format!(", {boxes} boxes at least"),
        (Some(boxes), _) => format!(", {boxes} boxes at most"),
        _ => String::new(),
    };
    let with =
        row.tries.first().map_or(String::new(), |tried| format!(" with deadline {}", tried.deadline_frames));
    let side = match results.rows.iter().any(|other| other.optimise != row.optimise) {
        true if row.optimise => " with this project's convolutions,",
        true => " with libtorch's convolutions,",
        false => "",
    };
    let text = format!(
        "{}; [nn~ {stem} {} {}]{side} with deadline {}, which held for {:.0} s, plays at {:.1} ms{boxes}{with}; {others}",
        fitness.sentence(),
        results.model.method,
        row.buffer_frames,
        held.map_or(0, |held| held.deadline_frames),
        held.map_or(0.0, |held| held.held_s),
        latency_s * 1e3,
    );
    (text, true)
}

/// The sentence where buffers were late.
fn none_holds(results: &Results) -> String {
    let what = if results.settings.deadline_frames.is_some() {
        "the deadline does not hold"
    } else {
        "not fit: no deadline held"
    };
    let late = results.rows.iter().filter_map(Row::late_per_1000).reduce(f64::max);
    let late = late.map_or("no buffer was full in the time that was played".into(), |late| {
        format!("{late:.1} of 1000 buffers were late")
    });
    let busy = if are_others_busy(results) {
        "; this machine is busy: measure again when nothing else runs"
    } else {
        ""
    };
    format!("{what}: {late}{busy}")
}

/// Whether other threads may have held it up: those of other programs, or its own of `--load`.
fn is_busy(results: &Results) -> bool {
    results.settings.load > 0 || are_others_busy(results)
}

/// Whether other programs took of the machine, as far as is known.
fn are_others_busy(results: &Results) -> bool {
    results.machine.others_cores.is_none_or(|cores| cores >= QUIET)
}

/// Beside what it played.
fn surroundings(results: &Results) -> String {
    let others = others(results.machine.others_cores);
    match results.settings.load {
        0 => others,
        1 => format!("beside 1 busy thread; {others}"),
        load => format!("beside {load} busy threads; {others}"),
    }
}

/// What others took of the machine.
pub fn others(cores: Option<f64>) -> String {
    match cores {
        None => "what else ran is not known".into(),
        Some(cores) if cores < QUIET => "nothing else ran".into(),
        Some(cores) => format!("other programs took {:.0} % of a core meanwhile", cores * 100.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::results::{LeastDeadline, Stretch, Try};

    /// Runs of so many ms, of which half is of a processor, with a buffer of 10 ms.
    fn row(ms: u64, held: Option<usize>) -> Row {
        let held = held.map(|frames| LeastDeadline {
            deadline_frames: frames,
            latency_frames: 377 + frames,
            held_s: 10.0,
        });
        let mut row =
            Row { buffer_frames: 441, rate_hz: 44_100, budget_ns: 10_000_000, held, ..Row::default() };
        row.live.wall_ns = vec![ms * 1_000_000; 40];
        row.live.used_ns = vec![ms * 500_000; 40];
        let late = u64::from(row.held.is_none());
        let (deadline_frames, buffers) = (441, 40);
        row.stretches = vec![Stretch { deadline_frames, buffers, late, ..Stretch::default() }];
        row
    }

    fn tried(boxes: usize, late: u64) -> Try {
        Try { boxes, deadline_frames: 441, buffers: 40, late, kept_pace: true, ..Try::default() }
    }

    fn judged(rows: Vec<Row>, others_cores: Option<f64>, deadline_frames: Option<usize>) -> (String, bool) {
        let mut results = Results { rows, ..Results::default() };
        results.model.name = "voice.v2.ts".into();
        results.model.method = "forward".into();
        results.machine.others_cores = others_cores;
        results.settings.deadline_frames = deadline_frames;
        of_all(&results)
    }

    #[test]
    fn the_quickest_row_that_plays_is_told_with_what_else_ran() {
        let mut quick = Row { model_delay_frames: Some(441), ..row(2, Some(64)) };
        quick.tries = vec![tried(1, 0), tried(2, 0), tried(4, 3), tried(3, 0)];
        let slow = Row { buffer_frames: 4410, ..row(2, Some(4410)) };
        let (text, is_good) = judged(vec![slow, quick.clone()], Some(0.37), None);
        let expected = "fit for the stage; [nn~ voice.v2 forward 441] with deadline 64, which held for 10 s, plays at 20.0 ms, \
                        3 boxes at most with deadline 441; other programs took 37 % of a core meanwhile";
        assert_eq!((text.as_str(), is_good), (expected, true));
        quick.tries.truncate(2);
        let optimised = Row { optimise: true, ..row(2, Some(4410)) };
        let (text, _) = judged(vec![optimised, quick.clone()], None, None);
        assert!(
            text.contains("441] with libtorch's convolutions, with deadline 64, which held for 10 s, plays"),
            "{text}"
        );
        let (text, _) = judged(vec![quick], None, None);
        assert!(text.contains(", 2 boxes at least with deadline 441; what else ran is not known"), "{text}");
    }

    #[test]
    fn what_holds_no_deadline_is_not_fit_and_only_a_busy_machine_is_called_busy() {
        const LATE: &str = "not fit: no deadline held: 25.0 of 1000 buffers were late";
        let (fit, heavy, slow) =
            (Fitness::Fit.sentence(), Fitness::Heavy.sentence(), Fitness::TooSlow.sentence());
        for (ms, held, others_cores, begin, is_good) in [
            (4, Some(64), Some(0.01), fit, true),
            (6, Some(64), Some(0.01), heavy, true),
            (6, Some(64), Some(0.5), Fitness::Busy.sentence(), true),
            (6, Some(64), None, Fitness::Busy.sentence(), true),
            (4, None, Some(0.01), LATE, false),
            (4, None, None, LATE, false),
            (12, None, Some(0.5), LATE, false),
            (12, None, Some(0.01), slow, false),
            (40, None, Some(0.5), slow, false),
        ] {
            let (text, good) = judged(vec![row(ms, held)], others_cores, None);
            assert!(text.starts_with(&format!("{begin};")), "{ms} {held:?} {others_cores:?}: {text}");
            assert_eq!(good, is_good, "{text}");
            let is_busy = text.contains("this machine is busy");
            assert!(!is_busy || others_cores.is_none_or(|cores| cores > 0.05), "{text}");
            assert_eq!(
                is_busy,
                begin == LATE && others_cores != Some(0.01) || begin == Fitness::Busy.sentence()
            );
        }
    }

    #[test]
    fn threads_that_computed_beside_it_are_told() {
        let mut results = Results { rows: vec![row(2, Some(64))], ..Results::default() };
        results.settings.load = 2;
        results.machine.others_cores = Some(0.0);
        assert!(of_all(&results).0.ends_with("; beside 2 busy threads; nothing else ran"));
    }

    #[test]
    fn a_deadline_that_was_asked_for_has_to_hold_in_every_row() {
        let (text, is_good) = judged(vec![row(2, Some(64)), row(2, None)], Some(0.0), Some(64));
        assert_eq!(
            (text.as_str(), is_good),
            ("the deadline does not hold: 25.0 of 1000 buffers were late; nothing else ran", false)
        );
        assert!(judged(vec![row(2, Some(64))], Some(0.0), Some(64)).1);
    }

    #[test]
    fn what_went_wrong_goes_before_any_time() {
        let trouble = Some(Trouble::NotFinite(1, 9));
        let broken = Row { trouble, ..row(2, Some(64)) };
        assert_eq!(judged(vec![row(2, Some(64)), broken], None, None), (fitness::NOT_FINITE.into(), false));
        assert_eq!(judged(Vec::new(), None, None), (fitness::UNTRIED.into(), false));
        assert_eq!(row(2, None).late_per_1000(), Some(25.0));
    }
}
