//! Rendered sound as a file that the language reads into its Buffer: the server lets plug-ins fill none from threads of their
//! own.

use std::path::PathBuf;

use nn_core::{priority::make_this_thread_ordinary, stack, value::SoundBuffer};

use crate::{events::About, order::Order, orders::order};

/// Writes a WAV file of floats below the system's folder for such files, on a thread of its own, and tells the service.
pub fn write(about: About, name: String, sound: SoundBuffer) {
    let told = (name.clone(), about);
    let writer = stack::thread("nn writer", stack::WORKER_BYTES).spawn(move || {
        make_this_thread_ordinary();
        let written = file(&sound).map_err(|what| {
            format!(
                "{name}: what was rendered cannot be written ({what}): make room on the disk of {}",
                std::env::temp_dir().display()
            )
        });
        order(Order::Rendered { about, name, written });
    });
    if let Err(what) = writer {
        let (name, about) = told;
        let written = Err(format!("{name}: the system gives no thread ({what}): render again"));
        order(Order::Rendered { about, name, written });
    }
}

fn file(sound: &SoundBuffer) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let (file, path) = tempfile::Builder::new().prefix("nn-").suffix(".wav").tempfile()?.keep()?;
    let spec = hound::WavSpec {
        channels: u16::try_from(sound.channels)?,
        sample_rate: sound.sample_rate_hz,
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    let mut writer = hound::WavWriter::new(std::io::BufWriter::new(file), spec)?;
    let channels: Vec<_> = (0..sound.channels).map(|channel| sound.channel(channel)).collect();
    for frame in 0..sound.frames() {
        for channel in &channels {
            writer.write_sample(channel[frame])?;
        }
    }
    writer.finalize()?;
    Ok(path)
}
