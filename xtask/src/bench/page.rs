//! The page: Markdown from results.

use std::fmt::Write as _;

use super::picture;
use super::results::{Part, Section, Target};

/// The whole of `docs/BENCHMARKS.md`.
///
/// `measured_elsewhere` is Markdown from machines that this one is not.
pub fn text(sections: &[Section], measured_elsewhere: &str) -> String {
    let mut text = String::from(HEAD);
    text += &summary(sections);
    for section in sections {
        text += &body(section);
    }
    if !measured_elsewhere.is_empty() {
        write!(text, "\n{measured_elsewhere}").expect("text can be written");
    }
    text
}

/// The page with these sections instead of those of the same title; new ones come at the end, before what was measured
/// elsewhere.
pub fn with(page: &str, sections: &[Section], measured_elsewhere: &str) -> String {
    let elsewhere = measured_elsewhere.trim();
    let page = page.trim_end().strip_suffix(elsewhere).unwrap_or(page).trim_end();
    let mut parts = page.split("\n## ").map(str::to_owned);
    let head = parts.next().unwrap_or_default();
    // The first of them counts targets.
    let mut parts: Vec<String> = parts.skip(1).map(|part| format!("\n## {}\n", part.trim_end())).collect();
    for section in sections {
        let (title, new) = (format!("\n## {}\n", section.fact("title")), body(section));
        match parts.iter_mut().find(|part| part.starts_with(&title)) {
            Some(part) => *part = new,
            None => parts.push(new),
        }
    }
    let (met, missed): (Vec<_>, Vec<_>) = parts
        .iter()
        .flat_map(|part| part.lines())
        .filter(|line| line.starts_with("- met: ") || line.starts_with("- **missed**: "))
        .partition(|line| line.starts_with("- met: "));
    let mut text = format!(
        "{}\n\n## Targets\n\n{} of {} are met.",
        head.trim_end(),
        met.len(),
        met.len() + missed.len()
    );
    text += if missed.is_empty() { "\n" } else { " Missed:\n\n" };
    for line in missed {
        text += &format!("- {}\n", line.trim_start_matches("- **missed**: "));
    }
    text.extend(parts);
    if !elsewhere.is_empty() {
        text += &format!("\n{elsewhere}\n");
    }
    text
}

const HEAD: &str = "# Benchmarks

`cargo xtask bench` measures and writes this page; no figure on it was typed. Ratios and differences are between two \
sides of the same run. The figures are those of one machine at one time: its load stands with each of them, and where \
others used it meanwhile, worst cases and late blocks are theirs too.

`cargo xtask bench NAME` measures one thing anew. `NN_BENCH_MODELS=PATH:PATH cargo xtask bench` takes more models than \
the project's own; `benches/main.rs` lists the other variables. `NN_BENCH_LATENCY_S=600` makes the long run of \
`latency` ten minutes.

";

/// Every target that was missed, and how many were met.
fn summary(sections: &[Section]) -> String {
    let targets = || sections.iter().flat_map(|section| &section.targets);
    let met = targets().filter(|target| target.met).count();
    let mut text = format!("## Targets\n\n{met} of {} are met in this run.", targets().count());
    if met < targets().count() {
        text += " Missed:\n\n";
        for section in sections {
            for target in section.targets.iter().filter(|target| !target.met) {
                writeln!(text, "- `{}`: {}", section.bench, line(target)).expect("text can be written");
            }
        }
    } else {
        text += "\n";
    }
    text
}

fn line(target: &Target) -> String {
    let Target { what, figure, bound, target, unit, .. } = target;
    format!("{what}: {} {unit}, wanted {bound} {}", short(*figure), short(*target))
}

/// As many digits as say something.
fn short(figure: f64) -> String {
    if figure.fract() == 0.0 || figure.abs() >= 100.0 {
        format!("{figure:.0}")
    } else if figure.abs() < 0.01 {
        format!("{figure:.1e}")
    } else {
        format!("{figure:.2}")
    }
}

fn body(section: &Section) -> String {
    let mut text = format!("\n## {}\n\n{}\n\n", section.fact("title"), section.fact("about"));
    for (name, facts) in [
        ("machine", vec![section.fact("machine"), section.fact("system")]),
        ("software", vec![section.fact("rustc"), &format!("libtorch {}", section.fact("libtorch"))]),
        ("date", vec![section.fact("date"), &format!("commit {}", section.fact("commit"))]),
    ] {
        writeln!(text, "- {name}: {}", facts.join(", ")).expect("text can be written");
    }
    writeln!(text, "- load: {} before, {} after", section.fact("load"), section.load_at_end)
        .expect("text can be written");
    writeln!(text, "- command: `{}`", section.fact("command")).expect("text can be written");
    if !section.histograms.is_empty() {
        writeln!(text, "\n![How callback times and compute times are spread]({})", picture::FILE)
            .expect("text can be written");
    }
    for part in &section.parts {
        match part {
            Part::Note(note) => writeln!(text, "\n{note}").expect("text can be written"),
            Part::Table { columns, rows } => {
                text += &format!("\n| {} |\n|{}\n", columns.join(" | "), "---|".repeat(columns.len()));
                for row in rows {
                    text += &format!("| {} |\n", row.join(" | "));
                }
            }
        }
    }
    if !section.targets.is_empty() {
        text += "\nTargets:\n\n";
        for target in &section.targets {
            let word = if target.met { "met" } else { "**missed**" };
            text += &format!("- {word}: {}\n", line(target));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Section, short, text, with};
    use crate::bench::results::Target;

    fn section(title: &str, met: bool) -> Section {
        let mut section = Section::default();
        section.set_fact("title", title);
        let target = |met| Target {
            what: title.into(),
            figure: 1.0,
            bound: "at most".into(),
            target: 2.0,
            unit: "ns".into(),
            met,
        };
        section.targets = vec![target(true), target(met)];
        section
    }

    #[test]
    fn a_section_that_is_measured_anew_replaces_its_own_and_targets_are_counted_again() {
        let page = text(&[section("One", true), section("Two", true)], "## On a GPU\n\nElsewhere.\n");
        assert!(page.contains("4 of 4 are met"), "{page}");
        let anew =
            with(&page, &[section("One", false), section("Three", true)], "## On a GPU\n\nElsewhere.\n");
        assert!(anew.contains("5 of 6 are met. Missed:\n\n- One: 1 ns, wanted at most 2"), "{anew}");
        let titles: Vec<_> = anew.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(titles, ["## Targets", "## One", "## Two", "## Three", "## On a GPU"]);
        assert_eq!(
            with(&anew, &[section("One", true)], "## On a GPU\n\nElsewhere.\n").matches("- met: One").count(),
            2
        );
    }

    #[test]
    fn figures_of_every_size_say_something() {
        for (figure, text) in [(0.0, "0"), (5e-6, "5.0e-6"), (0.98, "0.98"), (3.456, "3.46"), (123.4, "123")]
        {
            assert_eq!(short(figure), text);
        }
    }
}
