//! Figures over the durations of ticks.

/// Nearest-rank figures of a set of durations, in nanoseconds.
#[derive(Debug, PartialEq)]
pub struct Figures {
    sorted: Vec<u32>,
}

impl Figures {
    pub fn of(mut durations_ns: Vec<u32>) -> Self {
        durations_ns.sort_unstable();
        Self { sorted: durations_ns }
    }

    /// Of the ticks whose number leaves `remainder` when divided by `divisor`.
    pub fn of_remainder(durations_ns: &[u32], divisor: usize, remainder: usize) -> Self {
        Self::of(durations_ns.iter().copied().skip(remainder).step_by(divisor).collect())
    }

    /// The smallest duration that at least `permille` of 1000 do not exceed; 0 when there are none.
    fn rank(&self, permille: usize) -> u32 {
        let rank = (self.sorted.len() * permille).div_ceil(1000);
        self.sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0)
    }

    pub fn full(&self) -> String {
        format!(
            "blocks={} p50_ns={} p90_ns={} p99_ns={} p999_ns={} max_ns={}",
            self.sorted.len(),
            self.rank(500),
            self.rank(900),
            self.rank(990),
            self.rank(999),
            self.rank(1000)
        )
    }

    pub fn short(&self) -> String {
        format!("blocks={} p50_ns={} max_ns={}", self.sorted.len(), self.rank(500), self.rank(1000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_nearest_ranks() {
        let figures = Figures::of((1..=1000).rev().collect());
        assert_eq!(figures.full(), "blocks=1000 p50_ns=500 p90_ns=900 p99_ns=990 p999_ns=999 max_ns=1000");
        assert_eq!(Figures::of(vec![7]).short(), "blocks=1 p50_ns=7 max_ns=7");
        assert_eq!(Figures::of(vec![]).short(), "blocks=0 p50_ns=0 max_ns=0");
    }

    #[test]
    fn remainders_pick_every_kth_tick() {
        let durations = [10, 1, 1, 20, 2, 2, 30];
        assert_eq!(Figures::of_remainder(&durations, 3, 0), Figures::of(vec![10, 20, 30]));
        assert_eq!(Figures::of_remainder(&durations, 3, 2), Figures::of(vec![1, 2]));
        assert_eq!(Figures::of_remainder(&durations[..1], 3, 2), Figures::of(vec![]));
    }
}
