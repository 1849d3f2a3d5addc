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
    use super::short;

    #[test]
    fn figures_of_every_size_say_something() {
        for (figure, text) in [(0.0, "0"), (5e-6, "5.0e-6"), (0.98, "0.98"), (3.456, "3.46"), (123.4, "123")]
        {
            assert_eq!(short(figure), text);
        }
    }
}
