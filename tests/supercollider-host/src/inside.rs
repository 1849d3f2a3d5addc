//! What a server's world hides: what its functions need when a plug-in calls them.

use std::thread::ThreadId;

use crossbeam_channel::Sender;
use parking_lot::Mutex;

use crate::{
    abi::World,
    pool::Pool,
    stages::{Answer, Pending},
};

/// Behind a world.
pub struct Inside {
    /// Real-time memory.
    pub pool: Mutex<Pool>,
    /// The threads that may use it.
    pub audio_threads: Mutex<Vec<ThreadId>>,
    /// Commands for the other thread; none offline.
    pub other_thread: Option<Sender<Pending>>,
    /// Commands for the audio thread, on their way back.
    pub back: Sender<Pending>,
    /// Who waits for the command that is being begun.
    pub asked: Mutex<Option<Sender<Answer>>>,
}

impl Inside {
    /// That of a world.
    ///
    /// # Safety
    /// A live world of this host.
    pub unsafe fn of<'a>(world: *const World) -> &'a Self {
        // SAFETY: a world of this host hides it, and both live as long as the server.
        unsafe { &*(*world).hidden.cast() }
    }

    /// Whether this thread may use real-time memory.
    pub fn is_audio_thread(&self) -> bool {
        self.audio_threads.lock().contains(&std::thread::current().id())
    }
}
