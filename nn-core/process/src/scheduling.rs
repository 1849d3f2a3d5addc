//! The scheduling of a thread: read on one, applied to another that works for it.
#![allow(unsafe_code)]

/// Policy and priority of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheduling {
    #[cfg(target_os = "linux")]
    policy: i32,
    #[cfg(target_os = "linux")]
    priority: i32,
}

#[cfg(target_os = "linux")]
impl Scheduling {
    /// That of the calling thread.
    pub fn of_this_thread() -> Option<Self> {
        let (mut policy, mut param) = (0, libc::sched_param { sched_priority: 0 });
        // SAFETY: writes to two places that are there.
        let answer =
            unsafe { libc::pthread_getschedparam(libc::pthread_self(), &raw mut policy, &raw mut param) };
        (answer == 0).then_some(Self { policy, priority: param.sched_priority })
    }

    /// Its class as Python's module `os` calls it, in small letters and without what all share, and its priority; `None` where it
    /// is none of real time.
    pub fn real_time(self) -> Option<(&'static str, i32)> {
        let policy = match self.policy & !libc::SCHED_RESET_ON_FORK {
            libc::SCHED_FIFO => "fifo",
            libc::SCHED_RR => "rr",
            _ => return None,
        };
        Some((policy, self.priority))
    }

    /// Applies it to the calling thread. A refusal is not reported: the thread then keeps what it has.
    pub fn apply(self) {
        let param = libc::sched_param { sched_priority: self.priority };
        // SAFETY: a plain call on the calling thread.
        let _granted = unsafe { libc::pthread_setschedparam(libc::pthread_self(), self.policy, &param) };
    }
}

/// On other systems every thread that computes sound gets the highest priority that an application can have.
#[cfg(not(target_os = "linux"))]
impl Scheduling {
    /// That of every thread that computes sound.
    pub fn of_this_thread() -> Option<Self> {
        Some(Self {})
    }

    /// No system but Linux lets a process give another one's threads such a class.
    pub fn real_time(self) -> Option<(&'static str, i32)> {
        None
    }

    /// Applies it to the calling thread.
    pub fn apply(self) {
        use thread_priority::{ThreadPriority, set_current_thread_priority};
        let _granted = set_current_thread_priority(ThreadPriority::Max);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_one_thread_has_another_takes_over() {
        // What every thread may ask for.
        let idle = Scheduling { policy: libc::SCHED_BATCH, priority: 0 };
        let taken_over = std::thread::spawn(move || {
            idle.apply();
            let own = Scheduling::of_this_thread();
            std::thread::spawn(move || {
                own.expect("it is read").apply();
                Scheduling::of_this_thread()
            })
            .join()
            .expect("it ends")
        });
        assert_eq!(taken_over.join().expect("it ends"), Some(idle));
    }
}
