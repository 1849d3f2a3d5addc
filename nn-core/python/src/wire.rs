//! What carries questions to the process and answers back: a socket in a folder that only this user can enter, or on Windows a
//! pipe with a name that nobody else knows.

pub(crate) use system::{Wire, address, until_ended};

#[cfg(unix)]
mod system {
    use std::{
        io::{self, ErrorKind, Read, Write},
        net::Shutdown,
        os::unix::net::UnixStream,
        path::{Path, PathBuf},
        process::{Child, ExitStatus},
        thread,
        time::{Duration, Instant},
    };

    use parking_lot::Mutex;
    use rustix::{io::Errno, net::RecvFlags};

    /// How long an answer is looked for before its wake-up is waited for.
    const SPIN: Duration = Duration::from_micros(200);

    /// One box's.
    #[derive(Debug)]
    pub(crate) struct Wire {
        stream: UnixStream,
        /// The limit that was set last.
        limit: Mutex<Option<Duration>>,
    }

    /// Where the process of this folder listens.
    pub(crate) fn address(folder: &Path) -> PathBuf {
        folder.join("box")
    }

    impl Wire {
        pub(crate) fn connect(address: &Path) -> io::Result<Self> {
            Ok(Self { stream: UnixStream::connect(address)?, limit: Mutex::default() })
        }

        pub(crate) fn send(&self, bytes: &[u8]) -> io::Result<()> {
            (&self.stream).write_all(bytes)
        }

        /// Fills all of it; [`ErrorKind::TimedOut`] where nothing comes for so long.
        pub(crate) fn receive(&self, to: &mut [u8], limit: Duration) -> io::Result<()> {
            let begun = self.begun(to)?;
            let to = &mut to[begun..];
            if self.limit.lock().replace(limit) != Some(limit) {
                self.stream.set_read_timeout(Some(limit))?;
            }
            (&self.stream).read_exact(to).map_err(|error| match error.kind() {
                ErrorKind::WouldBlock => io::Error::from(ErrorKind::TimedOut),
                _ => error,
            })
        }

        /// The beginning of what comes, looked for again and again for a moment: to be woken takes longer than most functions.
        fn begun(&self, to: &mut [u8]) -> io::Result<usize> {
            let begin = Instant::now();
            while !to.is_empty() && begin.elapsed() < SPIN {
                match rustix::net::recv(&self.stream, &mut *to, RecvFlags::DONTWAIT) {
                    Ok((0, _)) => return Err(io::Error::from(ErrorKind::UnexpectedEof)),
                    Ok((count, _)) => return Ok(count),
                    // Where there is one processor, the script's thread has it now.
                    Err(Errno::AGAIN | Errno::INTR) => thread::yield_now(),
                    Err(error) => return Err(error.into()),
                }
            }
            Ok(0)
        }

        /// Ends it for whoever waits.
        pub(crate) fn shut(&self) {
            let _gone = self.stream.shutdown(Shutdown::Both);
        }

        /// Who waits finds out by itself here.
        pub(crate) fn overdue(&self) -> Option<Duration> {
            None
        }
    }

    /// Waits for a child's end.
    pub(crate) fn until_ended(child: &mut Child, _overdue: impl FnMut() -> bool) -> io::Result<ExitStatus> {
        child.wait()
    }
}

#[cfg(windows)]
mod system {
    use std::{
        fs::File,
        io::{self, Read, Write},
        path::{Path, PathBuf},
        process::{Child, ExitStatus},
        thread,
        time::{Duration, Instant},
    };

    use parking_lot::Mutex;

    /// How long a pipe may be busy with another box's beginning.
    const PATIENCE: Duration = Duration::from_secs(5);
    /// How often it is looked whether somebody waits too long.
    const LOOK: Duration = Duration::from_millis(20);

    /// One box's. Reading from a pipe has no limit: who watches the process ends it, and with it the reading.
    #[derive(Debug)]
    pub(crate) struct Wire {
        pipe: File,
        waits: Mutex<Option<(Instant, Duration)>>,
    }

    /// The name of the pipe of this folder's process.
    pub(crate) fn address(folder: &Path) -> PathBuf {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        PathBuf::from(format!(r"\\.\pipe\{name}-{}", std::process::id()))
    }

    impl Wire {
        pub(crate) fn connect(address: &Path) -> io::Result<Self> {
            let begin = Instant::now();
            loop {
                match File::options().read(true).write(true).open(address) {
                    Ok(pipe) => return Ok(Self { pipe, waits: Mutex::default() }),
                    Err(error) if begin.elapsed() > PATIENCE => return Err(error),
                    Err(_) => thread::sleep(Duration::from_millis(2)),
                }
            }
        }

        pub(crate) fn send(&self, bytes: &[u8]) -> io::Result<()> {
            (&self.pipe).write_all(bytes)
        }

        pub(crate) fn receive(&self, to: &mut [u8], limit: Duration) -> io::Result<()> {
            *self.waits.lock() = Some((Instant::now(), limit));
            let read = (&self.pipe).read_exact(to);
            *self.waits.lock() = None;
            read
        }

        pub(crate) fn shut(&self) {}

        /// The limit, where somebody waits for longer.
        pub(crate) fn overdue(&self) -> Option<Duration> {
            self.waits.lock().filter(|(since, limit)| since.elapsed() > *limit).map(|(_, limit)| limit)
        }
    }

    pub(crate) fn until_ended(
        child: &mut Child,
        mut overdue: impl FnMut() -> bool,
    ) -> io::Result<ExitStatus> {
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status);
            }
            if overdue() {
                let _gone = child.kill();
            }
            thread::sleep(LOOK);
        }
    }
}
