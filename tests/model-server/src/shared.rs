//! What the threads of a server share.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::AtomicBool},
};

use crate::{request::Seen, route::Route};

/// What a server's threads share.
#[derive(Debug, Default)]
pub struct Shared {
    pub routes: Mutex<HashMap<String, Route>>,
    pub seen: Mutex<Vec<Seen>>,
    pub ended: AtomicBool,
    pub tls: Option<Arc<rustls::ServerConfig>>,
}

/// Also after a thread has failed.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
