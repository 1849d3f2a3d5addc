//! Real-time priority for workers: below the host's audio thread, above ordinary threads, if the host and the system
//! have it.
#![allow(unsafe_code)]

#[cfg(any(windows, test))]
mod relative;
#[cfg(windows)]
mod windows;

/// Above all ordinary threads, and below what the system itself needs in real time.
#[cfg(target_os = "linux")]
const AUDIO_RANK: i32 = 20;

/// Gives the calling thread a real-time priority as hosts give to audio. False where the system grants none.
///
/// Thread: any but audio.
pub fn as_audio_threads_run() -> bool {
    #[cfg(target_os = "linux")]
    return raise(AUDIO_RANK).is_ok();
    #[cfg(not(target_os = "linux"))]
    false
}

/// The priority of a worker, decided on the thread that creates the box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank(Option<i32>);

impl Rank {
    /// One below the calling host thread, if that runs with real-time priority.
    ///
    /// A worker above an ordinary host thread would take the processor from the audio callback itself, so with an
    /// ordinary host the worker stays ordinary.
    ///
    /// Thread: any.
    #[cfg(target_os = "linux")]
    pub fn below_this_thread() -> Self {
        use thread_priority::{ThreadSchedulePolicy, thread_native_id, thread_schedule_policy_param};
        match thread_schedule_policy_param(thread_native_id()) {
            Ok((ThreadSchedulePolicy::Realtime(_), param)) if param.sched_priority > 1 => {
                Self(Some(param.sched_priority - 1))
            }
            _ => Self(None),
        }
    }

    /// One below the calling host thread, if the host has raised its process as Pd does, which computes sound on that
    /// thread; otherwise as high as a thread gets beside audio threads, which are above.
    ///
    /// Thread: any.
    #[cfg(windows)]
    pub fn below_this_thread() -> Self {
        Self(Some(relative::of_worker(windows::is_raised(), windows::of_this_thread())))
    }

    /// On other systems audio threads are above any priority that an application can have.
    ///
    /// Thread: any.
    #[cfg(not(any(target_os = "linux", windows)))]
    pub fn below_this_thread() -> Self {
        Self(Some(0))
    }

    /// Whether it is one of real time.
    ///
    /// Thread: any.
    pub fn is_real_time(self) -> bool {
        self.0.is_some()
    }

    /// Applies the rank to the calling thread.
    ///
    /// Thread: any but audio.
    ///
    /// # Errors
    /// A line for the user, where the system refuses it.
    pub fn apply(self) -> Result<(), String> {
        let Some(rank) = self.0 else { return Ok(()) };
        raise(rank).map_err(|what| {
            format!(
                "the system grants no real-time priority to the model's thread ({what}): late blocks are likelier \
                 when the machine is busy"
            )
        })
    }
}

/// Threads inherit the priority of the thread that starts them; loading for seconds at a real-time host's priority
/// would starve the host.
///
/// Thread: any but audio.
pub fn make_this_thread_ordinary() {
    #[cfg(target_os = "linux")]
    {
        let ordinary = libc::sched_param { sched_priority: 0 };
        // SAFETY: a plain call on the calling thread. It can only fail where threads are ordinary anyway.
        let _ordinary =
            unsafe { libc::pthread_setschedparam(libc::pthread_self(), libc::SCHED_OTHER, &ordinary) };
    }
}

#[cfg(target_os = "linux")]
fn raise(rank: i32) -> Result<(), String> {
    use thread_priority::{
        RealtimeThreadSchedulePolicy, ThreadPriority, ThreadPriorityValue, ThreadSchedulePolicy,
        set_thread_priority_and_policy, thread_native_id,
    };
    let value = u8::try_from(rank).map_err(|what| what.to_string())?;
    let value = ThreadPriorityValue::try_from(value).map_err(|what| format!("{what:?}"))?;
    set_thread_priority_and_policy(
        thread_native_id(),
        ThreadPriority::Crossplatform(value),
        ThreadSchedulePolicy::Realtime(RealtimeThreadSchedulePolicy::Fifo),
    )
    .map_err(|what| format!("{what:?}"))
}

#[cfg(windows)]
use windows::raise;

