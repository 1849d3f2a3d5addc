//! The picture of the page: how durations are spread, one chart above the other, both axes logarithmic.

use std::path::Path;

use nn_pictures::{Axis, Bin, Chart, Mark, Picture};

use super::results::{Histogram, Section};
use crate::run::Failure;

/// Where it lies, seen from the page.
pub const FILE: &str = "pictures/times.png";

/// One event is a little higher than the foot of the axis, so that it is seen.
const LEAST_COUNT: f64 = 0.7;

/// Draws all histograms of `sections`, one chart per name of panel, into a PNG file.
///
/// # Errors
/// When the file cannot be written.
pub fn draw(sections: &[Section], file: &Path) -> Result<(), Failure> {
    let failure = |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", file.display()));
    let histograms: Vec<_> = sections.iter().flat_map(|section| &section.histograms).collect();
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(|error| failure(&error))?;
    }
    let png = picture(&histograms).png().map_err(|error| failure(&error))?;
    std::fs::write(file, png).map_err(|error| failure(&error))
}

fn picture(histograms: &[&Histogram]) -> Picture {
    Picture::stacked(charts(histograms).iter().map(Chart::picture))
}

fn charts(histograms: &[&Histogram]) -> Vec<Chart> {
    let mut panels: Vec<&str> = Vec::new();
    for histogram in histograms {
        if !panels.contains(&histogram.panel.as_str()) {
            panels.push(&histogram.panel);
        }
    }
    let chart = |panel: &str| Chart {
        title: panel.to_owned(),
        x: Axis::log("time (µs)"),
        y: Axis { from: Some(LEAST_COUNT), ..Axis::log("how many") },
        marks: histograms
            .iter()
            .filter(|histogram| histogram.panel == panel)
            .map(|each| mark(each))
            .collect(),
        ..Chart::default()
    };
    panels.into_iter().map(chart).collect()
}

fn mark(histogram: &Histogram) -> Mark {
    let count: u64 = histogram.bins.iter().map(|(_, count)| count).sum();
    let edge_us = |bin: i64| 10f64.powf(bin as f64 / histogram.per_decade) / 1e3;
    let bin =
        |(bin, count): &(i64, u64)| Bin { from: edge_us(*bin), to: edge_us(*bin + 1), height: *count as f64 };
    Mark::Histogram {
        name: format!("{} ({count})", histogram.name),
        bins: histogram.bins.iter().map(bin).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(panel: &str, bins: Vec<(i64, u64)>) -> Histogram {
        Histogram { panel: panel.into(), name: "n".into(), per_decade: 10.0, bins }
    }

    #[test]
    fn each_panel_is_a_chart_with_its_histograms_in_microseconds() {
        let (one, other) = (histogram("p", vec![(30, 3), (41, 900)]), histogram("p", vec![(47, 1)]));
        let third = histogram("q", vec![(0, 1)]);
        let charts = charts(&[&one, &third, &other]);
        assert_eq!(charts.iter().map(|chart| chart.marks.len()).collect::<Vec<_>>(), [2, 1]);
        let Mark::Histogram { name, bins } = &charts[0].marks[0] else { panic!("no histogram") };
        assert_eq!((name.as_str(), bins[0].from, bins[0].height), ("n (903)", 1.0, 3.0));
        assert!((bins[0].to - 1.2589).abs() < 1e-4);
    }

    #[test]
    fn without_histograms_there_is_still_a_picture() {
        assert!(picture(&[]).png().is_ok());
        assert!(picture(&[&histogram("p", vec![])]).png().is_ok());
    }
}
