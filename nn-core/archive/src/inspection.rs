//! Everything that a file says, as far as it can be read.
//!
//! Thread: any but audio.

use std::{
    io::{Read, Seek, SeekFrom},
    path::Path,
};

use nn_model::{About, State};

use crate::{
    ArchiveError, code,
    container::Archive,
    limits::MOST_PICKLE_BYTES,
    nesting,
    open::open,
    operators,
    specification::{self, Module},
    state,
};
use nn_model::spec::ModelSpec;

/// What a file says, and what is wrong with it. What could not be read is empty or `None`.
#[derive(Debug, Default)]
pub struct Inspection {
    /// The size of the file.
    pub file_bytes: u64,
    /// The number of the file format.
    pub format: Option<u64>,
    /// Methods, attributes, rate: those that are sound.
    pub spec: ModelSpec,
    /// All its numbers, weights and state, unfolded.
    pub tensor_bytes: Option<u64>,
    /// What its methods write into as they run.
    pub state: Option<State>,
    /// The operators that its code calls, as libtorch knows them: `aten::conv1d`.
    pub operators: Vec<String>,
    /// What it tells people of itself.
    pub about: Option<About>,
    /// Devices other than the processor that its code asks for by name: `cuda:0`.
    pub devices: Vec<String>,
    /// Everything that keeps the file from being a usable model, in the order in which it was met.
    pub faults: Vec<ArchiveError>,
}

/// Reads what there is to read. Takes longer than [`crate::describe`], as all source is read: not for the host's main
/// thread.
pub fn inspect(path: &Path) -> Inspection {
    match open(path) {
        Ok(file) => inspect_from(file),
        Err(error) => Inspection { faults: vec![error], ..Inspection::default() },
    }
}

/// Like [`inspect`], for an archive that is already open or in memory.
pub fn inspect_from<R: Read + Seek>(mut reader: R) -> Inspection {
    let mut inspection = Inspection::default();
    if let Err(fault) = inspection.read(&mut reader) {
        inspection.faults.push(fault);
    }
    inspection
}

impl Inspection {
    fn read<R: Read + Seek>(&mut self, reader: &mut R) -> Result<(), ArchiveError> {
        self.file_bytes = reader.seek(SeekFrom::End(0))?;
        let mut archive = Archive::open(reader)?;
        let format = match specification::format(&mut archive) {
            Ok(format) => format,
            // What is newer may say the same things in the same places.
            Err(ArchiveError::TooNew { found }) => {
                self.faults.push(ArchiveError::TooNew { found });
                found
            }
            Err(other) => return Err(other),
        };
        self.format = Some(format);
        let folders = ["data", "constants"].map(|folder| archive.files(folder));
        self.tensor_bytes =
            Some(folders.iter().flatten().fold(0, |sum: u64, file| sum.saturating_add(file.1)));
        let calls = code::read(&mut archive);
        let bytes = archive.read("data.pkl", MOST_PICKLE_BYTES)?;
        let graph = specification::graph("data.pkl", &bytes)?;
        match calls {
            Ok(calls) => {
                self.operators = calls.operators.iter().cloned().collect();
                self.devices = calls.devices.iter().cloned().collect();
                let mut refusals = code::refused(calls, &[&graph]);
                // Whether the libtorch at hand has them, that is asked itself.
                refusals.retain(|refusal| !refusal.is_unknown());
                if !operators::all_are_allowed() {
                    self.faults.extend(ArchiveError::of_refusals(refusals));
                }
            }
            Err(fault) => self.faults.push(fault),
        }
        if let Err(fault) = nesting::check_code(&mut archive) {
            self.faults.push(fault);
        }
        if archive.find("constants.pkl").is_some() {
            let bytes = archive.read("constants.pkl", MOST_PICKLE_BYTES)?;
            let graph = specification::graph("constants.pkl", &bytes)?;
            self.faults.extend(nesting::check_pickle("constants.pkl", &graph).err());
        }
        self.faults.extend(nesting::check_pickle("data.pkl", &graph).err());
        let mut module = Module::of(&mut archive, &graph)?;
        self.spec = module.spec(format, &mut self.faults);
        self.about = module.about();
        let methods = self.spec.methods.iter().map(|method| method.name.clone());
        self.state = Some(state::read(&mut module.program, methods)?);
        Ok(())
    }
}
