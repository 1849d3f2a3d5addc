//! What a benchmark left behind, read.

use std::path::Path;

use serde_json::Value;

use crate::run::Failure;

/// One benchmark's results. The kinds of lines are those of `benches/common/report.rs`.
#[derive(Debug, Default)]
pub struct Section {
    /// The benchmark's name.
    pub bench: String,
    /// Fields of the stamp and of the beginning: `date`, `title`, `machine` and so on.
    facts: serde_json::Map<String, Value>,
    /// Load when it was through.
    pub load_at_end: String,
    /// Sentences and tables in their order.
    pub parts: Vec<Part>,
    /// Targets, met or not.
    pub targets: Vec<Target>,
    /// For the picture.
    pub histograms: Vec<Histogram>,
}

/// A sentence or a table.
#[derive(Debug)]
pub enum Part {
    /// A sentence.
    Note(String),
    /// A table.
    Table {
        /// Heads.
        columns: Vec<String>,
        /// As many cells in each.
        rows: Vec<Vec<String>>,
    },
}

/// A figure and what it should be.
#[derive(Debug)]
pub struct Target {
    /// What of.
    pub what: String,
    /// What was measured.
    pub figure: f64,
    /// `at most` or `at least`.
    pub bound: String,
    /// What was wanted.
    pub target: f64,
    /// Of both.
    pub unit: String,
    /// Whether it was.
    pub met: bool,
}

/// Durations, counted in bins of equal ratio.
#[derive(Debug)]
pub struct Histogram {
    /// What is on the time axis.
    pub panel: String,
    /// Whose durations.
    pub name: String,
    /// Bins to a power of ten; bin 0 begins at 1 ns.
    pub per_decade: f64,
    /// Number of a bin, and how many lie in it.
    pub bins: Vec<(i64, u64)>,
}

impl Section {
    /// Reads a file of lines.
    ///
    /// # Errors
    /// When it cannot be read, holds something else, or its benchmark did not come to its end.
    pub fn read(bench: &str, file: &Path) -> Result<Self, Failure> {
        let text =
            std::fs::read_to_string(file).map_err(|e| Failure::new(format!("{}: {e}", file.display())))?;
        Self::parse(bench, &text).map_err(|what| {
            Failure::new(format!("{}: {what}: run `cargo xtask bench {bench}` again", file.display()))
        })
    }

    fn parse(bench: &str, text: &str) -> Result<Self, String> {
        let mut section = Self { bench: bench.to_owned(), ..Self::default() };
        for line in text.lines() {
            let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
            section.take(&line).ok_or_else(|| format!("not a result: {line}"))?;
        }
        if section.load_at_end.is_empty() { Err("it did not come to its end".into()) } else { Ok(section) }
    }

    /// A fact by its name, empty when it is not there.
    pub fn fact(&self, name: &str) -> &str {
        self.facts.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// One of the section's facts, for tests of what is made of them.
    #[cfg(test)]
    pub fn set_fact(&mut self, name: &str, fact: &str) {
        self.facts.insert(name.to_owned(), fact.into());
    }

    fn take(&mut self, line: &Value) -> Option<()> {
        let text = |name: &str| Some(line.get(name)?.as_str()?.to_owned());
        let number = |name: &str| line.get(name)?.as_f64();
        match line.get("kind")?.as_str()? {
            "stamp" | "begin" => self.facts.extend(line.as_object()?.clone()),
            "note" => self.parts.push(Part::Note(text("text")?)),
            "table" => {
                self.parts.push(Part::Table { columns: texts(line.get("columns")?)?, rows: Vec::new() })
            }
            "row" => {
                let Some(Part::Table { columns, rows }) = self.parts.last_mut() else { return None };
                rows.push(texts(line.get("cells")?).filter(|cells| cells.len() == columns.len())?);
            }
            "target" => self.targets.push(Target {
                what: text("what")?,
                figure: number("figure")?,
                bound: text("bound")?,
                target: number("target")?,
                unit: text("unit")?,
                met: line.get("met")?.as_bool()?,
            }),
            "histogram" => {
                let bin = |bin: &Value| Some((bin.get(0)?.as_i64()?, bin.get(1)?.as_u64()?));
                self.histograms.push(Histogram {
                    panel: text("panel")?,
                    name: text("name")?,
                    per_decade: number("per_decade")?,
                    bins: line.get("bins")?.as_array()?.iter().map(bin).collect::<Option<_>>()?,
                });
            }
            "end" => self.load_at_end = text("load")?,
            _ => return None,
        }
        Some(())
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|text| Some(text.as_str()?.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = concat!(
        r#"{"kind":"stamp","date":"today"}"#,
        "\n",
        r#"{"kind":"begin","title":"Speed","load":"1 2 3"}"#,
        "\n",
        r#"{"kind":"table","columns":["a","b"]}"#,
        "\n",
        r#"{"kind":"row","cells":["1","2"]}"#,
        "\n",
        r#"{"kind":"target","what":"x","figure":1.0,"target":2.0,"unit":"ns","bound":"at most","met":true}"#,
        "\n",
        r#"{"kind":"histogram","panel":"p","name":"n","per_decade":20,"bins":[[40,7]]}"#,
        "\n",
    );

    #[test]
    fn lines_become_facts_tables_targets_and_histograms() {
        let whole = format!("{LINES}{}", r#"{"kind":"end","load":"4 5 6"}"#);
        let section = Section::parse("speed", &whole).unwrap();
        assert_eq!(
            (section.fact("date"), section.fact("title"), section.fact("load")),
            ("today", "Speed", "1 2 3")
        );
        assert!(matches!(&section.parts[..], [Part::Table { rows, .. }] if rows == &[["1", "2"]]));
        assert!(section.targets[0].met);
        assert_eq!(section.histograms[0].bins, [(40, 7)]);
    }

    #[test]
    fn a_benchmark_that_broke_off_gives_no_results() {
        assert!(Section::parse("speed", LINES).unwrap_err().contains("end"));
    }

    #[test]
    fn a_row_that_does_not_fit_its_table_is_refused() {
        let lines = format!("{LINES}{}", r#"{"kind":"row","cells":["1"]}"#);
        assert!(Section::parse("speed", &lines).is_err());
    }
}
