//! A factor that moves to its target in a straight line.

/// A factor, block by block. Nothing here allocates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glide {
    /// Before the first sample of the block.
    now: f32,
    target: f32,
    /// Change per sample.
    step: f32,
    /// Samples until the target is reached, from the first of the block.
    left_frames: usize,
}

impl Glide {
    /// A factor that rests.
    ///
    /// Thread: any.
    pub fn at(value: f32) -> Self {
        Self { now: value, target: value, step: 0.0, left_frames: 0 }
    }

    /// Moves to a target, in so many samples where it is a new one.
    ///
    /// Thread: audio.
    pub fn aim(&mut self, target: f32, frames: usize) {
        if target == self.target {
            return;
        }
        let frames = frames.max(1);
        (self.target, self.left_frames) = (target, frames);
        self.step = (target - self.now) / frames as f32;
    }

    /// Whether it rests at this value.
    ///
    /// Thread: audio.
    pub fn rests_at(&self, value: f32) -> bool {
        self.left_frames == 0 && self.now == value
    }

    /// Its value at a sample of the block, counted from 0.
    ///
    /// Thread: audio.
    pub fn value(&self, frame: usize) -> f32 {
        if frame + 1 >= self.left_frames { self.target } else { self.now + self.step * (frame + 1) as f32 }
    }

    /// Goes on to the next block.
    ///
    /// Thread: audio.
    pub fn advance(&mut self, frames: usize) {
        if frames >= self.left_frames {
            *self = Self::at(self.target);
        } else {
            self.now += self.step * frames as f32;
            self.left_frames -= frames;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(glide: &mut Glide, frames: usize) -> Vec<f32> {
        let values = (0..frames).map(|frame| glide.value(frame)).collect();
        glide.advance(frames);
        values
    }

    #[test]
    fn it_moves_in_a_straight_line_across_blocks_and_then_rests() {
        let mut glide = Glide::at(1.0);
        assert!(glide.rests_at(1.0) && !glide.rests_at(0.0));
        glide.aim(0.0, 4);
        assert!(!glide.rests_at(1.0));
        let mut all = values(&mut glide, 3);
        glide.aim(0.0, 4);
        all.extend(values(&mut glide, 3));
        assert_eq!(all, [0.75, 0.5, 0.25, 0.0, 0.0, 0.0]);
        assert!(glide.rests_at(0.0));
    }

    #[test]
    fn another_target_is_taken_from_where_it_is() {
        let mut glide = Glide::at(0.0);
        glide.aim(1.0, 4);
        values(&mut glide, 2);
        glide.aim(0.0, 2);
        assert_eq!(values(&mut glide, 3), [0.25, 0.0, 0.0]);
    }
}
