//! An authority that nobody knows yet, and certificates of it.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

/// Signs certificates for servers.
#[derive(Debug)]
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    /// A new one.
    pub fn new() -> Self {
        let mut parameters = CertificateParams::new(Vec::new()).expect("no names");
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        let key = KeyPair::generate().expect("a key");
        let pem = parameters.self_signed(&key).expect("a certificate").pem();
        Self { issuer: Issuer::new(parameters, key), pem }
    }

    /// Its own certificate, as clients are given it to trust.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// What a server at 127.0.0.1 needs.
    pub(crate) fn server(&self) -> Arc<rustls::ServerConfig> {
        let parameters = CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("an address");
        let key = KeyPair::generate().expect("a key");
        let certificate = parameters.signed_by(&key, &self.issuer).expect("a certificate");
        Own { certificate: certificate.pem(), key: key.serialize_pem() }.server()
    }
}

/// A certificate that a server has signed itself, and its key; both as PEM.
#[derive(Clone, Debug)]
pub struct Own {
    /// What clients are given to trust.
    pub certificate: String,
    /// What the server keeps.
    pub key: String,
}

impl Own {
    /// For these names and addresses; `is_authority` makes it one that signs others, until the beginning of a year.
    pub fn new(names: &[&str], is_authority: bool, until: i32) -> Self {
        let names: Vec<_> = names.iter().map(|&name| name.to_owned()).collect();
        let mut parameters = CertificateParams::new(names).expect("names");
        parameters.is_ca =
            if is_authority { IsCa::Ca(BasicConstraints::Unconstrained) } else { IsCa::ExplicitNoCa };
        parameters.not_after = rcgen::date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().expect("a key");
        let certificate = parameters.self_signed(&key).expect("a certificate").pem();
        Self { certificate, key: key.serialize_pem() }
    }

    pub(crate) fn server(&self) -> Arc<rustls::ServerConfig> {
        let certificate = CertificateDer::from_pem_slice(self.certificate.as_bytes()).expect("a certificate");
        let key = PrivateKeyDer::from_pem_slice(self.key.as_bytes()).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .expect("a configuration");
        Arc::new(config)
    }
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}
