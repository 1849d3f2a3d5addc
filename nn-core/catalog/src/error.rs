//! What can go wrong, in one line each, as `what was wrong: what to do`.
//!
//! Thread: any but audio.

use std::{io, path::Path};

use crate::names::NameError;

/// Why the catalog could not fulfil a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogError {
    /// A name that is no plain file name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The user's list of sources cannot be used.
    #[error("{path}: {what}: correct the file, or remove it to have the built-in sources")]
    Sources {
        /// Name of the file.
        path: String,
        /// What is wrong with it.
        what: String,
    },
    /// The user's list of sources is missing.
    #[error("{path} is not there: correct NN_SOURCES, only the built-in sources are known now")]
    NoSources {
        /// Name of the file.
        path: String,
    },
    /// No such source.
    #[error("no source '{name}': there are {known}")]
    NoSource {
        /// What was asked for.
        name: String,
        /// Those there are.
        known: String,
    },
    /// No such model in any listing.
    #[error("no model '{model}' in the catalog: get_available_models lists those there are{hint}")]
    NoModel {
        /// What was asked for.
        model: String,
        /// Sources that did not answer, if any.
        hint: String,
    },
    /// Several models end with the name.
    #[error("'{model}' may be {candidates}: type one of these")]
    Ambiguous {
        /// What was asked for.
        model: String,
        /// What it may be.
        candidates: String,
    },
    /// No connection.
    #[error("cannot reach {host} ({what}): check the network and the proxy")]
    Unreachable {
        /// Host name of the server that was asked.
        host: String,
        /// What the system said.
        what: String,
    },
    /// The server does not speak HTTP.
    #[error("{host} answers what no web server does ({what}): check its address and the proxy")]
    NotUnderstood {
        /// Host name of the server that was asked.
        host: String,
        /// What is wrong with it.
        what: String,
    },
    /// The server is connected but silent.
    #[error("{host} did not answer within {seconds} s: try again later")]
    Silent {
        /// Host name of the server that was asked.
        host: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// The connection ended in the middle.
    #[error("the connection to {host} was cut after {bytes} bytes ({what}): try again")]
    Cut {
        /// Host name of the server that was asked.
        host: String,
        /// How much had come.
        bytes: u64,
        /// What the system said.
        what: String,
    },
    /// The download is too slow.
    #[error("{host} sends less than {bytes_per_s} bytes per second: try again later")]
    TooSlow {
        /// Host name of the server that was asked.
        host: String,
        /// What is expected at least.
        bytes_per_s: u64,
    },
    /// A listing takes too long.
    #[error("{host} did not send its listing within {seconds} s: try again later")]
    Unfinished {
        /// Host name of the server that was asked.
        host: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// The server failed.
    #[error("{host} is in trouble (status {status}): try again later")]
    ServerFault {
        /// Host name of the server that was asked.
        host: String,
        /// The status it answered.
        status: u16,
    },
    /// There is no such file.
    #[error("{host} has no such file (status {status}): list the models again, it may have been removed")]
    NotFound {
        /// Host name of the server that was asked.
        host: String,
        /// The status it answered.
        status: u16,
    },
    /// Any other refusal.
    #[error("{host} refuses (status {status}): it may want a login, which the catalog does not have")]
    Refused {
        /// Host name of the server that was asked.
        host: String,
        /// The status it answered.
        status: u16,
    },
    /// Redirects without end.
    #[error("{host} redirects more than {most} times: tell the people who run it")]
    Redirects {
        /// Host name of the server that was asked.
        host: String,
        /// How often is followed.
        most: usize,
    },
    /// A redirect away from an encrypted connection.
    #[error("{host} redirects to a connection that is not encrypted: tell the people who run it")]
    Insecure {
        /// Host name of the server that was asked.
        host: String,
    },
    /// A redirect to something that is on no web server.
    #[error("{host} redirects to {target}, which is no web address: tell the people who run it")]
    NoWebAddress {
        /// Host name of the server that was asked.
        host: String,
        /// Where to.
        target: String,
    },
    /// A redirect from elsewhere into a private network.
    #[error(
        "{host} redirects to {target}, on a private network: that is not followed; name that server as a source if it \
         is yours"
    )]
    OutOfReach {
        /// Host name of the server that was asked.
        host: String,
        /// Where to.
        target: String,
    },
    /// The server's certificate is not trusted.
    #[error("the certificate of {host} is refused ({what}): CATALOG.md shows how to make one that works")]
    Certificate {
        /// Host name of the server that was asked.
        host: String,
        /// What is wrong with it.
        what: String,
    },
    /// The user's file of certificates cannot be used.
    #[error("{path}: {what}: name a PEM file of certificates, as CATALOG.md shows")]
    BadCertificate {
        /// Name of the file.
        path: String,
        /// What is wrong with it.
        what: String,
    },
    /// A web page in place of a model.
    #[error(
        "{host} sent a web page instead of a model: its address may have changed, or the network wants a login"
    )]
    WebPage {
        /// Host name of the server that was asked.
        host: String,
    },
    /// A listing that is none.
    #[error("{source_name} answered something that is no listing ({what}): it may have changed")]
    Nonsense {
        /// Name of the source.
        source_name: String,
        /// What is wrong.
        what: String,
    },
    /// The file is longer or shorter than announced.
    #[error("{host} sent {found} bytes instead of {expected}: try again later")]
    Length {
        /// Host name of the server that was asked.
        host: String,
        /// What was announced.
        expected: u64,
        /// What came.
        found: u64,
    },
    /// The file is longer than any model.
    #[error("{host} sends more than {most} bytes: that is no model")]
    TooLarge {
        /// Host name of the server that was asked.
        host: String,
        /// What is taken at most.
        most: u64,
    },
    /// The listing is longer than any.
    #[error("{host} sends a listing of more than {most} bytes: tell the people who run it")]
    LongListing {
        /// Host name of the server that was asked.
        host: String,
        /// What is taken at most.
        most: u64,
    },
    /// The file is not the announced one.
    #[error(
        "{host} sent something else than its listing says (sha256 {found}, not {expected}): try again later"
    )]
    Checksum {
        /// Host name of the server that was asked.
        host: String,
        /// What was announced.
        expected: String,
        /// What came.
        found: String,
    },
    /// What came is no model.
    #[error("what {host} sent is no model: {what}")]
    NotAModel {
        /// Host name of the server that was asked.
        host: String,
        /// What it is.
        what: String,
    },
    /// The file in a folder of models is none.
    #[error("{path} is no model: {what}")]
    NotAModelFile {
        /// Name of the file.
        path: String,
        /// What it is.
        what: String,
    },
    /// No room.
    #[error("{path}: no room on the disk: free some, or set NN_MODELS to a folder elsewhere")]
    DiskFull {
        /// The file or folder.
        path: String,
    },
    /// Not allowed.
    #[error("{path}: may not be written: set NN_MODELS to a folder of yours")]
    Denied {
        /// The file or folder.
        path: String,
    },
    /// Not allowed to be read.
    #[error("{path}: may not be read: allow yourself to, or leave it out of the sources")]
    Unreadable {
        /// The file or folder.
        path: String,
    },
    /// Any other fault of the file system.
    #[error("{path}: {what}")]
    Disk {
        /// The file or folder.
        path: String,
        /// What the system said.
        what: String,
    },
    /// No folder to put models into.
    #[error("there is no folder for models: set NN_MODELS to one")]
    NoFolder,
    /// The name is taken.
    #[error("{name} exists already: give another name, or add force to replace it")]
    Exists {
        /// Name of the file.
        name: String,
    },
    /// Nothing to delete.
    #[error("no {name} among the models that the catalog has downloaded")]
    NoSuchFile {
        /// Name of the file.
        name: String,
    },
    /// The file is the user's.
    #[error("{path} was not brought by the catalog: delete it yourself")]
    NotOurs {
        /// Name of the file.
        path: String,
    },
    /// The file is not what was downloaded.
    #[error("{path} was changed since the catalog brought it: delete it yourself")]
    Changed {
        /// Name of the file.
        path: String,
    },
    /// Cancelled.
    #[error("{model}: cancelled")]
    Cancelled {
        /// Name of the model in its source.
        model: String,
    },
    /// Nothing to cancel.
    #[error("no download of {model} is under way")]
    NothingToCancel {
        /// What was asked for.
        model: String,
    },
    /// The host exits; the partial download is kept.
    #[error("the host is quitting: the download goes on when it is asked for again")]
    Leaving,
    /// An internal fault.
    #[error("internal fault: {what}")]
    Internal {
        /// What it was.
        what: String,
    },
}

