//! Long lines with as few points as show the same, and nothing of them outside the plot.

use crate::frame::Frame;
use crate::shape::At;

/// Points closer than this along the horizontal count as one column.
const COLUMN: f32 = 0.5;

/// The line through `points` with at most four points to a column: where it comes in, its highest and its lowest, and where
/// it goes out.
pub fn thinned(points: impl IntoIterator<Item = At>) -> Vec<At> {
    let mut line: Vec<At> = Vec::new();
    let mut column: Vec<At> = Vec::new();
    for point in points {
        if column.first().is_some_and(|first| (first[0] - point[0]).abs() >= COLUMN) {
            close(&mut column, &mut line);
        }
        column.push(point);
    }
    close(&mut column, &mut line);
    line
}

fn close(column: &mut Vec<At>, line: &mut Vec<At>) {
    let count = column.len();
    if count <= 4 {
        line.append(column);
        return;
    }
    let by_height = |one: &&usize, other: &&usize| column[**one][1].total_cmp(&column[**other][1]);
    let indices: Vec<usize> = (0..count).collect();
    let (lowest, highest) = (indices.iter().min_by(by_height), indices.iter().max_by(by_height));
    let mut kept = vec![0, lowest.copied().unwrap_or(0), highest.copied().unwrap_or(0), count - 1];
    kept.sort_unstable();
    kept.dedup();
    line.extend(kept.into_iter().map(|index| column[index]));
    column.clear();
}

/// The parts of a line that lie in the frame.
pub fn clipped(points: &[At], frame: &Frame) -> Vec<Vec<At>> {
    let mut parts: Vec<Vec<At>> = Vec::new();
    for pair in points.windows(2) {
        let Some((from, to)) = segment_within(pair[0], pair[1], frame) else { continue };
        match parts.last_mut() {
            Some(part) if part.last() == Some(&from) => part.push(to),
            _ => parts.push(vec![from, to]),
        }
    }
    parts
}

/// The part of a segment that lies in the frame (after Liang and Barsky). Ends may be far outside, hence the precision.
fn segment_within(from: At, to: At, frame: &Frame) -> Option<(At, At)> {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let ([x, y], [to_x, to_y]) = (from.map(f64::from), to.map(f64::from));
    let step = [to_x - x, to_y - y];
    let [left, right, top, foot] = [frame.left, frame.right(), frame.top, frame.foot()];
    let edges = [
        (-step[0], x - f64::from(left)),
        (step[0], f64::from(right) - x),
        (-step[1], y - f64::from(top)),
        (step[1], f64::from(foot) - y),
    ];
    for (outward, room) in edges {
        if outward == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if outward < 0.0 {
            enter = enter.max(room / outward);
        } else {
            leave = leave.min(room / outward);
        }
    }
    let at = |part: f64| {
        let (x, y) = ((x + part * step[0]) as f32, (y + part * step[1]) as f32);
        [x.clamp(left, right), y.clamp(top, foot)]
    };
    let start = if enter > 0.0 { at(enter) } else { from };
    let end = if leave < 1.0 { at(leave) } else { to };
    (enter <= leave).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::Scale;
    use crate::scale::Span;

    fn frame() -> Frame {
        let span = Span { scale: Scale::Linear, from: 0.0, to: 1.0 };
        Frame { left: 0.0, top: 0.0, width: 100.0, height: 100.0, x: span, y: span }
    }

    #[test]
    fn a_line_ends_at_the_edge_and_comes_back_there() {
        let parts = clipped(&[[10.0, 50.0], [50.0, -50.0], [90.0, 50.0]], &frame());
        assert_eq!(parts, [vec![[10.0, 50.0], [30.0, 0.0]], vec![[70.0, 0.0], [90.0, 50.0]]]);
        assert_eq!(clipped(&[[-5.0, -5.0], [-5.0, 200.0]], &frame()), [] as [Vec<At>; 0]);
        assert_eq!(clipped(&[[10.0, 10.0], [20.0, 20.0], [30.0, 10.0]], &frame()).len(), 1);
    }

    #[test]
    fn a_long_line_keeps_its_peaks() {
        let height = |index: usize| if index == 77_777 { 3.0 } else { 50.0 + (index % 7) as f32 };
        let line = thinned((0..100_000).map(|index| [index as f32 / 1_000.0, height(index)]));
        assert!(line.len() <= 4 * 202, "{}", line.len());
        assert!(line.contains(&[77.777, 3.0]));
        assert_eq!(line.first(), Some(&[0.0, 50.0]));
    }
}
