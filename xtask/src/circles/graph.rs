//! Circles in a graph of files.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What each file needs, by name, and why.
pub type Edges = BTreeMap<String, BTreeMap<String, String>>;

/// The shortest circle of each knot (of all files that reach each other), its first file again at the end.
pub fn circles(edges: &Edges) -> Vec<Vec<String>> {
    let mut circles = Vec::new();
    let mut seen = BTreeSet::new();
    for start in edges.keys() {
        if seen.contains(start) {
            continue;
        }
        let there = reached(edges, start);
        if !there.contains(start) {
            continue;
        }
        let knot: BTreeSet<_> = there
            .into_iter()
            .filter(|&other| other == start || reached(edges, other).contains(start))
            .collect();
        seen.extend(knot.iter().copied());
        circles.extend(knot.iter().filter_map(|file| back_to(edges, file)).min_by_key(Vec::len));
    }
    circles
}

/// All that `start` needs, on any way; itself only when it is on a circle.
fn reached<'a>(edges: &'a Edges, start: &'a String) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![start];
    while let Some(file) = waiting.pop() {
        waiting.extend(
            edges.get(file).into_iter().flat_map(BTreeMap::keys).filter(|&next| reached.insert(next)),
        );
    }
    reached
}

/// The shortest way from a file back to itself.
fn back_to(edges: &Edges, start: &String) -> Option<Vec<String>> {
    let mut from = BTreeMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(file) = waiting.pop_front() {
        for next in edges.get(file).into_iter().flat_map(BTreeMap::keys) {
            if next == start {
                let mut way = vec![start.clone()];
                let mut at = file;
                while at != start {
                    way.push(at.clone());
                    at = from[at];
                }
                way.push(start.clone());
                way.reverse();
                return Some(way);
            }
            if !from.contains_key(next) {
                from.insert(next, file);
                waiting.push_back(next);
            }
        }
    }
    None
}
