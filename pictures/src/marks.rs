//! Drawing marks into a plot.

use std::collections::HashSet;

use crate::describe::{Bin, Mark, Point, Scale};
use crate::frame::Frame;
use crate::labels::Room;
use crate::series::colours;
use crate::shape::{At, Shape};
use crate::theme::{LINE, PAPER, RADIUS, Rgb, SOFT_INK};
use crate::thin::{clipped, thinned};

/// All marks, within the frame: bins first, then lines, then points, then texts.
pub fn drawn(frame: &Frame, marks: &[Mark]) -> Vec<Shape> {
    let coloured: Vec<_> = marks.iter().zip(colours(marks)).collect();
    let mut shapes = Vec::new();
    for (mark, colour) in &coloured {
        if let Mark::Histogram { bins, .. } = mark {
            shapes.extend(histogram(frame, bins, *colour));
        }
    }
    for (mark, colour) in &coloured {
        shapes.extend(lines(frame, mark, *colour));
    }
    let mut places = Vec::new();
    for (mark, colour) in &coloured {
        if let Mark::Points { points, .. } = mark {
            let discs = points_of(frame, points);
            shapes.extend(discs.iter().map(|(centre, point)| {
                let fill = if point.held { *colour } else { PAPER };
                Shape::Disc { centre: *centre, radius: RADIUS, fill, edge: *colour }
            }));
            places.extend(discs);
        }
    }
    let words = labels(frame, marks, &places, &shapes);
    shapes.extend(words);
    shapes
}

fn lines(frame: &Frame, mark: &Mark, colour: Rgb) -> Vec<Shape> {
    let (from, to) = ([frame.left, frame.top], [frame.right(), frame.foot()]);
    let marker = |points: [At; 2]| {
        let inside = points.iter().all(|point| frame.holds(*point));
        let line = Shape::Line { points: points.to_vec(), colour: SOFT_INK, width: 1.2, dashed: true };
        inside.then_some(line).into_iter().collect()
    };
    match mark {
        Mark::Line { points, dashed, .. } => line(frame, points.iter().copied(), colour, LINE, *dashed),
        Mark::Stairs { points, .. } => {
            // Stairs that end at zero go down to the edge of a logarithmic axis.
            let lowest = if frame.y.scale == Scale::Log10 { frame.y.from } else { f64::NEG_INFINITY };
            let corners = corners(points).map(|[x, y]| [x, if y <= 0.0 { y.max(lowest) } else { y }]);
            line(frame, corners, colour, LINE, false)
        }
        Mark::Points { points, joined: true, .. } => {
            line(frame, points.iter().map(|point| [point.x, point.y]), colour, 1.0, false)
        }
        Mark::Vertical { at, .. } => frame.x.part(*at).map_or_else(Vec::new, |part| {
            let x = frame.left + part * frame.width;
            marker([[x, from[1]], [x, to[1]]])
        }),
        Mark::Horizontal { at, .. } => frame.y.part(*at).map_or_else(Vec::new, |part| {
            let y = frame.foot() - part * frame.height;
            marker([[from[0], y], [to[0], y]])
        }),
        Mark::Histogram { .. } | Mark::Points { .. } => Vec::new(),
    }
}

/// A line through values; where one lies nowhere, the line has a gap.
fn line(
    frame: &Frame,
    values: impl Iterator<Item = [f64; 2]>,
    colour: Rgb,
    width: f32,
    dashed: bool,
) -> Vec<Shape> {
    let mut stretches: Vec<Vec<At>> = vec![Vec::new()];
    for [x, y] in values {
        match frame.at(x, y) {
            Some(at) => stretches.last_mut().expect("there is one").push(at),
            None if stretches.last().is_some_and(|stretch| !stretch.is_empty()) => stretches.push(Vec::new()),
            None => {}
        }
    }
    let parts = stretches.into_iter().flat_map(|stretch| clipped(&thinned(stretch), frame));
    parts.map(|points| Shape::Line { points, colour, width, dashed }).collect()
}

/// The corners of stairs: each height lasts until the next step.
fn corners(steps: &[[f64; 2]]) -> impl Iterator<Item = [f64; 2]> {
    steps.iter().enumerate().flat_map(|(index, &[x, y])| {
        let before = index.checked_sub(1).map(|before| [x, steps[before][1]]);
        before.into_iter().chain([[x, y]])
    })
}

fn histogram(frame: &Frame, bins: &[Bin], colour: Rgb) -> Vec<Shape> {
    let foot = frame.foot();
    let filled = bins.iter().filter(|bin| bin.height > 0.0 && bin.from < bin.to);
    filled
        .flat_map(|bin| {
            let ([left, top], [right, _]) =
                (frame.at_within(bin.from, bin.height), frame.at_within(bin.to, bin.height));
            let size = [right - left, foot - top];
            let cap =
                Shape::Line { points: vec![[left, top], [right, top]], colour, width: 1.5, dashed: false };
            [Shape::rectangle([left, top], size, colour, 0.4), cap]
        })
        .collect()
}

/// Points that are to be seen: those in the frame, one to each place.
fn points_of<'a>(frame: &Frame, points: &'a [Point]) -> Vec<(At, &'a Point)> {
    let mut taken = HashSet::new();
    points
        .iter()
        .filter_map(|point| Some((frame.at(point.x, point.y)?, point)))
        .filter(|(at, _)| frame.holds(*at))
        .filter(|(at, point)| {
            taken.insert((at.map(|along| (along * 2.0).round() as i32), point.held, point.label.clone()))
        })
        .collect()
}

