//! A child with everything that it starts, which ends with it.

use std::{
    io,
    process::{Child, Command},
};

/// All that a child has started, and the child itself.
#[derive(Debug)]
pub struct Group(system::Group);

impl Group {
    /// Starts a program as the first of a group.
    ///
    /// # Errors
    /// When the system does not start it.
    pub fn start(command: &mut Command) -> io::Result<(Child, Self)> {
        let (child, group) = system::start(command)?;
        Ok((child, Self(group)))
    }

    /// Ends all of it at once.
    pub fn end(&self) {
        self.0.end();
    }
}

#[cfg(unix)]
mod system {
    use std::{
        io,
        os::unix::process::CommandExt,
        process::{Child, Command},
    };

    /// The number of its first process.
    #[derive(Debug)]
    pub(super) struct Group(u32);

    pub(super) fn start(command: &mut Command) -> io::Result<(Child, Group)> {
        let child = command.process_group(0).spawn()?;
        let id = child.id();
        Ok((child, Group(id)))
    }

    impl Group {
        #[allow(unsafe_code)] // Tells the system.
        pub(super) fn end(&self) {
            if let Ok(id @ 2..) = i32::try_from(self.0) {
                // SAFETY: a plain call. It can only fail where the group is gone.
                let _gone = unsafe { libc::kill(-id, libc::SIGKILL) };
            }
        }
    }
}

#[cfg(windows)]
mod system {
    #![allow(unsafe_code)] // Calls of the system.

    use std::{
        io,
        os::windows::{
            io::{AsRawHandle, FromRawHandle, OwnedHandle},
            process::CommandExt,
        },
        process::{Child, Command},
        ptr::null,
    };

    use windows_sys::Win32::System::{
        JobObjects::{
            AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE,
            JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectExtendedLimitInformation, SetInformationJobObject,
            TerminateJobObject,
        },
        Threading::CREATE_NO_WINDOW,
    };

    /// A job, which ends with its last handle, and so with this process too.
    #[derive(Debug)]
    pub(super) struct Group(OwnedHandle);

    pub(super) fn start(command: &mut Command) -> io::Result<(Child, Group)> {
        // SAFETY: a plain call; neither a name nor other rights than usual.
        let job = unsafe { CreateJobObjectW(null(), null()) };
        if job.is_null() {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: it was made just now, and nobody else has it.
        let job = unsafe { OwnedHandle::from_raw_handle(job) };
        let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
        limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
        // SAFETY: an open handle, and a structure of the kind and length that is said.
        let limited = unsafe {
            SetInformationJobObject(
                job.as_raw_handle(),
                JobObjectExtendedLimitInformation,
                (&raw const limits).cast(),
                size_of_val(&limits) as u32,
            )
        };
        if limited == 0 {
            return Err(io::Error::last_os_error());
        }
        let mut child = command.creation_flags(CREATE_NO_WINDOW).spawn()?;
        // SAFETY: two open handles.
        if unsafe { AssignProcessToJobObject(job.as_raw_handle(), child.as_raw_handle()) } == 0 {
            let error = io::Error::last_os_error();
            let _gone = child.kill();
            return Err(error);
        }
        Ok((child, Group(job)))
    }

    impl Group {
        pub(super) fn end(&self) {
            // SAFETY: an open handle.
            let _gone = unsafe { TerminateJobObject(self.0.as_raw_handle(), 1) };
        }
    }
}
