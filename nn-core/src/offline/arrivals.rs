//! When the results of a box were there, from what was noted of each block.
//!
//! Thread: any but audio.

use std::time::{Duration, Instant};

use super::live::Tick;

/// The result of one buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The block, counted from 0, in which the buffer was full.
    pub handed_over_in: usize,
    /// The first block, counted from that one, that could play the result: a deadline of so many blocks would have held.
    pub blocks: usize,
    /// The time from the one to the result; up to that block where the end of its run was not noted.
    pub after: Duration,
}

/// What became of the buffers that were full within a stretch of blocks; `None` for those that were not through at its end.
/// `ends` are the ends of the model's runs, as they rose.
///
/// Buffers are told from each other by their number alone. Those that got lost before the stretch are known by the fewest that
/// were under way in it, which is none for a model that keeps up.
pub fn arrivals(ticks: &[Tick], ends: &[Instant]) -> Vec<Option<Arrival>> {
    let lost = ticks.iter().map(|tick| tick.handed_over.saturating_sub(tick.done)).min().unwrap_or(0);
    let mut found = Vec::new();
    for (at, pair) in ticks.windows(2).enumerate() {
        for number in pair[0].handed_over + 1..=pair[1].handed_over {
            let from = pair[0].at;
            let through = |tick: &Tick| tick.done + lost >= number;
            let later = ticks[at + 1..].iter().position(through);
            found.push(later.map(|later| {
                let (blocks, by) = (later + 1, ticks[at + 1 + later].at);
                let before = ends.partition_point(|end| *end <= by);
                let end = ends[..before].last().copied().filter(|end| *end > from);
                Arrival { handed_over_in: at, blocks, after: end.unwrap_or(by) - from }
            }));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block each ms; `(handed over, done)` as they are seen right before it.
    fn ticks(begin: Instant, seen: &[(u64, u64)]) -> Vec<Tick> {
        let tick = |(at, &(handed_over, done)): (usize, &(u64, u64))| Tick {
            at: begin + Duration::from_millis(at as u64),
            took: Duration::ZERO,
            handed_over,
            done,
        };
        seen.iter().enumerate().map(tick).collect()
    }

    fn told(found: &[Option<Arrival>]) -> Vec<Option<(usize, usize, u128)>> {
        let one = |a: &Arrival| (a.handed_over_in, a.blocks, a.after.as_micros());
        found.iter().map(|found| found.as_ref().map(one)).collect()
    }

    #[test]
    fn the_block_that_could_play_a_result_is_the_first_that_finds_it() {
        let begin = Instant::now();
        // Full in block 1, there before block 2; full in block 3, there before block 6; full in block 7, never there.
        let seen = [(0, 0), (0, 0), (1, 1), (1, 1), (2, 1), (2, 1), (2, 2), (2, 2), (3, 2)];
        let at = |us| begin + Duration::from_micros(us);
        let found = arrivals(&ticks(begin, &seen), &[at(1_300), at(5_900)]);
        assert_eq!(told(&found), [Some((1, 1, 300)), Some((3, 3, 2_900)), None]);
        // Without the ends of runs it is the time of the block.
        let found = arrivals(&ticks(begin, &seen), &[]);
        assert_eq!(told(&found), [Some((1, 1, 1_000)), Some((3, 3, 3_000)), None]);
    }

    #[test]
    fn buffers_that_were_lost_before_are_no_delay() {
        let begin = Instant::now();
        let seen = [(7, 4), (7, 4), (8, 4), (8, 5), (8, 5)];
        assert_eq!(told(&arrivals(&ticks(begin, &seen), &[])), [Some((1, 2, 2_000))]);
    }

    #[test]
    fn several_buffers_of_one_block_each_have_an_arrival() {
        let begin = Instant::now();
        let seen = [(0, 0), (2, 1), (2, 2)];
        assert_eq!(told(&arrivals(&ticks(begin, &seen), &[])), [Some((0, 1, 1_000)), Some((0, 2, 2_000))]);
    }
}
