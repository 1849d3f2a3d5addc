//! The rates and buffers that a model is bound to.

use std::io::{Read, Seek};

use nn_model::{effect::Native, spec::MAX_BUFFER_FRAMES};

use crate::{ArchiveError, evaluate::Term, extra::Metadata, specification::Module};

/// Real ones name a handful.
const MOST_SIZES: usize = 256;
/// Rates that can be converted to those of hosts.
const RATES_HZ: (i64, i64) = (1_000, 768_000);

impl<R: Read + Seek> Module<'_, '_, R> {
    /// What the code says, or else the metadata: the code acts by what it says.
    pub(super) fn native(&mut self, metadata: &Metadata) -> Result<Native, ArchiveError> {
        let most = MAX_BUFFER_FRAMES as i64;
        let rates = self.sizes(metadata, "native_sample_rates")?;
        let buffers = self.sizes(metadata, "native_buffer_sizes")?;
        let behind = match self.answer("get_look_behind_samples")? {
            Some(Term::Int(number)) => Some(number),
            _ => metadata.integer("look_behind_samples"),
        };
        Ok(Native {
            rates_hz: within("native_sample_rates", &rates, RATES_HZ)?,
            buffers_frames: within("native_buffer_sizes", &buffers, (1, most))?,
            look_behind_frames: within("look_behind_samples", behind.as_slice(), (0, most))?
                .pop()
                .unwrap_or(0),
        })
    }

    /// A list of whole numbers.
    fn sizes(&mut self, metadata: &Metadata, name: &'static str) -> Result<Vec<i64>, ArchiveError> {
        let said = self.answer(&format!("get_{name}"))?.and_then(|term| term.integers());
        let sizes = said.or_else(|| metadata.integers(name)).unwrap_or_default();
        if sizes.len() > MOST_SIZES {
            let (found, most) = (sizes.len() as u64, MOST_SIZES as u64);
            return Err(ArchiveError::Limit { what: format!("numbers in {name}"), found, most });
        }
        Ok(sizes)
    }
}

/// All of them, if each is one that a box can run with.
fn within<T: TryFrom<i64>>(
    name: &'static str,
    numbers: &[i64],
    (least, most): (i64, i64),
) -> Result<Vec<T>, ArchiveError> {
    let one = |&found: &i64| {
        let number = Some(found).filter(|found| (least..=most).contains(found));
        number.and_then(|number| T::try_from(number).ok()).ok_or(ArchiveError::Range {
            name,
            found,
            least,
            most,
        })
    };
    numbers.iter().map(one).collect()
}