#[cfg(not(any(target_os = "linux", windows)))]
fn raise(_rank: i32) -> Result<(), String> {
    use thread_priority::{ThreadPriority, set_current_thread_priority};
    set_current_thread_priority(ThreadPriority::Max).map_err(|what| format!("{what:?}"))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    /// Policy and priority of the calling thread.
    fn present() -> (i32, i32) {
        let (mut policy, mut param) = (-1, libc::sched_param { sched_priority: -1 });
        // SAFETY: writes to two places that are there.
        let answer =
            unsafe { libc::pthread_getschedparam(libc::pthread_self(), &raw mut policy, &raw mut param) };
        assert_eq!(answer, 0);
        (policy, param.sched_priority)
    }

    /// Runs on a thread of its own, whose priority is nobody else's matter.
    fn on_a_thread<T: Send>(job: impl FnOnce() -> T + Send) -> T {
        std::thread::scope(|scope| scope.spawn(job).join().expect("a thread that ends"))
    }

    /// What a worker gets from a host thread of this priority; `None` where the system grants no such thing.
    fn beside(host: i32) -> Option<(i32, i32)> {
        on_a_thread(|| {
            if let Err(what) = raise(host) {
                println!("the system grants no real-time priority ({what}): nothing is shown here");
                return None;
            }
            assert_eq!(present(), (libc::SCHED_FIFO, host));
            let rank = Rank::below_this_thread();
            Some(on_a_thread(|| {
                make_this_thread_ordinary();
                rank.apply().expect("granted to the host's thread, so to this one");
                present()
            }))
        })
    }

    #[test]
    fn a_worker_is_one_below_a_host_thread_of_real_time_priority() {
        for host in [2, 20, 50] {
            if let Some(worker) = beside(host) {
                assert_eq!(worker, (libc::SCHED_FIFO, host - 1));
            }
        }
        // There is nothing below the lowest.
        if let Some(worker) = beside(1) {
            assert_eq!(worker, (libc::SCHED_OTHER, 0));
        }
    }

    #[test]
    fn a_worker_beside_an_ordinary_host_thread_stays_ordinary() {
        let worker = on_a_thread(|| {
            make_this_thread_ordinary();
            let rank = Rank::below_this_thread();
            assert_eq!(rank, Rank(None));
            on_a_thread(|| {
                rank.apply().expect("nothing to refuse");
                present()
            })
        });
        assert_eq!(worker, (libc::SCHED_OTHER, 0));
    }

    #[test]
    fn a_refused_priority_is_one_line_that_says_what_follows_and_the_thread_stays_as_it_is() {
        // No system has such ranks.
        for rank in [1000, 200] {
            let (line, after) = on_a_thread(|| {
                make_this_thread_ordinary();
                (Rank(Some(rank)).apply().expect_err("refused"), present())
            });
            assert_eq!(line.lines().count(), 1, "{line}");
            assert!(
                line.starts_with("the system grants no real-time priority to the model's thread ("),
                "{line}"
            );
            assert!(line.ends_with("): late blocks are likelier when the machine is busy"), "{line}");
            assert_eq!(after, (libc::SCHED_OTHER, 0));
        }
    }
}

#[cfg(all(test, windows))]
mod tests {
    use windows_sys::Win32::System::Threading::{
        GetCurrentProcess, HIGH_PRIORITY_CLASS, NORMAL_PRIORITY_CLASS, SetPriorityClass,
    };

    use super::*;

    /// What a worker gets in a process of this class.
    fn worker_in(class: u32) -> i32 {
        // SAFETY: a plain call; the handle stands for this process and is not closed.
        assert_ne!(unsafe { SetPriorityClass(GetCurrentProcess(), class) }, 0);
        let rank = Rank::below_this_thread();
        let worker = std::thread::spawn(move || {
            rank.apply().expect("granted");
            windows::of_this_thread()
        });
        worker.join().expect("it ends")
    }

    #[test]
    fn a_worker_is_one_below_the_thread_of_a_host_that_has_raised_itself() {
        assert_eq!(worker_in(HIGH_PRIORITY_CLASS), -1);
        assert_eq!(worker_in(NORMAL_PRIORITY_CLASS), 2);
    }
}
