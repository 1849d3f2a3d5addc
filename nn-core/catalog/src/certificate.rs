//! Certificates of a user's own servers: read from files, and what is wrong with them in plain words.
//!
//! Thread: any but audio.

use std::{error::Error, path::Path};

use reqwest::Certificate;

use crate::{
    causes::{causes, innermost},
    error::CatalogError,
    names::shown,
    plain_file,
};

/// The longest file of certificates, in bytes.
const MOST_BYTES: u64 = 1 << 22;

/// The certificates of a PEM file.
///
/// # Errors
/// When it cannot be read, or has none.
pub fn read(path: &Path) -> Result<Vec<Certificate>, CatalogError> {
    let bad = |what: String| CatalogError::BadCertificate { path: path.display().to_string(), what };
    let text = plain_file::read(path, MOST_BYTES).map_err(|error| bad(error.to_string()))?;
    // Editors on Windows begin a file with a mark.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    let certificates = Certificate::from_pem_bundle(text).map_err(|error| bad(innermost(&error)))?;
    if certificates.is_empty() {
        let has_key = String::from_utf8_lossy(text).contains("PRIVATE KEY-----");
        let what = if has_key { "it has a private key and no certificate" } else { "it has no certificate" };
        return Err(bad(what.into()));
    }
    Ok(certificates)
}

/// What is wrong with a server's certificate, if that is why a request failed.
pub fn fault(error: &(dyn Error + 'static)) -> Option<String> {
    #[cfg(not(target_vendor = "apple"))]
    {
        let of_tls = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>());
        of_tls.and_then(|error| match error {
            rustls::Error::InvalidCertificate(what) => Some(in_words(what)),
            _ => None,
        })
    }
    // The system says it in its own words there.
    #[cfg(target_vendor = "apple")]
    {
        let text = causes(error).last().map(ToString::to_string).unwrap_or_default();
        text.to_ascii_lowercase().contains("certificate").then(|| shown(&text, 120))
    }
}

#[cfg(not(target_vendor = "apple"))]
const NO_SERVER: &str = "it is not one for servers (extendedKeyUsage)";
#[cfg(not(target_vendor = "apple"))]
const NOT_KNOWN: &str = "it has a critical extension that is not known here";

#[cfg(not(target_vendor = "apple"))]
fn in_words(error: &rustls::CertificateError) -> String {
    use rustls::CertificateError as Fault;
    let said = format!("{error:?}");
    match error {
        Fault::UnknownIssuer => "nobody who is trusted here has signed it".into(),
        Fault::Expired | Fault::ExpiredContext { .. } => "it has expired".into(),
        Fault::NotValidYet | Fault::NotValidYetContext { .. } => "it is not valid yet".into(),
        Fault::NotValidForName | Fault::NotValidForNameContext { .. } => {
            "it is not for this name or address (subjectAltName)".into()
        }
        Fault::BadSignature => "its signature is wrong".into(),
        Fault::Revoked => "it was revoked".into(),
        Fault::BadEncoding => "it is damaged".into(),
        Fault::UnhandledCriticalExtension => NOT_KNOWN.into(),
        Fault::InvalidPurpose | Fault::InvalidPurposeContext { .. } => NO_SERVER.into(),
        _ if said.contains("EkuError") || said.contains("RequiredEkuNotFound") => NO_SERVER.into(),
        _ if said.contains("UnsupportedCriticalExtension") => NOT_KNOWN.into(),
        _ if said.contains("SignatureAlgorithm") => {
            "its signature is of a kind that is not taken, such as SHA-1".into()
        }
        _ if said.contains("CaUsedAsEndEntity") => {
            "it is that of an authority (CA:TRUE), not of a server".into()
        }
        _ if said.contains("UnsupportedCertVersion") => "it is of version 1, not 3".into(),
        other => shown(&other.to_string(), 120),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_holds_no_certificate_is_named_with_what_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("own.pem");
        for (text, what) in [
            ("", "it has no certificate"),
            (
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "a private key and no certificate",
            ),
            ("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n", ""),
        ] {
            std::fs::write(&file, text).expect("written");
            let error = read(&file).expect_err(text);
            assert!(matches!(&error, CatalogError::BadCertificate { .. }), "{error:?}");
            let line = error.to_string();
            assert!(line.contains("own.pem") && line.contains(what) && line.lines().count() == 1, "{line}");
        }
        assert!(matches!(read(&folder.path().join("none")), Err(CatalogError::BadCertificate { .. })));
        assert!(matches!(read(folder.path()), Err(CatalogError::BadCertificate { .. })));
    }
}
