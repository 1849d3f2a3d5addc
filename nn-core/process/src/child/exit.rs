//! How a child process ended.

use std::{fmt, process::ExitStatus};

/// How a child process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    /// By itself, with this code where the system tells one.
    Code(Option<i32>),
    /// By a fault.
    Crashed(Crash),
    /// It was killed at a limit of time.
    TimedOut,
    /// It was killed at the limit of lines.
    TooMuchOutput,
    /// It could not be started, as the system says.
    NotStarted(String),
    /// The system tells no more of it, for this reason.
    Lost(String),
}

/// The fault that ended a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crash {
    /// An integer division by zero, or another trap of the processor's arithmetic.
    Arithmetic,
    /// An access to memory that is not its own.
    Memory,
    /// It ended itself: `abort`.
    Abort,
    /// An instruction that this processor does not have.
    Instruction,
    /// The system ended it.
    Killed,
    /// Another signal (Unix).
    Signal(i32),
    /// Another exception (Windows).
    Exception(u32),
}

/// From now on no window of the system stands between a fault of this process and its end.
#[cfg(windows)]
#[allow(unsafe_code)] // Tells the system.
pub(super) fn without_dialogs() {
    use windows_sys::Win32::System::Diagnostics::Debug::{
        SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX, SetErrorMode,
    };
    // SAFETY: a plain call.
    unsafe { SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX) };
}

/// Other systems show none.
#[cfg(not(windows))]
pub(super) fn without_dialogs() {}

impl fmt::Display for Crash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Arithmetic => {
                f.write_str("an integer division by zero, or another trap of the processor's arithmetic")
            }
            Self::Memory => f.write_str("an access to memory that is not its own"),
            Self::Abort => f.write_str("it gave up (abort)"),
            Self::Instruction => f.write_str("an instruction that this processor does not have"),
            Self::Killed => f.write_str("the system ended it, perhaps for want of memory"),
            Self::Signal(signal) => write!(f, "signal {signal}"),
            Self::Exception(code) => write!(f, "exception {code:#x}"),
        }
    }
}

impl Crash {
    /// The fault that a status tells; `None` for a process that ended by itself.
    ///
    /// Thread: any but audio.
    pub fn of_status(status: ExitStatus) -> Option<Self> {
        Self::of(status)
    }

    /// `None` for a process that ended by itself.
    #[cfg(unix)]
    pub(super) fn of(status: ExitStatus) -> Option<Self> {
        use std::os::unix::process::ExitStatusExt;
        Some(match status.signal()? {
            libc::SIGFPE => Self::Arithmetic,
            libc::SIGSEGV => Self::Memory,
            libc::SIGABRT => Self::Abort,
            libc::SIGILL => Self::Instruction,
            libc::SIGKILL => Self::Killed,
            signal => Self::Signal(signal),
        })
    }

    /// `None` for a process that ended by itself.
    #[cfg(windows)]
    pub(super) fn of(status: ExitStatus) -> Option<Self> {
        match status.code()? as u32 {
            0xc000_0094 => Some(Self::Arithmetic),
            0xc000_0005 => Some(Self::Memory),
            0xc000_001d => Some(Self::Instruction),
            // What `abort` of C and of Rust end a process with.
            0xc000_0409 => Some(Self::Abort),
            code if code >= 0xc000_0000 => Some(Self::Exception(code)),
            _ => None,
        }
    }
}
