//! Clicks and dropouts, counted.
//!
//! Thread: any but audio.

/// So many samples of exact silence are no sound of a model.
const LEAST_SILENT: usize = 32;
/// Jumps that are no further apart are one click.
const ONE_CLICK: usize = 64;

/// What was counted in one channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Jumps that should not be there.
    pub clicks: usize,
    /// Stretches of silence where there should be sound.
    pub dropouts: usize,
    /// Their length, all together.
    pub silent_frames: usize,
}

impl Gaps {
    /// Counts. `sounds(n)`: whether sample `n` should be other than silent; `jump(n)`: how far the sound
    /// jumps to sample `n`; more than `most` is a click.
    pub fn count(
        heard: &[f32],
        most: f32,
        sounds: impl Fn(usize) -> bool,
        jump: impl Fn(usize) -> f32,
    ) -> Self {
        let mut gaps = Self::default();
        let (mut begin, mut last_click) = (None, None::<usize>);
        for at in 0..=heard.len() {
            let silent = at < heard.len() && heard[at] == 0.0;
            if silent {
                begin.get_or_insert(at);
            } else if let Some(begin) = begin.take()
                && at - begin >= LEAST_SILENT
                && (begin..at).any(&sounds)
            {
                gaps.dropouts += 1;
                gaps.silent_frames += at - begin;
            }
            if at < heard.len() && jump(at) > most {
                gaps.clicks += usize::from(last_click.is_none_or(|last| at - last > ONE_CLICK));
                last_click = Some(at);
            }
        }
        gaps
    }

    /// Of two channels together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            clicks: self.clicks + other.clicks,
            dropouts: self.dropouts + other.dropouts,
            silent_frames: self.silent_frames + other.silent_frames,
        }
    }

    /// Whether there is none.
    pub fn none(self) -> bool {
        self.clicks + self.dropouts == 0
    }

    /// For people.
    pub fn text(self) -> String {
        match (self.clicks, self.dropouts) {
            (0, 0) => "no click, no dropout".to_owned(),
            (clicks, 0) => format!("clicks: {clicks}, no dropout"),
            (clicks, dropouts) => {
                format!("clicks: {clicks}, dropouts: {dropouts} of {} samples together", self.silent_frames)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counted in a sine with this done to it.
    fn counted(spoil: impl Fn(&mut Vec<f32>)) -> Gaps {
        let right: Vec<f32> = (0..4_000).map(|n| (n as f32 * 0.05).sin()).collect();
        let mut heard = right.clone();
        spoil(&mut heard);
        let jump = |at: usize| if at == 0 { 0.0 } else { (heard[at] - heard[at - 1]).abs() };
        Gaps::count(&heard, 0.06, |at| right[at] != 0.0, jump)
    }

    #[test]
    fn sound_as_it_should_be_has_neither() {
        assert!(counted(|_| {}).none());
        assert_eq!(counted(|_| {}).text(), "no click, no dropout");
    }

    #[test]
    fn a_lost_buffer_is_a_dropout_with_its_two_edges() {
        let gaps = counted(|heard| heard[1_000..1_512].fill(0.0));
        assert_eq!(gaps, Gaps { clicks: 2, dropouts: 1, silent_frames: 512 });
        assert_eq!(gaps.text(), "clicks: 2, dropouts: 1 of 512 samples together");
        assert_eq!(gaps.and(gaps).dropouts, 2);
    }

    #[test]
    fn a_faded_gap_is_a_dropout_without_a_click() {
        let gaps = counted(|heard| {
            for (n, sample) in heard[1_000..1_900].iter_mut().enumerate() {
                let level = (n as f32 - 200.0).abs().min((n as f32 - 700.0).abs()) / 200.0;
                *sample *= if (200..700).contains(&n) { 0.0 } else { level.min(1.0) };
            }
        });
        assert_eq!((gaps.clicks, gaps.dropouts), (0, 1));
    }

    #[test]
    fn a_click_is_one_however_long_it_rings_and_silence_that_should_be_is_none() {
        let gaps =
            counted(|heard| (2_000..2_040).for_each(|at| heard[at] += if at % 2 == 0 { 0.5 } else { 0.0 }));
        assert_eq!((gaps.clicks, gaps.dropouts), (1, 0));
        assert!(Gaps::count(&[0.0; 100], 0.1, |_| false, |_| 0.0).none());
    }
}
