//! Which functions and classes libtorch reads while others wait for them, and the stack for the heaviest such chain.
//!
//! What a class or function mentions by its path is read at once, in the middle of it; so is a method that another method
//! of its class calls. Nothing is read twice at a time (libtorch refuses recursion), so where mentions go in circles each
//! member counts once, and everything in it together.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{super::ArchiveError, units::Unit};

/// A class that is imported, with the method that makes libtorch look for it.
const CLASS_BYTES: u64 = 4_000;
/// A function or method that is compiled.
const FUNCTION_BYTES: u64 = 6_000;
/// A large model has some ten thousand.
const MOST_UNITS: u64 = 1 << 17;
/// All edges between units.
const MOST_EDGES: usize = 1 << 22;

/// What is read in one piece: a class with its methods, or a function.
#[derive(Debug, Default)]
struct Piece {
    bytes: u64,
    /// Of each method: its name, its stack, its names that may be methods.
    methods: Vec<(Vec<u8>, u64, HashSet<Vec<u8>>)>,
    paths: HashSet<String>,
    /// Something in it finds methods by other ways than their names.
    hidden: bool,
}

/// All source of an archive.
#[derive(Debug, Default)]
pub(super) struct Program {
    pieces: BTreeMap<String, Piece>,
    units: u64,
}

impl Program {
    pub(super) fn add(&mut self, unit: Unit<'_>) -> Result<(), ArchiveError> {
        self.units += 1;
        if self.units > MOST_UNITS {
            let what = "functions and classes".into();
            return Err(ArchiveError::Limit { what, found: self.units, most: MOST_UNITS });
        }
        let piece = self.pieces.entry(unit.path()).or_default();
        let finds =
            [&b"getattr"[..], b"hasattr", b"property", b"__forward_hooks__", b"__forward_pre_hooks__"];
        piece.hidden |= finds.iter().any(|name| unit.names.contains(name));
        piece.paths.extend(unit.paths);
        match (unit.class, unit.function) {
            (_, Some(name)) => {
                let names = unit.names.into_iter().map(<[u8]>::to_vec).collect();
                piece.methods.push((name.to_vec(), FUNCTION_BYTES + unit.bytes, names));
            }
            _ => piece.bytes += CLASS_BYTES + unit.bytes,
        }
        Ok(())
    }

    /// The stack of the heaviest chain, and the name of what begins it.
    pub(super) fn heaviest(&self) -> (u64, String) {
        let paths: Vec<&String> = self.pieces.keys().collect();
        let index: HashMap<&str, usize> =
            paths.iter().enumerate().map(|(i, path)| (path.as_str(), i)).collect();
        let mut left = MOST_EDGES;
        let mut edges = Vec::with_capacity(paths.len());
        for (at, piece) in self.pieces.values().enumerate() {
            let mut mentioned = HashSet::new();
            for path in &piece.paths {
                if let Some(found) = prefixes(path).find_map(|prefix| index.get(prefix)) {
                    mentioned.insert(*found);
                } else {
                    // A part of a path may be kept in a variable and go on elsewhere.
                    let within = format!("{path}.");
                    let all = paths.partition_point(|other| other.as_str() < within.as_str())..;
                    let all =
                        paths[all.clone()].iter().take_while(|other| other.starts_with(&within)).count();
                    let first = paths.partition_point(|other| other.as_str() < within.as_str());
                    mentioned.extend(first..first + all);
                }
                if mentioned.len() > left {
                    return (u64::MAX, paths[at].clone());
                }
            }
            mentioned.remove(&at);
            left -= mentioned.len();
            edges.push(mentioned.into_iter().collect());
        }
        let alone: Vec<u64> =
            self.pieces.values().map(|piece| piece.bytes + piece.chain(&mut left)).collect();
        let together: Vec<u64> = self.pieces.values().map(|p| p.bytes + p.all()).collect();
        let totals = heaviest_paths(&edges, &alone, &together);
        let heaviest = (0..totals.len()).max_by_key(|&i| totals[i]);
        heaviest.map_or((0, String::new()), |i| (totals[i], paths[i].clone()))
    }
}

