//! Real-time priority for workers: below the host's audio thread, above everything ordinary, where the host and the
//! system have such a thing.
#![allow(unsafe_code)]

/// The priority that a worker shall have, decided on the thread that makes the box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank(Option<i32>);

impl Rank {
    /// One below the calling host thread, if that runs with real-time priority.
    ///
    /// A worker above an ordinary host thread would take the processor from the audio callback itself, so with an
    /// ordinary host the worker stays ordinary.
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

    /// On other systems audio threads are above everything that an application can ask for.
    #[cfg(not(target_os = "linux"))]
    pub fn below_this_thread() -> Self {
        Self(Some(0))
    }

    /// Applies the rank to the calling thread. A refusal is a line for the user, not an error.
    pub(super) fn apply(self) -> Result<(), String> {
        let Some(rank) = self.0 else { return Ok(()) };
        raise(rank).map_err(|what| {
            format!(
                "the system grants no real-time priority to the model's thread ({what}): late blocks are likelier \
                 when the machine is busy"
            )
        })
    }
}

/// Threads inherit the priority of whoever starts them; loading for seconds at a real-time host's would starve it.
pub(crate) fn make_this_thread_ordinary() {
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

#[cfg(not(target_os = "linux"))]
fn raise(_rank: i32) -> Result<(), String> {
    use thread_priority::{ThreadPriority, set_current_thread_priority};
    set_current_thread_priority(ThreadPriority::Max).map_err(|what| format!("{what:?}"))
}
