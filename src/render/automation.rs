//! Attributes and inputs that move: a table of time, name and value.

use std::path::Path;

use nn_core::{
    message::{Atom, typed},
    offline::TimedMessage,
    spec::AttributeSpec,
    value::ValueType,
};

/// What moves, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Automation {
    /// In the order in which the names first appear.
    pub tracks: Vec<Track>,
}

/// One thing that moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// As it was written.
    pub name: String,
    points: Vec<Point>,
}

#[derive(Clone, Debug, PartialEq)]
struct Point {
    time_s: f64,
    values: Vec<Atom>,
}

impl Automation {
    /// Reads a table.
    pub fn read(path: &Path) -> Result<Self, String> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_path(path)
            .map_err(|error| error.to_string())?;
        let mut automation = Self::default();
        for (at, record) in reader.records().enumerate() {
            let record = record.map_err(|error| error.to_string())?;
            let line = record.position().map_or(at as u64 + 1, csv::Position::line);
            let wrong = |what: &str| format!("line {line}: {what}: time in seconds, name, value");
            let (Some(time), Some(name)) = (record.get(0), record.get(1)) else {
                return Err(wrong("too little"));
            };
            let time_s = match time.trim_start_matches('\u{feff}').parse::<f64>() {
                Ok(time_s) if time_s.is_finite() && time_s >= 0.0 => time_s,
                // The names of the columns.
                Err(_) if at == 0 => continue,
                _ => return Err(wrong(&format!("'{time}' is no time"))),
            };
            let values: Vec<_> = record.iter().skip(2).filter(|v| !v.is_empty()).flat_map(typed).collect();
            if name.is_empty() || values.is_empty() {
                return Err(wrong("no name or no value"));
            }
            let found = automation.tracks.iter().position(|track| track.name == name);
            let track = found.unwrap_or_else(|| {
                automation.tracks.push(Track { name: name.to_owned(), points: Vec::new() });
                automation.tracks.len() - 1
            });
            automation.tracks[track].points.push(Point { time_s, values });
        }
        for track in &mut automation.tracks {
            track.points.sort_by(|one, two| one.time_s.total_cmp(&two.time_s));
        }
        if automation.tracks.is_empty() { Err("nothing moves in it".into()) } else { Ok(automation) }
    }
}

impl Track {
    /// Whether it holds one number at each time, as an input needs it.
    pub fn is_a_number(&self) -> bool {
        self.points.iter().all(|point| point.values.len() == 1 && point.values[0].number().is_some())
    }

    /// Whether it has not begun at a time.
    pub fn begins_after(&self, time_s: f64) -> bool {
        self.points.first().is_some_and(|point| time_s < point.time_s)
    }

    /// The value of an input at a time; before the first one, that one.
    pub fn at(&self, time_s: f64) -> f32 {
        let after = self.points.partition_point(|point| point.time_s <= time_s);
        let value = |at: usize| self.points[at].values[0].number().unwrap_or(0.0);
        match (after.checked_sub(1), self.points.get(after)) {
            (None, _) => value(0) as f32,
            (Some(before), None) => value(before) as f32,
            (Some(before), Some(_)) => between(&self.points[before], &self.points[after], time_s)
                .first()
                .map_or(0.0, |value| value.number().unwrap_or(0.0) as f32),
        }
    }