impl Piece {
    fn all(&self) -> u64 {
        self.methods.iter().map(|(_, bytes, _)| bytes).sum()
    }

    /// The heaviest chain of methods that call each other.
    fn chain(&self, left: &mut usize) -> u64 {
        if self.hidden {
            return self.all();
        }
        let mut index: HashMap<&[u8], Vec<usize>> = HashMap::new();
        let mut implied = Vec::new();
        for (i, (name, ..)) in self.methods.iter().enumerate() {
            index.entry(name).or_default().push(i);
            // Operators, `len`, `with` and the like call them without their name.
            if name.starts_with(b"__") {
                implied.push(i);
            }
        }
        let mut edges = Vec::with_capacity(self.methods.len());
        for (own, _, names) in &self.methods {
            let mut called: Vec<usize> = implied.clone();
            // Whichever of the two is longer is gone through.
            let named =
                names.iter().filter(|name| *name != own).filter_map(|name| index.get(name.as_slice()));
            called.extend(named.flatten());
            let Some(rest) = left.checked_sub(called.len()) else { return self.all() };
            *left = rest;
            edges.push(called);
        }
        let bytes: Vec<u64> = self.methods.iter().map(|(_, bytes, _)| *bytes).collect();
        heaviest_paths(&edges, &bytes, &bytes).into_iter().max().unwrap_or(0)
    }
}

/// `a.b.c`, `a.b`, `a`.
fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once('.').map(|(before, _)| before))
}

/// For each node the weight of the heaviest path that begins there. A node in no circle weighs `alone`, a circle as much
/// as all its nodes `together`.
///
/// Tarjan's strongly connected components, which come out in the order that is wanted: what follows first.
fn heaviest_paths(edges: &[Vec<usize>], alone: &[u64], together: &[u64]) -> Vec<u64> {
    const NEW: usize = usize::MAX;
    let count = edges.len();
    let (mut number, mut low) = (vec![NEW; count], vec![0; count]);
    let (mut totals, mut done) = (vec![0u64; count], vec![false; count]);
    let (mut open, mut path) = (Vec::new(), Vec::new());
    let mut next = 0;
    for start in 0..count {
        if number[start] == NEW {
            path.push((start, 0));
        }
        while let Some((node, edge)) = path.pop() {
            if edge == 0 {
                (number[node], low[node]) = (next, next);
                next += 1;
                open.push(node);
            }
            if let Some(&target) = edges[node].get(edge) {
                path.push((node, edge + 1));
                if number[target] == NEW {
                    path.push((target, 0));
                } else if !done[target] {
                    low[node] = low[node].min(number[target]);
                }
                continue;
            }
            if let Some(&(before, _)) = path.last() {
                low[before] = low[before].min(low[node]);
            }
            if low[node] != number[node] {
                continue;
            }
            let first = open.iter().rposition(|&other| other == node).unwrap_or(0);
            let circle = open.split_off(first);
            let own = match circle[..] {
                [only] => alone[only],
                _ => circle.iter().fold(0u64, |sum, &i| sum.saturating_add(together[i])),
            };
            let after =
                circle.iter().flat_map(|&i| &edges[i]).filter(|&&i| done[i]).map(|&i| totals[i]).max();
            for i in circle {
                (totals[i], done[i]) = (own.saturating_add(after.unwrap_or(0)), true);
            }
        }
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_path_is_found_through_circles() {
        let edges = [vec![1, 4], vec![2], vec![3, 1], vec![], vec![3]];
        let totals = heaviest_paths(&edges, &[1, 10, 20, 5, 30], &[1, 11, 21, 5, 30]);
        assert_eq!(totals, [38, 37, 37, 5, 35]);
        let long: Vec<_> = (0..100_000).map(|i| if i < 99_999 { vec![i + 1] } else { vec![] }).collect();
        assert_eq!(heaviest_paths(&long, &vec![1; 100_000], &vec![1; 100_000])[0], 100_000);
    }
}
