//! Prints of a box's models, for the console: at most one line a second, however many there are; of scripts each line.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use parking_lot::Mutex;

use nn_model::Printed;

/// Lines of scripts that wait at most: those beyond are counted with the last.
const MOST_LINES: usize = 64;

/// The shortest time between two lines of models.
pub const INTERVAL: Duration = Duration::from_secs(1);

/// Filled by the threads that run the models of one box, never by the audio callback, and emptied by the main thread.
/// Its size does not depend on how much is printed.
#[derive(Debug, Default)]
pub struct Prints(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// The first text that has not been shown, and how many came since.
    kept: Option<Kept>,
    /// Lines that are shown one by one.
    lines: VecDeque<Kept>,
    shown: Option<Instant>,
}

/// What is to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The model's file, if it is not that of the box.
    pub file: Option<String>,
    /// The first text, and how many there were.
    pub said: Printed,
}

impl Prints {
    /// Stores a print. Any thread but the audio thread.
    pub fn add(&self, file: Option<&str>, said: Printed) {
        let mut state = self.0.lock();
        if said.is_line {
            if state.lines.len() < MOST_LINES {
                state.lines.push_back(Kept { file: file.map(str::to_owned), said });
            } else if let Some(last) = state.lines.back_mut() {
                last.said.count = last.said.count.saturating_add(said.count);
            }
            return;
        }
        match &mut state.kept {
            Some(kept) => kept.said.count = kept.said.count.saturating_add(said.count),
            None => state.kept = Some(Kept { file: file.map(str::to_owned), said }),
        }
    }

    /// The line to show now, if any; there may be more. Main thread.
    pub fn take(&self, now: Instant) -> Option<Kept> {
        let mut state = self.0.try_lock()?;
        if let Some(line) = state.lines.pop_front() {
            return Some(line);
        }
        let is_due = state.shown.is_none_or(|shown| now.saturating_duration_since(shown) >= INTERVAL);
        let kept = if is_due { state.kept.take() } else { None };
        if kept.is_some() {
            state.shown = Some(now);
        }
        kept
    }
}

impl Kept {
    /// The line on the console. `file` is that of the box's model.
    ///
    /// Thread: any but audio.
    pub fn line(&self, file: Option<&str>) -> String {
        let Self { file: own, said: Printed { text, is_warning, count, .. } } = self;
        let who = own.as_deref().or(file).unwrap_or("the model");
        let verb = if *is_warning { "warns" } else { "prints" };
        let more = if *count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
        format!("{who} {verb}: \"{text}\"{more}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, count: u64) -> Printed {
        Printed { text: text.into(), is_warning: false, count, is_line: false }
    }

    #[test]
    fn a_model_that_prints_without_end_is_a_line_a_second_and_a_count() {
        let (prints, begin) = (Prints::default(), Instant::now());
        let mut lines = Vec::new();
        for ms in 0..3_500 {
            prints.add(None, said(&ms.to_string(), 2));
            lines.extend(prints.take(begin + Duration::from_millis(ms)).map(|kept| kept.line(Some("m.ts"))));
        }
        let expected = [
            "m.ts prints: \"0\" (and 1 more)",
            "m.ts prints: \"1\" (and 1999 more)",
            "m.ts prints: \"1001\" (and 1999 more)",
            "m.ts prints: \"2001\" (and 1999 more)",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn lines_of_scripts_are_all_shown_in_their_order_and_take_no_memory_without_end() {
        let (prints, now) = (Prints::default(), Instant::now());
        for at in 0..MOST_LINES + 3 {
            prints.add(None, Printed { is_line: true, ..said(&at.to_string(), 1) });
        }
        let shown: Vec<_> =
            std::iter::from_fn(|| prints.take(now)).map(|kept| kept.line(Some("m.py"))).collect();
        assert_eq!(
            (shown.len(), &shown[..2]),
            (MOST_LINES, &["m.py prints: \"0\"", "m.py prints: \"1\""].map(String::from)[..])
        );
        assert_eq!(shown[MOST_LINES - 1], "m.py prints: \"63\" (and 3 more)");
    }

    #[test]
    fn the_last_words_are_shown_when_their_second_is_over() {
        let (prints, begin) = (Prints::default(), Instant::now());
        prints.add(Some("other.ts"), said("first", 1));
        assert_eq!(prints.take(begin).expect("at once").line(Some("m.ts")), "other.ts prints: \"first\"");
        prints.add(None, Printed { is_warning: true, ..said("last", 1) });
        assert_eq!(prints.take(begin + INTERVAL / 2), None);
        assert_eq!(prints.take(begin + INTERVAL).expect("later").line(None), "the model warns: \"last\"");
        assert_eq!(prints.take(begin + INTERVAL * 9), None);
    }
}
