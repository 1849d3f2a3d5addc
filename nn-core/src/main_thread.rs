//! What stays on the thread that made it.

use std::marker::PhantomData;

/// A field that keeps its owner on one thread: neither `Send` nor `Sync`.
///
/// Hosts call their boxes on their main thread. Where one calls from other threads too, it has to bring the message to the
/// main thread before the box can be named.
pub(crate) type OnMainThread = PhantomData<*const ()>;
