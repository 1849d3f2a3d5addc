//! Progress of a download.

/// What [`ensure`](crate::ensure) is doing, for display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Another process is downloading the same thing; this one waits for it.
    Waiting,
    /// pip is downloading, and writes its own progress to the terminal.
    Downloading,
    /// The sha256 of the download is being computed.
    Checking,
    /// Files are being written.
    Unpacking {
        /// Bytes written so far.
        done_bytes: u64,
        /// Bytes that will be written.
        total_bytes: u64,
    },
}
