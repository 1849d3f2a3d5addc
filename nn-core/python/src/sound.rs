//! The sound of a run on its way to the process and back.

#[cfg(not(unix))]
pub(crate) use carried::Sound;
#[cfg(unix)]
pub(crate) use mapped::Sound;

/// In a file that both have open, in memory where the system has such a place: the input, then room for the output.
#[cfg(unix)]
mod mapped {
    use std::{
        fs::File,
        io,
        os::unix::fs::FileExt,
        path::{Path, PathBuf},
        sync::atomic::{AtomicU64, Ordering::Relaxed},
    };

    #[derive(Debug, Default)]
    pub(crate) struct Sound {
        file: Option<(File, u64)>,
        bytes: Vec<u8>,
    }

    impl Sound {
        /// Takes room for so many samples; a new file is to be opened by the process too.
        pub(crate) fn make_room(&mut self, folder: &Path, samples: usize) -> io::Result<Option<PathBuf>> {
            static NUMBER: AtomicU64 = AtomicU64::new(0);
            let length = (samples * size_of::<f32>()).max(1) as u64;
            if self.file.as_ref().is_some_and(|(_, has)| *has >= length) {
                return Ok(None);
            }
            let path = folder.join(format!("sound-{}", NUMBER.fetch_add(1, Relaxed)));
            let file = File::options().read(true).write(true).create_new(true).open(&path)?;
            file.set_len(length)?;
            self.file = Some((file, length));
            Ok(Some(path))
        }

        fn file(&self) -> io::Result<&File> {
            self.file
                .as_ref()
                .map(|(file, _)| file)
                .ok_or_else(|| io::Error::other("it has no file for sound"))
        }

        /// Gives the input of a run, whose question is `_asked`.
        pub(crate) fn put(&mut self, input: &[f32], _asked: &mut Vec<u8>) -> io::Result<()> {
            self.bytes.clear();
            self.bytes.extend(input.iter().flat_map(|sample| sample.to_ne_bytes()));
            self.file()?.write_all_at(&self.bytes, 0)
        }

        /// Takes its output, which stands behind so many samples of the input.
        pub(crate) fn take(&mut self, input: usize, _answer: &[u8], output: &mut [f32]) -> io::Result<()> {
            self.bytes.resize(size_of_val(output), 0);
            let mut bytes = std::mem::take(&mut self.bytes);
            self.file()?.read_exact_at(&mut bytes, (input * size_of::<f32>()) as u64)?;
            super::samples(&bytes, output);
            self.bytes = bytes;
            Ok(())
        }
    }
}

/// In the questions and answers themselves: elsewhere files that are mapped and read need not agree.
#[cfg(not(unix))]
mod carried {
    use std::{
        io,
        path::{Path, PathBuf},
    };

    #[derive(Debug, Default)]
    pub(crate) struct Sound;

    impl Sound {
        pub(crate) fn make_room(&mut self, _folder: &Path, _samples: usize) -> io::Result<Option<PathBuf>> {
            Ok(None)
        }

        pub(crate) fn put(&mut self, input: &[f32], asked: &mut Vec<u8>) -> io::Result<()> {
            asked.extend(input.iter().flat_map(|sample| sample.to_ne_bytes()));
            Ok(())
        }

        pub(crate) fn take(&mut self, _input: usize, answer: &[u8], output: &mut [f32]) -> io::Result<()> {
            let from = answer
                .len()
                .checked_sub(size_of_val(output))
                .ok_or_else(|| io::Error::other("its answer is short"))?;
            super::samples(&answer[from..], output);
            Ok(())
        }
    }
}

fn samples(bytes: &[u8], to: &mut [f32]) {
    for (sample, bytes) in to.iter_mut().zip(bytes.as_chunks().0) {
        *sample = f32::from_ne_bytes(*bytes);
    }
}
