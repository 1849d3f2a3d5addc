//! Where the song is.
//!
//! Thread: any but audio.

/// Tempo and place, as a patch tells them, four beats to a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transport {
    /// Beats in a minute.
    pub bpm: f64,
    /// Whether time goes on.
    pub is_playing: bool,
    /// Beats since the beginning of the song.
    pub beats: f64,
    /// The same in samples of the host.
    pub frames: u64,
}

impl Default for Transport {
    fn default() -> Self {
        Self { bpm: 120.0, is_playing: false, beats: 0.0, frames: 0 }
    }
}

/// What is said of it at a time; the rest stays.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TransportChange {
    /// Beats in a minute.
    pub bpm: Option<f64>,
    /// Whether time goes on.
    pub is_playing: Option<bool>,
    /// Beats since the beginning of the song.
    pub beats: Option<f64>,
}

impl TransportChange {
    /// This, and then another one.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        Self {
            bpm: next.bpm.or(self.bpm),
            is_playing: next.is_playing.or(self.is_playing),
            beats: next.beats.or(self.beats),
        }
    }
}

impl Transport {
    /// Takes what was said.
    pub fn change(&mut self, change: TransportChange) {
        self.bpm = change.bpm.unwrap_or(self.bpm);
        self.is_playing = change.is_playing.unwrap_or(self.is_playing);
        if let Some(beats) = change.beats {
            (self.beats, self.frames) = (beats, 0);
        }
    }

    /// So many samples later, at a rate in Hz.
    pub fn advance(&mut self, frames: usize, rate_hz: f64) {
        if self.is_playing && rate_hz > 0.0 {
            self.beats += frames as f64 / rate_hz * self.bpm / 60.0;
            self.frames += frames as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beats_pass_with_the_tempo_while_it_plays() {
        let mut transport = Transport { bpm: 90.0, ..Transport::default() };
        transport.advance(48_000, 48_000.0);
        assert_eq!((transport.beats, transport.frames), (0.0, 0));
        transport.change(TransportChange { is_playing: Some(true), ..TransportChange::default() });
        (0..40).for_each(|_| transport.advance(4_800, 48_000.0));
        assert!((transport.beats - 6.0).abs() < 1e-9 && transport.frames == 192_000);
        transport.advance(100, 0.0);
        assert_eq!(transport.frames, 192_000, "a host without a rate");
        let slower = TransportChange { bpm: Some(60.0), ..TransportChange::default() };
        let back = TransportChange { beats: Some(4.0), ..TransportChange::default() };
        transport.change(slower);
        assert!((transport.beats - 6.0).abs() < 1e-9, "the place stays");
        transport.change(back);
        assert_eq!((transport.beats, transport.frames, transport.bpm), (4.0, 0, 60.0));
        assert_eq!(slower.then(back), TransportChange { beats: Some(4.0), ..slower });
    }
}
