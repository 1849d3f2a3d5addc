//! Latents in files of NumPy: `numpy.load("latents.npz")["latents"]` is `[examples, channels, frames]`.

mod npy;

use std::{
    fs::File,
    io::{BufWriter, Read, Seek, Write},
    path::Path,
};

use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, write::SimpleFileOptions};

use npy::{Array, Npy};

/// The names of what is in a file.
const LATENTS: &str = "latents";
const RATE: &str = "sample_rate";
const RATIO: &str = "ratio";
/// No array of a file is longer, in bytes.
const MOST_BYTES: u64 = 1 << 32;

/// What a model makes of sound before it makes sound of that again.
#[derive(Clone, Debug, PartialEq)]
pub struct Latents {
    /// `[examples][channels][frames]`.
    pub values: Vec<Vec<Vec<f32>>>,
    /// The rate at which the ratio counts, where it is known.
    pub sample_rate_hz: Option<u32>,
    /// Samples to each frame, where it is known.
    pub ratio: Option<usize>,
}

impl Latents {
    /// Number of examples, channels of each, and frames.
    pub fn shape(&self) -> [usize; 3] {
        let channels = self.values.first();
        let frames = channels.and_then(|channels| channels.first());
        [self.values.len(), channels.map_or(0, Vec::len), frames.map_or(0, Vec::len)]
    }

    /// Reads the array `latents`, or the only one with two or three dimensions.
    pub fn read(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| error.to_string())?;
        let mut archive = ZipArchive::new(file).map_err(|error| format!("not an .npz of NumPy ({error})"))?;
        let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
        let mut arrays = Vec::new();
        for name in names {
            let Some(short) = name.strip_suffix(".npy") else { continue };
            let file = archive.by_name(&name).map_err(|error| error.to_string())?;
            let mut bytes = Vec::new();
            file.take(MOST_BYTES).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
            // A file may hold whatever else its maker wanted to keep.
            match Npy::parse(&bytes) {
                Ok(array) => arrays.push((short.to_owned(), array)),
                Err(what) if short == LATENTS => return Err(format!("array {short}: {what}")),
                Err(_) => {}
            }
        }
        let number = |wanted: &str| {
            let found = arrays.iter().find(|(name, array)| name == wanted && array.values.len() == 1)?;
            Some(found.1.values[0]).filter(|number| *number >= 1.0 && *number <= f64::from(u32::MAX))
        };
        let (sample_rate_hz, ratio) = (number(RATE).map(|hz| hz as u32), number(RATIO).map(|n| n as usize));
        let fits = |array: &Array| (2..=3).contains(&array.shape.len());
        let named = arrays.iter().position(|(name, _)| name == LATENTS);
        let mut others = arrays.iter().enumerate().filter(|(_, (_, array))| fits(array)).map(|(at, _)| at);
        let at = named.or_else(|| others.next().filter(|_| others.next().is_none()));
        let (name, array) = at.map(|at| &arrays[at]).ok_or_else(|| {
            format!("it has no array '{LATENTS}', and not one other array of [channels, frames]")
        })?;
        let [examples, channels, frames] = match array.shape[..] {
            [channels, frames] => [1, channels, frames],
            [examples, channels, frames] => [examples, channels, frames],
            _ => return Err(format!("array {name} is {:?} instead of [channels, frames]", array.shape)),
        };
        if examples == 0 || channels == 0 || frames == 0 {
            return Err(format!("array {name} is empty: {:?}", array.shape));
        }
        let mut rest = array.in_rows().into_iter().map(|value| value as f32);
        let mut lane = || rest.by_ref().take(frames).collect::<Vec<_>>();
        let values = (0..examples).map(|_| (0..channels).map(|_| lane()).collect()).collect();
        Ok(Self { values, sample_rate_hz, ratio })
    }

    /// Writes the arrays `latents`, `sample_rate` and `ratio`. The same latents give the same bytes.
    pub fn write(&self, file: File) -> Result<(), String> {
        let mut archive = ZipWriter::new(BufWriter::new(file));
        let latents = self.values.iter().flatten().flatten().flat_map(|value| value.to_le_bytes()).collect();
        Self::add(&mut archive, LATENTS, &npy::file("<f4", &self.shape(), latents))?;
        let number = |number: u64| npy::file("<i8", &[], number.to_le_bytes().to_vec());
        if let Some(hz) = self.sample_rate_hz {
            Self::add(&mut archive, RATE, &number(u64::from(hz)))?;
        }
        if let Some(ratio) = self.ratio {
            Self::add(&mut archive, RATIO, &number(ratio as u64))?;
        }
        let mut file = archive.finish().map_err(|error| error.to_string())?;
        file.flush().map_err(|error| error.to_string())
    }

    fn add<W: Write + Seek>(archive: &mut ZipWriter<W>, name: &str, bytes: &[u8]) -> Result<(), String> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        archive.start_file(format!("{name}.npy"), options).map_err(|error| error.to_string())?;
        archive.write_all(bytes).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_written_alike() {
        let folder = tempfile::tempdir().expect("a folder");
        let lane = |at: usize| (0..5).map(|n| (at * 10 + n) as f32 / 7.0).collect::<Vec<f32>>();
        let values = vec![vec![lane(0), lane(1), lane(2)], vec![lane(3), lane(4), lane(5)]];
        let latents = Latents { values, sample_rate_hz: Some(48_000), ratio: Some(512) };
        let write = |name: &str| {
            let path = folder.path().join(name);
            latents.write(File::create(&path).expect("a file")).expect("written");
            path
        };
        let (one, two) = (write("one.npz"), write("two.npz"));
        assert_eq!(Latents::read(&one), Ok(latents.clone()));
        assert!(std::fs::read(one).expect("read") == std::fs::read(two).expect("read"), "other bytes");
    }

    #[test]
    fn a_file_of_something_else_is_named_as_such() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("no.npz");
        std::fs::write(&path, "words").expect("written");
        assert!(Latents::read(&path).expect_err("no archive").starts_with("not an .npz of NumPy"));
        let mut archive = ZipWriter::new(File::create(&path).expect("a file"));
        Latents::add(&mut archive, "loss", &npy::file("<f4", &[2], vec![0; 8])).expect("added");
        archive.finish().expect("written");
        assert!(Latents::read(&path).expect_err("no latents").starts_with("it has no array 'latents'"));
    }
}