impl CatalogError {
    /// An error of the file system about a path.
    pub fn disk(path: &Path, error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        let path = path.display().to_string();
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Self::DiskFull { path },
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Self::Denied { path },
            _ => Self::Disk { path, what: error.to_string() },
        }
    }

    /// An error of the file system about a path of a source, which is only read.
    pub(super) fn reading(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::Unreadable { path: path.display().to_string() },
            _ => Self::disk(path, error),
        }
    }

    /// Threads are what everything here needs.
    pub(super) fn no_thread() -> Self {
        Self::Internal { what: "the system has no thread left".into() }
    }

    /// The same where nobody sent anything: the model is a file in a folder.
    pub(super) fn of_a_file(self) -> Self {
        match self {
            Self::NotAModel { host, what } => Self::NotAModelFile { path: host, what },
            Self::WebPage { host } => Self::NotAModelFile { path: host, what: "it is a web page".into() },
            Self::TooLarge { host, most } => {
                Self::NotAModelFile { path: host, what: format!("it has more than {most} bytes") }
            }
            error => error,
        }
    }

    /// Whether what came, or did not come, may be due to a listing that is no longer true.
    pub(super) fn is_of_another_listing(&self) -> bool {
        matches!(self, Self::NotFound { .. } | Self::Checksum { .. } | Self::Length { .. })
    }

    /// Whether the same request may well succeed in a moment.
    pub fn passes(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. } | Self::Silent { .. } | Self::Cut { .. } | Self::ServerFault { .. }
        )
    }
}
