//! Files that are not complete yet: beside their place, under another name, and gone if nothing comes of them.

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use tempfile::{Builder, NamedTempFile, TempDir, TempPath};

use crate::{failure::Failure, sound::is_full};

/// What the tool ends with when somebody ends it, as shells do.
const INTERRUPTED: i32 = 130;

/// What names of unfinished files begin with.
const PREFIX: &str = ".nn-";

/// All of this process. Held while one comes into being, is put into its place or removed, and for good once the process is ending:
/// then there is none that the end does not know.
static ALL: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn all() -> MutexGuard<'static, Vec<PathBuf>> {
    ALL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on Ctrl-C removes what is unfinished and ends the process, whatever a model does meanwhile.
pub fn watch() {
    // Where there is nothing to watch with, files with a name of their own stay behind.
    drop(ctrlc::set_handler(|| {
        let parts = all();
        for part in parts.iter() {
            let is_folder = part.is_dir();
            drop(if is_folder { std::fs::remove_dir_all(part) } else { std::fs::remove_file(part) });
        }
        crate::out::error("interrupted: no unfinished file is left");
        std::process::exit(INTERRUPTED);
    }));
}

/// Whether a file may be written there, as far as that shows before.
pub fn check(place: &Path, force: bool) -> Result<(), Failure> {
    if !force && place.symlink_metadata().is_ok() { Err(exists(place)) } else { Ok(()) }
}

/// A folder for files that nobody needs later, which goes with this value.
#[derive(Debug)]
pub struct Passing {
    /// There until it is dropped.
    folder: Option<TempDir>,
    path: PathBuf,
}

impl Passing {
    /// Makes one.
    pub fn begin() -> Result<Self, Failure> {
        let place = std::env::temp_dir();
        let mut parts = all();
        let folder = TempDir::with_prefix_in(PREFIX, &place).map_err(|error| cannot_write(&place, &error))?;
        let path = folder.path().to_owned();
        parts.push(path.clone());
        Ok(Self { folder: Some(folder), path })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        // Gone before it is forgotten, and meanwhile the process does not end.
        let mut parts = all();
        drop(self.folder.take());
        parts.retain(|known| *known != self.path);
    }
}

/// A file that is being written.
#[derive(Debug)]
pub struct Unfinished {
    part: Option<TempPath>,
    place: PathBuf,
}

impl Unfinished {
    /// Begins one; its folder is made. Refuses to replace a file unless `force`.
    pub fn begin(place: &Path, force: bool) -> Result<(Self, File), Failure> {
        check(place, force)?;
        let cannot = |error: std::io::Error| cannot_write(place, &error);
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(cannot)?;
        let mut parts = all();
        let (file, part) = builder().tempfile_in(folder).map(NamedTempFile::into_parts).map_err(cannot)?;
        parts.push(part.to_path_buf());
        Ok((Self { part: Some(part), place: place.to_owned() }, file))
    }

    /// The file as it is so far.
    pub fn path(&self) -> &Path {
        self.part.as_deref().unwrap_or(&self.place)
    }

    /// Puts it into its place.
    pub fn finish(mut self, force: bool) -> Result<(), Failure> {
        let Some(part) = self.part.take() else { return Ok(()) };
        let mut parts = all();
        let name = part.to_path_buf();
        let placed = if force { part.persist(&self.place) } else { part.persist_noclobber(&self.place) };
        parts.retain(|part| *part != name);
        placed.map_err(|error| match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => exists(&self.place),
            _ => cannot_write(&self.place, &error.error),
        })
    }
}

/// Writes a whole file: nothing stands in its place before all of it is on the disk.
pub fn write(place: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    let (unfinished, mut file) = Unfinished::begin(place, force)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|error| cannot_write(place, &error))?;
    drop(file);
    unfinished.finish(force)
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let Some(part) = self.part.take() else { return };
        let name = part.to_path_buf();
        // Gone before it is forgotten, and meanwhile the process does not end.
        let mut parts = all();
        drop(part);
        parts.retain(|known| *known != name);
    }
}

/// The name says what it is to who finds one after a power cut.
fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As of any file that a program writes; the user's mask takes away from it.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}

fn exists(place: &Path) -> Failure {
    Failure::in_the_way(format_args!("{}: it exists: --force replaces it", place.display()))
}

/// As the tool says it of downloads.
pub fn cannot_write(place: &Path, error: &std::io::Error) -> Failure {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    Failure::failed(match error.kind() {
        _ if is_full(error) => format!("{}: no room on the disk", place.display()),
        PermissionDenied | ReadOnlyFilesystem => format!("{}: it may not be written", place.display()),
        _ => format!("{}: {error}", place.display()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finished_is_gone_and_then_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("sound.wav");
        let (unfinished, _file) = Unfinished::begin(&place, false).expect("it begins");
        let passing = Passing::begin().expect("a folder");
        let paths = [unfinished.path().to_owned(), passing.path().to_owned()];
        let known = || paths.each_ref().map(|path| (path.exists(), all().contains(path)));
        assert_eq!(known(), [(true, true); 2]);
        std::fs::write(passing.path().join("left.wav"), "x").expect("written");
        drop((unfinished, passing));
        assert_eq!(known(), [(false, false); 2]);
    }
}