    /// The messages that move an attribute: one for each point, and for floats one for each buffer that begins between
    /// two points. `later_frames` is what comes before the box.
    pub fn messages(
        &self,
        attribute: &AttributeSpec,
        sample_rate_hz: u32,
        (buffer_frames, block_frames): (usize, usize),
        later_frames: usize,
    ) -> Vec<TimedMessage> {
        let glides = attribute.types.iter().all(|kind| *kind == ValueType::Float);
        let (rate_hz, later) = (f64::from(sample_rate_hz), later_frames as u64);
        let (buffer, block) = (buffer_frames.max(1) as u64, block_frames.max(1) as u64);
        let message = |frame: u64, values: &[Atom]| {
            let name = Atom::symbol(attribute.name.clone());
            let atoms: Vec<_> = std::iter::once(name).chain(values.iter().cloned()).collect();
            TimedMessage::new(frame, "set", &atoms)
        };
        let frame = |point: &Point| (point.time_s * rate_hz).round() as u64 + later;
        let mut messages = Vec::new();
        for (at, point) in self.points.iter().enumerate() {
            messages.push(message(frame(point), &point.values));
            let Some(next) = self.points.get(at + 1).filter(|next| {
                let numbers = |point: &Point| point.values.iter().all(|value| value.number().is_some());
                glides && numbers(point) && numbers(next) && point.values.len() == next.values.len()
            }) else {
                continue;
            };
            let mut border = (frame(point) / buffer + 1) * buffer;
            while border < frame(next) {
                let time_s = (border - later) as f64 / rate_hz;
                // What is told before a block that holds a border is heard in the buffer that ends there.
                let told = border.next_multiple_of(block);
                messages.push(message(told, &between(point, next, time_s)));
                border += buffer;
            }
        }
        messages.sort_by_key(|message| message.at_frame);
        messages
    }
}

/// The values at a time between two points, on straight lines.
fn between(one: &Point, two: &Point, time_s: f64) -> Vec<Atom> {
    let length_s = two.time_s - one.time_s;
    let part = if length_s > 0.0 { (time_s - one.time_s) / length_s } else { 1.0 };
    let value = |(one, two): (&Atom, &Atom)| {
        let (one, two) = (one.number().unwrap_or(0.0), two.number().unwrap_or(0.0));
        Atom::Float(one + (two - one) * part)
    };
    one.values.iter().zip(&two.values).map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Automation, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("moves.csv");
        std::fs::write(&path, text).expect("written");
        Automation::read(&path)
    }

    fn heard(text: &str, kind: ValueType) -> Vec<(u64, String)> {
        let attribute = AttributeSpec { name: "gain".into(), types: vec![kind] };
        let moves = read(text).expect("a table");
        let messages = moves.tracks[0].messages(&attribute, 1_000, (100, 1), 0);
        messages.iter().map(|message| (message.at_frame, nn_core::message::text(&message.atoms))).collect()
    }

    #[test]
    fn floats_go_in_straight_lines_from_buffer_to_buffer() {
        let table = "time,name,value\n0.45,gain,1\n0,gain,0.1\n";
        let expected = [(0, "gain 0.1"), (100, "gain 0.3"), (200, "gain 0.5"), (300, "gain 0.7")];
        let found = heard(table, ValueType::Float);
        assert_eq!(found.len(), 6, "{found:?}");
        for ((at, text), found) in expected.into_iter().zip(&found) {
            let number: f64 = found.1.trim_start_matches("gain ").parse().expect("a number");
            let wanted: f64 = text.trim_start_matches("gain ").parse().expect("a number");
            assert!(at == found.0 && (number - wanted).abs() < 1e-9, "{found:?} {text}");
        }
        assert_eq!(found[5], (450, "gain 1".into()));
    }

    #[test]
    fn whole_numbers_and_words_step() {
        assert_eq!(heard("0,gain,1\n0.5,gain,3\n", ValueType::Int).len(), 2);
        assert_eq!(
            heard("0,gain,soft\n# later\n0.5,gain,loud\n", ValueType::String),
            [(0, "gain soft".into()), (500, "gain loud".into())]
        );
    }

    #[test]
    fn an_input_has_a_value_at_every_time() {
        let moves = read("1,in2,10\n2,in2,20\n").expect("a table");
        let at = [0.0, 1.0, 1.5, 2.0, 9.0].map(|time_s| moves.tracks[0].at(time_s));
        assert!(moves.tracks[0].is_a_number());
        assert_eq!(at, [10.0, 10.0, 15.0, 20.0, 20.0]);
    }

    #[test]
    fn a_line_that_is_wrong_is_named() {
        for (table, line) in
            [("0,gain,1\nsoon,gain,2\n", "line 2: 'soon' is no time"), ("0,gain\n", "line 1: no")]
        {
            let error = read(table).expect_err(table);
            assert!(error.starts_with(line), "{error}");
        }
        read("time,name,value\n").expect_err("nothing moves");
    }
}