fn labels(frame: &Frame, marks: &[Mark], places: &[(At, &Point)], drawn: &[Shape]) -> Vec<Shape> {
    let mut room = Room::new(frame, places.iter().map(|(at, _)| *at));
    for shape in drawn {
        if let Shape::Line { points, .. } = shape {
            room.keep_off(points);
        }
    }
    let mut shapes = Vec::new();
    for mark in marks {
        let label = match mark {
            Mark::Vertical { at, label } => frame
                .x
                .part(*at)
                .and_then(|part| room.at_vertical(frame.left + part * frame.width, label, SOFT_INK)),
            Mark::Horizontal { at, label } => frame
                .y
                .part(*at)
                .and_then(|part| room.at_horizontal(frame.foot() - part * frame.height, label, SOFT_INK)),
            _ => None,
        };
        shapes.extend(label);
    }
    shapes.extend(places.iter().filter_map(|(at, point)| room.beside(*at, &point.label)));
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scale::Span;

    fn frame(scale: Scale) -> Frame {
        let span = Span { scale, from: 1.0, to: 100.0 };
        Frame { left: 50.0, top: 20.0, width: 300.0, height: 200.0, x: span, y: span }
    }

    /// One of each kind, with values inside, outside, at the edges and of no size.
    fn marks() -> Vec<Mark> {
        let values = [-5.0, 0.0, 1.0, 7.0, 100.0, 3_000.0, f64::NAN, f64::INFINITY, 50.0, -f64::MAX];
        let pairs: Vec<[f64; 2]> = values.iter().flat_map(|x| values.map(|y| [*x, y])).collect();
        let point = |[x, y]: &[f64; 2]| Point { x: *x, y: *y, label: format!("{x} {y}"), held: *x > *y };
        let bins = pairs.iter().map(|[x, y]| Bin { from: *x, to: *x + 3.0, height: *y }).collect();
        let mut marks = vec![
            Mark::line("line", pairs.clone()),
            Mark::Stairs { name: "stairs".into(), points: pairs.clone() },
            Mark::Histogram { name: "bins".into(), bins },
            Mark::Points { name: "points".into(), points: pairs.iter().map(point).collect(), joined: true },
        ];
        for at in values {
            marks.push(Mark::Vertical { at, label: format!("at {at}") });
            marks.push(Mark::Horizontal { at, label: format!("at {at}") });
        }
        marks
    }

    /// Upper left and lower right corner of what a shape covers; of points and lines, their middle.
    fn corners_of(shape: &Shape) -> Vec<At> {
        match shape {
            Shape::Fill { points, .. } | Shape::Line { points, .. } => points.clone(),
            Shape::Disc { centre, .. } => vec![*centre],
            Shape::Text(words) => {
                let width = crate::text::width(&words.text, words.size, words.bold);
                let left = match words.align {
                    crate::shape::Align::Left => words.at[0],
                    crate::shape::Align::Middle => words.at[0] - width / 2.0,
                    crate::shape::Align::Right => words.at[0] - width,
                };
                vec![[left, words.at[1]], [left + width, words.at[1]]]
            }
            Shape::Image { at, size, .. } => vec![*at, [at[0] + size[0], at[1] + size[1]]],
        }
    }

    #[test]
    fn every_mark_lies_within_the_frame() {
        for scale in [Scale::Linear, Scale::Log10] {
            let frame = frame(scale);
            let shapes = drawn(&frame, &marks());
            assert!(shapes.len() > 20, "{}", shapes.len());
            for shape in &shapes {
                assert!(corners_of(shape).iter().all(|at| frame.holds(*at)), "{shape:?}");
            }
        }
    }

    #[test]
    fn labels_lie_neither_on_each_other_nor_on_a_line_if_there_is_room() {
        let frame = frame(Scale::Linear);
        let point = |x: f64| Point { x, y: 50.0, label: "label".into(), held: true };
        let points = [10.0, 30.0, 60.0, 90.0].map(point).to_vec();
        let shapes = drawn(&frame, &[Mark::Points { name: String::new(), points, joined: true }]);
        let heights: Vec<f32> = shapes
            .iter()
            .filter_map(|shape| if let Shape::Text(words) = shape { Some(words.at[1]) } else { None })
            .collect();
        let [_, line] = frame.at_within(1.0, 50.0);
        assert_eq!(heights.len(), 4);
        assert!(heights[..3].iter().all(|height| (height - line).abs() > 6.0), "{heights:?} on {line}");
    }

    #[test]
    fn a_point_that_did_not_hold_is_hollow() {
        let point = |x: f64, held| Point { x, y: 9.0, label: String::new(), held };
        let shapes = drawn(&frame(Scale::Log10), &[Mark::points("", [point(9.0, true), point(50.0, false)])]);
        let fills: Vec<Rgb> = shapes
            .iter()
            .filter_map(|shape| if let Shape::Disc { fill, .. } = shape { Some(*fill) } else { None })
            .collect();
        assert_eq!(fills, [crate::theme::SERIES[0], PAPER]);
    }
}
