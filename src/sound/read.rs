//! Reads a sound file piece by piece: no more than a packet of it is in memory.

use std::{fs::File, path::Path};

use symphonia::core::{
    codecs::audio::AudioDecoder,
    errors::Error,
    formats::{FormatReader, TrackType, probe::Hint},
    io::MediaSourceStream,
};

use super::{ending::ending, fault::SoundFault};

/// Endings of the files that are read.
pub const ENDINGS: [&str; 7] = ["wav", "wave", "flac", "aif", "aiff", "aifc", "mp3"];

/// A sound file that is being read.
pub struct SoundReader {
    format: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
    /// Of the file.
    pub sample_rate_hz: u32,
    /// Of the file.
    pub channels: usize,
    /// How long the file says that it is, in samples; of an MP3 that may be a guess.
    pub promised_frames: Option<u64>,
    /// A packet that was decoded, and how many of its frames were taken.
    packet: Vec<Vec<f32>>,
    taken: usize,
    read_frames: u64,
    /// Packets of an MP3 that could not be decoded, and were left out.
    pub skipped: u64,
    /// Whether the format is one without exact lengths, whose damaged pieces are left out.
    pub is_loose: bool,
}

impl std::fmt::Debug for SoundReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SoundReader").field("channels", &self.channels).finish_non_exhaustive()
    }
}

fn not_sound(error: &Error) -> SoundFault {
    SoundFault::NotSound(match error {
        Error::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => "it is cut".into(),
        Error::IoError(error) => error.to_string(),
        Error::Unsupported(_) => "nothing in it is known here".into(),
        other => other.to_string(),
    })
}

impl SoundReader {
    /// Opens a file; its name only helps to guess the format.
    pub fn open(path: &Path) -> Result<Self, SoundFault> {
        let file = File::open(path)?;
        if !file.metadata()?.is_file() {
            return Err(SoundFault::NotSound("it is not a file".into()));
        }
        let ending = ending(path);
        let mut hint = Hint::new();
        hint.with_extension(&ending);
        let stream = MediaSourceStream::new(Box::new(file), Default::default());
        let format = symphonia::default::get_probe()
            .probe(&hint, stream, Default::default(), Default::default())
            .map_err(|error| not_sound(&error))?;
        let missing = |what: &str| SoundFault::NotSound(what.into());
        let track = format.default_track(TrackType::Audio).ok_or_else(|| missing("it holds no sound"))?;
        let parameters = track.codec_params.as_ref().and_then(|parameters| parameters.audio());
        let parameters = parameters.ok_or_else(|| missing("it does not say how its sound is stored"))?;
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(parameters, &Default::default())
            .map_err(|error| not_sound(&error))?;
        let rate = parameters.sample_rate.filter(|&hz| hz > 0);
        let channels = parameters.channels.as_ref().map(symphonia::core::audio::Channels::count);
        let (track, promised_frames) = (track.id, track.num_frames);
        let mut reader = Self {
            sample_rate_hz: rate.ok_or_else(|| missing("it states no sample rate"))?,
            channels: channels.unwrap_or(0),
            is_loose: ending == "mp3",
            format,
            decoder,
            track,
            promised_frames,
            packet: Vec::new(),
            taken: 0,
            read_frames: 0,
            skipped: 0,
        };
        if reader.channels == 0 {
            // Some formats say so in their packets only.
            reader.next_packet()?;
            reader.channels = reader.packet.len();
        }
        if reader.channels == 0 { Err(missing("it has no channels")) } else { Ok(reader) }
    }

    /// Writes the next frames into the beginnings of `channels`, which are of one length. Gives how many there were:
    /// fewer than that length are the last ones.
    pub fn read(&mut self, channels: &mut [Vec<f32>]) -> Result<usize, SoundFault> {
        let wanted = channels.first().map_or(0, Vec::len);
        let mut frames = 0;
        while frames < wanted {
            let left = self.packet.first().map_or(0, Vec::len) - self.taken;
            if left == 0 {
                if !self.next_packet()? {
                    break;
                }
                continue;
            }
            let count = left.min(wanted - frames);
            for (channel, packet) in channels.iter_mut().zip(&self.packet) {
                channel[frames..frames + count].copy_from_slice(&packet[self.taken..self.taken + count]);
            }
            self.taken += count;
            frames += count;
        }
        self.read_frames += frames as u64;
        Ok(frames)
    }

    /// Decodes the next packet; false at the end.
    fn next_packet(&mut self) -> Result<bool, SoundFault> {
        self.taken = 0;
        self.packet.iter_mut().for_each(Vec::clear);
        loop {
            let packet = match self.format.next_packet() {
                Ok(Some(packet)) if packet.track_id == self.track => packet,
                Ok(Some(_)) => continue,
                Ok(None) => return Ok(false),
                Err(Error::IoError(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                    return Ok(false);
                }
                Err(error) => return Err(self.damaged(&error)),
            };
            match self.decoder.decode(&packet) {
                Ok(decoded) => {
                    decoded.copy_to_vecs_planar(&mut self.packet);
                    if self.channels > 0 && self.packet.len() != self.channels {
                        return Err(self.damaged(&Error::DecodeError("another number of channels")));
                    }
                    return Ok(true);
                }
                // What an MP3 begins or was cut with is often not whole.
                Err(Error::DecodeError(_)) if self.is_loose => self.skipped += 1,
                Err(error) => return Err(self.damaged(&error)),
            }
        }
    }

    fn damaged(&self, error: &Error) -> SoundFault {
        let at_s = self.read_frames as f64 / f64::from(self.sample_rate_hz);
        SoundFault::Damaged { at_s, what: error.to_string() }
    }
}
