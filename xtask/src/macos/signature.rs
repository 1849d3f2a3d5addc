//! The signature in a file: Apple's processors run nothing whose pages are not those that were signed.
//!
//! A signature holds the hash of each page. "Ad hoc" is one that names nobody: enough for a file to be loaded, not for Gatekeeper
//! to let a download through.

use object::{
    Endianness, macho,
    read::macho::{CodeDirectory, CodeSignature, LoadCommandVariant, MachOFile64},
};
use sha2::{Digest, Sha256};

/// What is wrong with the signature of a file for one processor, each one line.
///
/// # Errors
/// When the file or its signature cannot be read.
pub fn faults(bytes: &[u8]) -> Result<Vec<String>, object::Error> {
    let file = MachOFile64::<Endianness>::parse(bytes)?;
    let endian = file.endian();
    let mut commands = file.macho_load_commands()?;
    let mut place = None;
    while let Some(command) = commands.next()? {
        if let LoadCommandVariant::LinkeditData(data) = command.variant()?
            && data.cmd.get(endian) == macho::LC_CODE_SIGNATURE
        {
            place = Some((
                data.code_signature(endian, bytes)?,
                data.dataoff.get(endian),
                data.datasize.get(endian),
            ));
        }
    }
    let Some((signature, start, size)) = place else {
        return Ok(vec!["has no signature".into()]);
    };
    let mut faults = Vec::new();
    if u64::from(start) + u64::from(size) != bytes.len() as u64 {
        faults.push(format!("holds {} bytes, and its signature ends elsewhere", bytes.len()));
    }
    directories(&signature, &bytes[..start as usize], &mut faults)?;
    Ok(faults)
}

/// Holds every list of hashes against what comes before the signature.
fn directories(
    signature: &CodeSignature<'_>,
    signed: &[u8],
    faults: &mut Vec<String>,
) -> Result<(), object::Error> {
    let mut directories = 0;
    let mut blobs = signature.blobs();
    while let Some(blob) = blobs.next()? {
        let Some(directory) = blob.code_directory()? else { continue };
        // Of what older systems read.
        if directory.header().hash_type != macho::CS_HASHTYPE_SHA256 {
            continue;
        }
        directories += 1;
        if !directory.header().flags.get(object::BigEndian).contains(macho::CS_ADHOC) {
            faults.push("has a signature that is not ad hoc, and nobody here can sign".into());
        }
        if directory.ident()?.is_empty() {
            faults.push("has a signature without an identifier".into());
        }
        if directory.code_limit() != signed.len() as u64 {
            let limit = directory.code_limit();
            faults.push(format!("has a signature of {limit} bytes, not of the {} before it", signed.len()));
            continue;
        }
        faults.extend(pages(&directory, signed)?);
    }
    if directories == 0 {
        faults.push("has a signature without SHA-256 hashes".into());
    }
    Ok(())
}

/// The first page that is not the one that was signed.
fn pages(directory: &CodeDirectory<'_>, signed: &[u8]) -> Result<Option<String>, object::Error> {
    let size = 1_usize.checked_shl(directory.header().page_size.into()).unwrap_or(usize::MAX);
    let count = directory.header().n_code_slots.get(object::BigEndian) as usize;
    if count != signed.len().div_ceil(size) {
        return Ok(Some(format!("has a signature of {count} pages, not of {}", signed.len().div_ceil(size))));
    }
    for (number, page) in signed.chunks(size).enumerate() {
        let hash = Sha256::digest(page);
        if directory.code_hash(number as u32)? != &hash[..] {
            return Ok(Some(format!("was changed after it was signed: page {} of {count}", number + 1)));
        }
    }
    Ok(None)
}
